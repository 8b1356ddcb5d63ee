import { type Kysely, type Migration, sql } from 'kysely'
import type { ColumnTypes } from '../dialect.js'

/** What the operator is alerted to, where it is told, and the notices that are still to be posted. */
export function alertsMigration(types: ColumnTypes): Migration {
  const { moment, bytes } = types
  return {
    async up(db: Kysely<unknown>) {
      await db.schema
        .createTable('alert')
        .addColumn('key', 'text', (c) => c.primaryKey())
        .addColumn('subject', 'text', (c) => c.notNull())
        .addColumn('state', 'text', (c) => c.notNull())
        .addColumn('since', moment, (c) => c.notNull())
        .addColumn('told_at', moment)
        .addColumn('closed_at', moment)
        .execute()

      await db.schema
        .createTable('alert_settings')
        .addColumn('id', 'integer', (c) => c.primaryKey())
        .addColumn('settings_sealed', bytes)
        .execute()

      await types
        .withSequence(db.schema.createTable('alert_post'))
        .addColumn('id', 'text', (c) => c.notNull())
        .addColumn('channel', 'text', (c) => c.notNull())
        .addColumn('notice_sealed', bytes)
        .addColumn('status', 'text', (c) => c.notNull())
        .addColumn('attempts', 'integer', (c) => c.notNull())
        .addColumn('next_attempt_at', moment, (c) => c.notNull())
        .addColumn('last_error', 'text')
        .addColumn('created_at', moment, (c) => c.notNull())
        .addColumn('ended_at', moment)
        .execute()
      await db.schema
        .createIndex('alert_post_pending')
        .on('alert_post')
        .columns(['channel', 'sequence'])
        .where(sql.ref('status'), '=', sql.lit('pending'))
        .execute()
    },
  }
}
