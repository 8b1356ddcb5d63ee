import type { Kysely, Migration } from 'kysely'
import type { ColumnTypes } from '../dialect.js'

/** Why an instance is not connected, what is known of its link, and the callback URLs that were switched off. */
export function disconnectionsMigration({ moment }: ColumnTypes): Migration {
  return {
    async up(db: Kysely<unknown>) {
      await db.schema
        .createTable('disconnection')
        .addColumn('instance_id', 'text', (c) =>
          c.primaryKey().references('instance.id').onDelete('cascade'),
        )
        .addColumn('reason', 'text', (c) => c.notNull())
        .addColumn('since', moment, (c) => c.notNull())
        .addColumn('detail', 'text')
        .addColumn('until', moment)
        .execute()

      const credential = db.schema.alterTable('credential')
      await credential.addColumn('restored_at', moment).execute()
      await credential.addColumn('challenged_at', moment).execute()

      const endpoint = db.schema.alterTable('callback_endpoint')
      await endpoint.addColumn('disabled_at', moment).execute()
    },
  }
}
