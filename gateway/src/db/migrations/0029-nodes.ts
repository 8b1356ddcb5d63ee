import { type Kysely, type Migration } from 'kysely'
import type { ColumnTypes } from '../dialect.js'

/** Gateways that share this database, and which of them runs which instance. Expands only. */
export function nodesMigration({ moment }: ColumnTypes): Migration {
  return {
    async up(db: Kysely<unknown>) {
      await db.schema
        .createTable('node')
        .addColumn('id', 'text', (c) => c.primaryKey())
        .addColumn('url', 'text', (c) => c.notNull())
        .addColumn('version', 'text', (c) => c.notNull())
        .addColumn('started_at', moment, (c) => c.notNull())
        .addColumn('heartbeat_at', moment, (c) => c.notNull())
        .addColumn('is_leaving', 'integer', (c) => c.notNull())
        .execute()
      await db.schema
        .createTable('instance_lease')
        .addColumn('instance_id', 'text', (c) =>
          c.primaryKey().references('instance.id').onDelete('cascade'),
        )
        .addColumn('node_id', 'text')
        .addColumn('epoch', moment, (c) => c.notNull())
        .addColumn('taken_at', moment)
        .addColumn('standing', 'text')
        .execute()
      await db.schema
        .createIndex('instance_lease_by_node')
        .on('instance_lease')
        .column('node_id')
        .execute()
    },
  }
}
