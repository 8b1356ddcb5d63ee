import type { Kysely, Migration } from 'kysely'
import type { ColumnTypes } from '../dialect.js'

/** Who did what to the gateway. Rows outlive the instance that they are about. */
export function auditMigration(types: ColumnTypes): Migration {
  return {
    async up(db: Kysely<unknown>) {
      await types
        .withSequence(db.schema.createTable('audit'))
        .addColumn('at', types.moment, (c) => c.notNull())
        .addColumn('role', 'text', (c) => c.notNull())
        .addColumn('address', 'text', (c) => c.notNull())
        .addColumn('act', 'text', (c) => c.notNull())
        .addColumn('instance_id', 'text')
        .addColumn('detail', 'text')
        .execute()
      await db.schema.createIndex('audit_by_age').on('audit').column('at').execute()
    },
  }
}
