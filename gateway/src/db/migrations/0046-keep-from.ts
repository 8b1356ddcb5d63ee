import type { Kysely, Migration } from 'kysely'
import type { ColumnTypes } from '../dialect.js'

/** From when the retention of a kept message counts, so that a shorter one can be applied to it. */
export function keepFromMigration({ moment }: ColumnTypes): Migration {
  return {
    async up(db: Kysely<unknown>) {
      await db.schema.alterTable('kept_message').addColumn('keep_from', moment).execute()
    },
  }
}
