import { type Kysely, type Migration, sql } from 'kysely'
import type { ColumnTypes } from '../dialect.js'

/** Who wrote an incoming message, because nobody else may change it. And secrets of messages are kept for unequal times. */
export function authorsMigration({ moment }: ColumnTypes): Migration {
  return {
    async up(db: Kysely<unknown>) {
      await db.schema.alterTable('incoming_message').addColumn('author', 'text').execute()

      await db.schema
        .alterTable('answer_secret')
        .addColumn('keep_until', moment, (c) => c.notNull().defaultTo(0))
        .execute()
      // What was kept until now is of polls and events: for 90 days.
      await sql`update answer_secret set keep_until = created_at + 7776000000`.execute(db)
      await db.schema.dropIndex('answer_secret_by_age').execute()
      await db.schema
        .createIndex('answer_secret_by_end')
        .on('answer_secret')
        .column('keep_until')
        .execute()
    },
  }
}
