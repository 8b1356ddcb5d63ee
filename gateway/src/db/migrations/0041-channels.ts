import type { Kysely, Migration } from 'kysely'
import type { ColumnTypes } from '../dialect.js'

/** The channels of a number, as WhatsApp told them last. */
export function channelsMigration({ moment, bytes }: ColumnTypes): Migration {
  return {
    async up(db: Kysely<unknown>) {
      await db.schema
        .createTable('directory_channels')
        .addColumn('instance_id', 'text', (c) =>
          c.notNull().references('instance.id').onDelete('cascade'),
        )
        .addColumn('list_sealed', bytes, (c) => c.notNull())
        .addColumn('changed_at', moment, (c) => c.notNull())
        .addPrimaryKeyConstraint('directory_channels_key', ['instance_id'])
        .execute()
    },
  }
}
