import type { Kysely, Migration } from 'kysely'
import type { ColumnTypes } from '../dialect.js'

/** Rotation with an overlap, allowed callers, cancelled instances, proxies. */
export function accessMigration({ bytes, moment }: ColumnTypes): Migration {
  return {
    async up(db: Kysely<unknown>) {
      // One by one: SQLite adds no two columns in one statement.
      const token = db.schema.alterTable('access_token')
      await token.addColumn('previous_hash', 'text').execute()
      await token.addColumn('previous_until', moment).execute()

      const instance = db.schema.alterTable('instance')
      await instance.addColumn('previous_token_hash', 'text').execute()
      await instance.addColumn('previous_token_until', moment).execute()
      await instance
        .addColumn('secret_generation', 'integer', (c) => c.notNull().defaultTo(0))
        .execute()
      await instance.addColumn('previous_secret_until', moment).execute()
      await instance.addColumn('allowed_callers', 'text').execute()
      await instance.addColumn('cancelled_at', moment).execute()
      await instance.addColumn('proxy_sealed', bytes).execute()

      await db.schema
        .createTable('allowed_callers')
        .addColumn('id', 'integer', (c) => c.primaryKey())
        .addColumn('networks', 'text', (c) => c.notNull())
        .execute()
    },
  }
}
