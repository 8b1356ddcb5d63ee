import type { Kysely, Migration } from 'kysely'
import type { ColumnTypes } from '../dialect.js'

/** When an agent used its token last. */
export function mcpTokenUsesMigration({ moment }: ColumnTypes): Migration {
  return {
    async up(db: Kysely<unknown>) {
      await db.schema.alterTable('mcp_token').addColumn('last_used_at', moment).execute()
    },
  }
}
