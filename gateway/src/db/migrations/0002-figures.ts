import { type Kysely, type Migration, sql } from 'kysely'
import type { ColumnTypes } from '../dialect.js'

/** What the figures of `/metrics` are taken from. */
export function figuresMigration({ moment }: ColumnTypes): Migration {
  return {
    async up(db: Kysely<unknown>) {
      await db.schema.alterTable('message').addColumn('delivered_at', moment).execute()
      // The dead stay for a month, among many more that are done: counted without reading those.
      await db.schema
        .createIndex('delivery_dead')
        .on('delivery')
        .columns(['instance_id', 'sequence'])
        .where(sql.ref('status'), '=', sql.lit('dead'))
        .execute()
    },
  }
}
