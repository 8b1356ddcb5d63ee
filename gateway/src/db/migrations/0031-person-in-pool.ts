import { type Kysely, type Migration, type SqlBool, sql } from 'kysely'

/** Each message to a pool looks for those that wait for the same person there. */
export function personInPoolMigration(): Migration {
  return {
    async up(db: Kysely<unknown>) {
      await db.schema
        .createIndex('message_waiting_for_person_in_pool')
        .on('message')
        .columns(['pool_id', 'chat_key', 'sequence'])
        .where(sql<SqlBool>`pool_id is not null and status in ('queued', 'sending', 'unknown')`)
        .execute()
    },
  }
}
