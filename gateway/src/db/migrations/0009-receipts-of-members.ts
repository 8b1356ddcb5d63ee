import { type Kysely, type Migration, sql } from 'kysely'
import type { ColumnTypes } from '../dialect.js'

/**
 * How far each member of a group is with a message of ours. And whoever is
 * told of messages is told of calls, at the same URL.
 */
export function receiptsOfMembersMigration({ moment }: ColumnTypes): Migration {
  return {
    async up(db: Kysely<unknown>) {
      await db.schema
        .createTable('member_receipt')
        .addColumn('instance_id', 'text', (c) =>
          c.notNull().references('instance.id').onDelete('cascade'),
        )
        .addColumn('whatsapp_id', 'text', (c) => c.notNull())
        .addColumn('member', 'text', (c) => c.notNull())
        .addColumn('progress', 'integer', (c) => c.notNull())
        .addColumn('received_at', moment, (c) => c.notNull())
        .addPrimaryKeyConstraint('member_receipt_key', ['instance_id', 'whatsapp_id', 'member'])
        .execute()
      await db.schema
        .createIndex('member_receipt_by_age')
        .on('member_receipt')
        .column('received_at')
        .execute()
      await sql`
        insert into callback_endpoint (instance_id, event_kind, url)
        select instance_id, 'call.changed', url from callback_endpoint
        where event_kind = 'message.received'
      `.execute(db)
    },
  }
}
