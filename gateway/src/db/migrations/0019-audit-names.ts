import type { Kysely, Migration } from 'kysely'

/** Which administrator did it. Unknown of what was done before. */
export function auditNamesMigration(): Migration {
  return {
    async up(db: Kysely<unknown>) {
      await db.schema.alterTable('audit').addColumn('name', 'text').execute()
    },
  }
}
