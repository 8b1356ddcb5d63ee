import { type Kysely, type Migration, sql } from 'kysely'

/**
 * Finds messages of all instances: the newest first, those of a chat, those that were not sent.
 * `kind` is that of the content as its caller gave it; null in rows of older versions.
 */
export function messageSearchMigration(): Migration {
  return {
    async up(db: Kysely<unknown>) {
      await db.schema.alterTable('message').addColumn('kind', 'text').execute()
      await db.schema
        .createIndex('message_of_chat')
        .on('message')
        .columns(['chat_key', 'sequence'])
        // True of every row. Who wants the index asks for it: the queue has its own.
        .where(sql.ref('sequence'), '>', sql.lit(0))
        .execute()
      await db.schema
        .createIndex('message_not_sent')
        .on('message')
        .column('sequence')
        .where(sql.ref('failure'), 'is not', null)
        .execute()
    },
  }
}
