import type { Kysely, Migration } from 'kysely'
import type { ColumnTypes } from '../dialect.js'

/** Which codes were accepted for whom, of the last day. */
export function codeLimitsMigration(types: ColumnTypes): Migration {
  return {
    async up(db: Kysely<unknown>) {
      await types
        .withSequence(db.schema.createTable('accepted_code'))
        .addColumn('instance_id', 'text', (c) =>
          c.notNull().references('instance.id').onDelete('cascade'),
        )
        .addColumn('person_hash', 'text', (c) => c.notNull())
        .addColumn('accepted_at', types.moment, (c) => c.notNull())
        .execute()
      await db.schema
        .createIndex('accepted_code_by_person')
        .on('accepted_code')
        .columns(['instance_id', 'person_hash', 'accepted_at'])
        .execute()
      await db.schema
        .createIndex('accepted_code_by_age')
        .on('accepted_code')
        .column('accepted_at')
        .execute()
    },
  }
}
