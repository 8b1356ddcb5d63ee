import { type Kysely, type Migration } from 'kysely'
import type { ColumnTypes } from '../dialect.js'

/** When instances changed their node, and for how long they had none. Expands only. */
export function handoversMigration({ moment }: ColumnTypes): Migration {
  return {
    async up(db: Kysely<unknown>) {
      await db.schema.alterTable('instance_lease').addColumn('free_since', moment).execute()
      await db.schema.alterTable('instance_lease').addColumn('last_url', 'text').execute()
      await db.schema
        .createTable('handover')
        // No foreign key: its check would make a take wait for every writer of the instance's row.
        .addColumn('instance_id', 'text', (c) => c.notNull())
        .addColumn('epoch', moment, (c) => c.notNull())
        .addColumn('from_url', 'text')
        .addColumn('to_url', 'text', (c) => c.notNull())
        .addColumn('is_planned', 'integer', (c) => c.notNull())
        .addColumn('free_since', moment, (c) => c.notNull())
        .addColumn('taken_at', moment, (c) => c.notNull())
        .addColumn('open_at', moment)
        .addPrimaryKeyConstraint('handover_key', ['instance_id', 'epoch'])
        .execute()
      await db.schema.createIndex('handover_by_time').on('handover').column('taken_at').execute()
    },
  }
}
