import type { Kysely, Migration } from 'kysely'
import type { ColumnTypes } from '../dialect.js'

/** The last calls that were answered 4xx, without bodies and secrets. Rows outlive their instance. */
export function refusedCallsMigration(types: ColumnTypes): Migration {
  return {
    async up(db: Kysely<unknown>) {
      await types
        .withSequence(db.schema.createTable('refused_call'))
        .addColumn('is_identified', 'integer', (c) => c.notNull())
        .addColumn('at', types.moment, (c) => c.notNull())
        .addColumn('instance_id', 'text')
        .addColumn('method', 'text', (c) => c.notNull())
        .addColumn('route', 'text', (c) => c.notNull())
        .addColumn('status_code', 'integer', (c) => c.notNull())
        .addColumn('cause', 'text', (c) => c.notNull())
        .addColumn('request_id', 'text', (c) => c.notNull())
        .addColumn('address', 'text', (c) => c.notNull())
        .execute()
      await db.schema
        .createIndex('refused_call_kept')
        .on('refused_call')
        .columns(['is_identified', 'sequence'])
        .execute()
    },
  }
}
