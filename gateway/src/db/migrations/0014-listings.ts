import type { Kysely, Migration } from 'kysely'

/** An instance's messages and callbacks, the newest first, without reading those of others. */
export function listingsMigration(): Migration {
  return {
    async up(db: Kysely<unknown>) {
      await db.schema
        .createIndex('message_by_instance')
        .on('message')
        .columns(['instance_id', 'sequence'])
        .execute()
      await db.schema
        .createIndex('delivery_by_instance')
        .on('delivery')
        .columns(['instance_id', 'sequence'])
        .execute()
    },
  }
}
