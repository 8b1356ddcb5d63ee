import type { Kysely, Migration } from 'kysely'
import type { ColumnTypes } from '../dialect.js'

/** What the history of a message is told from. */
export function historyMigration({ moment }: ColumnTypes): Migration {
  return {
    async up(db: Kysely<unknown>) {
      // One by one: SQLite adds no two columns in one statement.
      const message = db.schema.alterTable('message')
      await message.addColumn('read_at', moment).execute()
      await message.addColumn('played_at', moment).execute()
      await message.addColumn('ended_at', moment).execute()
      await message.addColumn('explanation', 'text').execute()
      await message.addColumn('sends', 'text').execute()
    },
  }
}
