import type { Kysely, Migration } from 'kysely'
import type { ColumnTypes } from '../dialect.js'

/** Who may use the console, and from where they are logged in. */
export function administratorsMigration({ moment, bytes }: ColumnTypes): Migration {
  return {
    async up(db: Kysely<unknown>) {
      await db.schema
        .createTable('administrator')
        .addColumn('id', 'text', (c) => c.primaryKey())
        .addColumn('name', 'text', (c) => c.notNull().unique())
        .addColumn('password_hash', 'text', (c) => c.notNull())
        .addColumn('totp_sealed', bytes)
        .addColumn('totp_last_step', moment)
        .addColumn('created_at', moment, (c) => c.notNull())
        .execute()

      await db.schema
        .createTable('recovery_code')
        .addColumn('administrator_id', 'text', (c) =>
          c.notNull().references('administrator.id').onDelete('cascade'),
        )
        .addColumn('code_hash', 'text', (c) => c.notNull())
        .addPrimaryKeyConstraint('recovery_code_key', ['administrator_id', 'code_hash'])
        .execute()

      await db.schema
        .createTable('login_session')
        .addColumn('id', 'text', (c) => c.primaryKey())
        .addColumn('administrator_id', 'text', (c) =>
          c.notNull().references('administrator.id').onDelete('cascade'),
        )
        .addColumn('token_hash', 'text', (c) => c.notNull().unique())
        .addColumn('address', 'text', (c) => c.notNull())
        .addColumn('browser', 'text', (c) => c.notNull())
        .addColumn('created_at', moment, (c) => c.notNull())
        .addColumn('last_seen_at', moment, (c) => c.notNull())
        .execute()
      await db.schema
        .createIndex('login_session_by_administrator')
        .on('login_session')
        .columns(['administrator_id', 'last_seen_at'])
        .execute()
    },
  }
}
