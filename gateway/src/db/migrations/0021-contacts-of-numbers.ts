import type { Kysely, Migration } from 'kysely'

/** A contact belongs to the number that met them, and not to the instance. */
export function contactsOfNumbersMigration(): Migration {
  return {
    async up(db: Kysely<unknown>) {
      await db.schema.alterTable('contact').addColumn('own_phone_hash', 'text').execute()
    },
  }
}
