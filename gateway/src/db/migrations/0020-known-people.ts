import type { Kysely, Migration } from 'kysely'
import type { ColumnTypes } from '../dialect.js'

/** Which number and which LID are the same person. */
export function knownPeopleMigration({ moment }: ColumnTypes): Migration {
  return {
    async up(db: Kysely<unknown>) {
      await db.schema
        .createTable('known_person')
        .addColumn('instance_id', 'text', (c) =>
          c.notNull().references('instance.id').onDelete('cascade'),
        )
        .addColumn('lid', 'text', (c) => c.notNull())
        .addColumn('phone', 'text', (c) => c.notNull())
        .addColumn('learned_at', moment, (c) => c.notNull())
        .addPrimaryKeyConstraint('known_person_key', ['instance_id', 'lid'])
        .execute()
      await db.schema
        .createIndex('known_person_by_phone')
        .on('known_person')
        .columns(['instance_id', 'phone'])
        .execute()
      await db.schema
        .createIndex('known_person_by_age')
        .on('known_person')
        .column('learned_at')
        .execute()
    },
  }
}
