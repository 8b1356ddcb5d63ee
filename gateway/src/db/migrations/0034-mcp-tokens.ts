import type { Kysely, Migration } from 'kysely'
import type { ColumnTypes } from '../dialect.js'

/** Tokens that let an AI agent use one instance by MCP. */
export function mcpTokensMigration({ moment }: ColumnTypes): Migration {
  return {
    async up(db: Kysely<unknown>) {
      await db.schema
        .createTable('mcp_token')
        .addColumn('id', 'text', (c) => c.primaryKey())
        .addColumn('instance_id', 'text', (c) =>
          c.notNull().references('instance.id').onDelete('cascade'),
        )
        .addColumn('name', 'text', (c) => c.notNull())
        .addColumn('scope', 'text', (c) => c.notNull())
        .addColumn('token_hash', 'text', (c) => c.notNull().unique())
        .addColumn('created_at', moment, (c) => c.notNull())
        .execute()
      await db.schema
        .createIndex('mcp_token_instance')
        .on('mcp_token')
        .column('instance_id')
        .execute()
    },
  }
}
