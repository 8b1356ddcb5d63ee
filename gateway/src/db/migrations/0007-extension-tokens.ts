import type { Kysely, Migration } from 'kysely'
import type { ColumnTypes } from '../dialect.js'

/** Tokens of some minutes that let a browser pair one instance. */
export function extensionTokensMigration({ moment }: ColumnTypes): Migration {
  return {
    async up(db: Kysely<unknown>) {
      await db.schema
        .createTable('extension_token')
        .addColumn('instance_id', 'text', (c) =>
          c.primaryKey().references('instance.id').onDelete('cascade'),
        )
        .addColumn('token_hash', 'text', (c) => c.notNull())
        .addColumn('expires_at', moment, (c) => c.notNull())
        .execute()
    },
  }
}
