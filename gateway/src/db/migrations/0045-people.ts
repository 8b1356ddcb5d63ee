import type { Kysely, Migration } from 'kysely'
import type { ColumnTypes } from '../dialect.js'

/** Roles of people, invitations, and API keys. */
export function peopleMigration({ moment }: ColumnTypes): Migration {
  return {
    async up(db: Kysely<unknown>) {
      await db.schema.alterTable('administrator').addColumn('role', 'text').execute()
      await db.schema
        .createTable('invitation')
        .addColumn('id', 'text', (c) => c.primaryKey())
        .addColumn('token_hash', 'text', (c) => c.notNull().unique())
        .addColumn('role', 'text', (c) => c.notNull())
        .addColumn('note', 'text', (c) => c.notNull())
        .addColumn('invited_by', 'text', (c) =>
          c.references('administrator.id').onDelete('cascade'),
        )
        .addColumn('created_at', moment, (c) => c.notNull())
        .addColumn('expires_at', moment, (c) => c.notNull())
        .execute()
      await db.schema
        .createTable('api_key')
        .addColumn('id', 'text', (c) => c.primaryKey())
        .addColumn('name', 'text', (c) => c.notNull())
        .addColumn('token_hash', 'text', (c) => c.notNull().unique())
        .addColumn('scopes', 'text', (c) => c.notNull())
        .addColumn('instances', 'text')
        .addColumn('created_at', moment, (c) => c.notNull())
        .addColumn('expires_at', moment)
        .addColumn('last_used_at', moment)
        .execute()
    },
  }
}
