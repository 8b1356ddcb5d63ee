import type { Kysely, Migration } from 'kysely'
import type { ColumnTypes } from '../dialect.js'

/** Files that came in a call and are too large for the row of their message. */
export function outgoingFilesMigration({ moment, bytes }: ColumnTypes): Migration {
  return {
    async up(db: Kysely<unknown>) {
      await db.schema
        .createTable('outgoing_file')
        .addColumn('id', 'text', (c) => c.primaryKey())
        .addColumn('instance_id', 'text', (c) =>
          c.notNull().references('instance.id').onDelete('cascade'),
        )
        .addColumn('message_id', 'text')
        .addColumn('created_at', moment, (c) => c.notNull())
        .execute()
      await db.schema
        .createTable('outgoing_file_piece')
        .addColumn('file_id', 'text', (c) =>
          c.notNull().references('outgoing_file.id').onDelete('cascade'),
        )
        .addColumn('piece', 'integer', (c) => c.notNull())
        .addColumn('piece_sealed', bytes, (c) => c.notNull())
        .addPrimaryKeyConstraint('outgoing_file_piece_key', ['file_id', 'piece'])
        .execute()
    },
  }
}
