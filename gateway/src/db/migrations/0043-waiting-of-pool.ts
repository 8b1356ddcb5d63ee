import { type Kysely, type Migration, type SqlBool, sql } from 'kysely'

/** What waits for a pool is counted by priority, from the index alone. */
export function waitingOfPoolMigration(): Migration {
  return {
    async up(db: Kysely<unknown>) {
      await db.schema
        .createIndex('message_waiting_of_pool')
        .on('message')
        .columns(['pool_id', 'priority', 'status'])
        .where(sql<SqlBool>`pool_id is not null and status in ('queued', 'sending', 'unknown')`)
        .execute()
    },
  }
}
