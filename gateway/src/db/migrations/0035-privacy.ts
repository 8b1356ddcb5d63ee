import type { Kysely, Migration } from 'kysely'
import type { ColumnTypes } from '../dialect.js'

/** What a number shows of itself, whom it leaves out, and whom it blocks. */
export function privacyMigration({ moment, bytes }: ColumnTypes): Migration {
  return {
    async up(db: Kysely<unknown>) {
      await db.schema
        .createTable('directory_privacy')
        .addColumn('instance_id', 'text', (c) =>
          c.notNull().references('instance.id').onDelete('cascade'),
        )
        .addColumn('name', 'text', (c) => c.notNull())
        .addColumn('value_sealed', bytes, (c) => c.notNull())
        .addColumn('changed_at', moment, (c) => c.notNull())
        .addPrimaryKeyConstraint('directory_privacy_key', ['instance_id', 'name'])
        .execute()
    },
  }
}
