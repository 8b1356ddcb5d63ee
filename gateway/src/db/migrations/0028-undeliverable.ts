import { type Kysely, type Migration, sql } from 'kysely'
import type { ColumnTypes } from '../dialect.js'

/** When the caller of a code is to be told that it is not sent yet; null once told. */
export function undeliverableMigration({ moment }: ColumnTypes): Migration {
  return {
    async up(db: Kysely<unknown>) {
      await db.schema.alterTable('message').addColumn('undeliverable_at', moment).execute()
      await db.schema
        .createIndex('message_undeliverable')
        .on('message')
        .column('undeliverable_at')
        .where(sql.ref('status'), 'in', sql`('queued', 'sending', 'unknown')`)
        .execute()
    },
  }
}
