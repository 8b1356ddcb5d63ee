import { type Kysely, type Migration, sql } from 'kysely'
import type { ColumnTypes } from '../dialect.js'

/** What WhatsApp tells of chats, people and groups, most of it only once. */
export function directoryMigration({ moment, bytes }: ColumnTypes): Migration {
  return {
    async up(db: Kysely<unknown>) {
      const ofInstance = (table: string) =>
        db.schema
          .createTable(table)
          .addColumn('instance_id', 'text', (c) =>
            c.notNull().references('instance.id').onDelete('cascade'),
          )
      await ofInstance('directory_owner')
        .addColumn('phone', 'text', (c) => c.notNull())
        .addPrimaryKeyConstraint('directory_owner_key', ['instance_id'])
        .execute()
      await ofInstance('directory_chat')
        .addColumn('chat_key', 'text', (c) => c.notNull())
        .addColumn('phone', 'text')
        .addColumn('lid', 'text')
        .addColumn('name_sealed', bytes)
        .addColumn('is_archived', 'integer')
        .addColumn('pinned_at', moment)
        .addColumn('muted_until', moment)
        .addColumn('unread', 'integer')
        .addColumn('is_marked_unread', 'integer')
        .addColumn('is_spam', 'integer')
        .addColumn('is_announcement', 'integer')
        .addColumn('timer_seconds', 'integer')
        .addColumn('last_message_at', moment, (c) => c.notNull())
        .addColumn('deleted_at', moment)
        .addColumn('changed_at', moment, (c) => c.notNull())
        .addPrimaryKeyConstraint('directory_chat_key', ['instance_id', 'chat_key'])
        .execute()
      await db.schema
        .createIndex('directory_chat_by_time')
        .on('directory_chat')
        .columns(['instance_id', 'last_message_at', 'chat_key'])
        .where(sql.ref('deleted_at'), 'is', null)
        .execute()
      await ofInstance('directory_contact')
        .addColumn('contact_key', 'text', (c) => c.notNull())
        .addColumn('phone', 'text')
        .addColumn('lid', 'text')
        .addColumn('is_saved', 'integer')
        .addColumn('name_sealed', bytes)
        .addColumn('short_name_sealed', bytes)
        .addColumn('push_name_sealed', bytes)
        .addColumn('verified_name_sealed', bytes)
        .addColumn('about_sealed', bytes)
        .addColumn('changed_at', moment, (c) => c.notNull())
        .addPrimaryKeyConstraint('directory_contact_key', ['instance_id', 'contact_key'])
        .execute()
      await ofInstance('directory_group')
        .addColumn('group_id', 'text', (c) => c.notNull())
        .addColumn('is_community', 'integer', (c) => c.notNull())
        .addColumn('info_sealed', bytes, (c) => c.notNull())
        .addColumn('changed_at', moment, (c) => c.notNull())
        .addPrimaryKeyConstraint('directory_group_key', ['instance_id', 'group_id'])
        .execute()
      for (const table of ['directory_chat', 'directory_contact', 'directory_group'])
        await db.schema.createIndex(`${table}_by_age`).on(table).column('changed_at').execute()
      await ofInstance('history_chunk')
        .addColumn('whatsapp_id', 'text', (c) => c.notNull())
        .addColumn('notice_sealed', bytes, (c) => c.notNull())
        .addColumn('attempts', 'integer', (c) => c.notNull())
        .addColumn('next_attempt_at', moment, (c) => c.notNull())
        .addColumn('created_at', moment, (c) => c.notNull())
        .addPrimaryKeyConstraint('history_chunk_key', ['instance_id', 'whatsapp_id'])
        .execute()
      // Null in rows of earlier versions: their time is sealed with them.
      await db.schema.alterTable('kept_message').addColumn('said_at', moment).execute()
      await db.schema.alterTable('kept_message').addColumn('conversation', 'text').execute()
      await db.schema
        .createIndex('kept_message_by_chat')
        .on('kept_message')
        .columns(['instance_id', 'conversation', 'said_at', 'whatsapp_id'])
        .execute()
    },
  }
}
