import { type Kysely, type Migration, sql } from 'kysely'

/**
 * Indexes that only those can use whom they are for. SQLite took the listing's for the head of a line
 * as well, and read all that the instance had ever sent to find what waits.
 */
export function listingIndexMigration(): Migration {
  return {
    async up(db: Kysely<unknown>) {
      await db.schema.dropIndex('message_by_instance').execute()
      await db.schema
        .createIndex('message_listed')
        .on('message')
        .columns(['instance_id', 'sequence'])
        // True of every row. Who wants the index asks for it.
        .where(sql.ref('sequence'), '>', sql.lit(0))
        .execute()
      // Of what was sent, which is all that it is asked for; what waits need not be in it.
      await db.schema.dropIndex('message_by_send').execute()
      await db.schema
        .createIndex('message_by_send')
        .on('message')
        .columns(['instance_id', 'sent_at'])
        .where(sql.ref('sent_at'), 'is not', null)
        .execute()
    },
  }
}
