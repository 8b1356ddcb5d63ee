import { type Kysely, type Migration, sql } from 'kysely'

/**
 * Order is kept within a chat and nowhere else, so the queue asks for the first waiting message of a chat.
 * The outbox fills `chat_key` of older rows when it starts.
 */
export function chatOrderMigration(): Migration {
  return {
    async up(db: Kysely<unknown>) {
      await db.schema.alterTable('message').addColumn('chat_key', 'text').execute()
      await db.schema.alterTable('message').addColumn('has_file', 'integer').execute()
      await db.schema.dropIndex('message_waiting').execute()
      const waiting = sql`('queued', 'sending', 'unknown')`
      // All that is asked of many waiting messages at once stands in the index: a row may hold megabytes.
      // SQLite looks at `status` although the index holds waiting rows only.
      await db.schema
        .createIndex('message_waiting')
        .on('message')
        .columns(['instance_id', 'sequence', 'chat_key', 'has_file', 'status'])
        .where(sql.ref('status'), 'in', waiting)
        .execute()
      await db.schema
        .createIndex('message_waiting_in_chat')
        .on('message')
        .columns(['instance_id', 'chat_key', 'sequence', 'has_file', 'status'])
        .where(sql.ref('status'), 'in', waiting)
        .execute()
    },
  }
}
