import type { Kysely, Migration } from 'kysely'
import type { ColumnTypes } from '../dialect.js'

/** Labels and notes of chats, and the lists of people whom a caller writes to at once. */
export function labelsNotesListsMigration({ moment, bytes }: ColumnTypes): Migration {
  return {
    async up(db: Kysely<unknown>) {
      const ofInstance = (table: string) =>
        db.schema
          .createTable(table)
          .addColumn('instance_id', 'text', (c) =>
            c.notNull().references('instance.id').onDelete('cascade'),
          )
      await ofInstance('broadcast_list')
        .addColumn('list_id', 'text', (c) => c.notNull())
        .addColumn('name_sealed', bytes, (c) => c.notNull())
        .addColumn('people_sealed', bytes, (c) => c.notNull())
        .addColumn('created_at', moment, (c) => c.notNull())
        .addPrimaryKeyConstraint('broadcast_list_key', ['instance_id', 'list_id'])
        .execute()
      await ofInstance('label')
        .addColumn('label_id', 'text', (c) => c.notNull())
        .addColumn('name_sealed', bytes, (c) => c.notNull())
        .addColumn('color', 'integer', (c) => c.notNull())
        .addColumn('is_deleted', 'integer', (c) => c.notNull())
        .addPrimaryKeyConstraint('label_key', ['instance_id', 'label_id'])
        .execute()
      await ofInstance('chat_label')
        .addColumn('label_id', 'text', (c) => c.notNull())
        .addColumn('chat_key', 'text', (c) => c.notNull())
        .addPrimaryKeyConstraint('chat_label_key', ['instance_id', 'label_id', 'chat_key'])
        .execute()
      await ofInstance('chat_note')
        .addColumn('chat_key', 'text', (c) => c.notNull())
        .addColumn('note_id', 'text', (c) => c.notNull())
        .addColumn('content_sealed', bytes, (c) => c.notNull())
        .addColumn('created_at', moment, (c) => c.notNull())
        .addColumn('changed_at', moment, (c) => c.notNull())
        .addPrimaryKeyConstraint('chat_note_key', ['instance_id', 'chat_key'])
        .execute()
    },
  }
}
