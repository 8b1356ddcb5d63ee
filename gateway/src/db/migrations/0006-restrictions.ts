import type { Kysely, Migration } from 'kysely'
import type { ColumnTypes } from '../dialect.js'

/** Which numbers WhatsApp lets start no conversation, and who is known to them. */
export function restrictionsMigration({ moment }: ColumnTypes): Migration {
  return {
    async up(db: Kysely<unknown>) {
      await db.schema
        .createTable('restriction')
        .addColumn('instance_id', 'text', (c) =>
          c.primaryKey().references('instance.id').onDelete('cascade'),
        )
        .addColumn('own_phone_hash', 'text')
        .addColumn('until', moment, (c) => c.notNull())
        .addColumn('suspect_hash', 'text')
        .addColumn('suspect_at', moment)
        .execute()

      await db.schema
        .createTable('contact')
        .addColumn('instance_id', 'text', (c) =>
          c.notNull().references('instance.id').onDelete('cascade'),
        )
        .addColumn('person_hash', 'text', (c) => c.notNull())
        .addColumn('last_at', moment, (c) => c.notNull())
        .addPrimaryKeyConstraint('contact_key', ['instance_id', 'person_hash'])
        .execute()
      await db.schema.createIndex('contact_by_age').on('contact').column('last_at').execute()
    },
  }
}
