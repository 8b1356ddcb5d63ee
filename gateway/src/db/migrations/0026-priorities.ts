import { type Kysely, type Migration, sql } from 'kysely'

/**
 * What leaves first: 0 high, 1 normal, 2 low. Messages that wait during the upgrade stay in their
 * order, as `normal`. The queue reads each priority in the order of acceptance.
 */
export function prioritiesMigration(): Migration {
  return {
    async up(db: Kysely<unknown>) {
      await db.schema
        .alterTable('message')
        .addColumn('priority', 'integer', (c) => c.notNull().defaultTo(1))
        .execute()
      const waiting = sql`('queued', 'sending', 'unknown')`
      await db.schema.dropIndex('message_waiting').execute()
      await db.schema
        .createIndex('message_waiting')
        .on('message')
        .columns(['instance_id', 'priority', 'sequence', 'chat_key', 'has_file', 'status'])
        .where(sql.ref('status'), 'in', waiting)
        .execute()
      await db.schema.dropIndex('message_waiting_in_chat').execute()
      await db.schema
        .createIndex('message_waiting_in_chat')
        .on('message')
        .columns(['instance_id', 'chat_key', 'sequence', 'priority', 'has_file', 'status'])
        .where(sql.ref('status'), 'in', waiting)
        .execute()
    },
  }
}
