import { type Kysely, type Migration, sql } from 'kysely'
import type { ColumnTypes } from '../dialect.js'

/** The tables of `schema.ts`, from nothing. */
export function firstMigration(types: ColumnTypes): Migration {
  return { up: (db) => up(db, types) }
}

async function up(db: Kysely<unknown>, types: ColumnTypes): Promise<void> {
  const { bytes, moment } = types

  await db.schema
    .createTable('master_key_check')
    .addColumn('id', 'integer', (c) => c.primaryKey())
    .addColumn('check_sealed', bytes, (c) => c.notNull())
    .execute()

  await db.schema
    .createTable('access_token')
    .addColumn('kind', 'text', (c) => c.primaryKey())
    .addColumn('hash', 'text', (c) => c.notNull())
    .addColumn('created_at', moment, (c) => c.notNull())
    .execute()

  await db.schema
    .createTable('instance')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('token_hash', 'text', (c) => c.notNull())
    .addColumn('token_sealed', bytes, (c) => c.notNull())
    .addColumn('settings', 'text', (c) => c.notNull())
    .addColumn('created_at', moment, (c) => c.notNull())
    .execute()

  await db.schema
    .createTable('callback_endpoint')
    .addColumn('instance_id', 'text', (c) =>
      c.notNull().references('instance.id').onDelete('cascade'),
    )
    .addColumn('event_kind', 'text', (c) => c.notNull())
    .addColumn('url', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('callback_endpoint_key', ['instance_id', 'event_kind'])
    .execute()

  await db.schema
    .createTable('credential')
    .addColumn('instance_id', 'text', (c) =>
      c.primaryKey().references('instance.id').onDelete('cascade'),
    )
    .addColumn('value_sealed', bytes, (c) => c.notNull())
    .execute()

  await db.schema
    .createTable('signal_key')
    .addColumn('instance_id', 'text', (c) =>
      c.notNull().references('instance.id').onDelete('cascade'),
    )
    .addColumn('type', 'text', (c) => c.notNull())
    .addColumn('id', 'text', (c) => c.notNull())
    .addColumn('value_sealed', bytes, (c) => c.notNull())
    .addPrimaryKeyConstraint('signal_key_key', ['instance_id', 'type', 'id'])
    .execute()

  await db.schema
    .createTable('registration')
    .addColumn('instance_id', 'text', (c) =>
      c.notNull().references('instance.id').onDelete('cascade'),
    )
    .addColumn('phone', 'text', (c) => c.notNull())
    .addColumn('registered_phone', 'text')
    .addColumn('checked_at', moment, (c) => c.notNull())
    .addPrimaryKeyConstraint('registration_key', ['instance_id', 'phone'])
    .execute()
  await db.schema
    .createIndex('registration_by_age')
    .on('registration')
    .column('checked_at')
    .execute()

  await db.schema
    .createTable('resend_copy')
    .addColumn('instance_id', 'text', (c) =>
      c.notNull().references('instance.id').onDelete('cascade'),
    )
    .addColumn('whatsapp_id', 'text', (c) => c.notNull())
    .addColumn('copy_sealed', bytes, (c) => c.notNull())
    .addColumn('keep_until', moment, (c) => c.notNull())
    .addPrimaryKeyConstraint('resend_copy_key', ['instance_id', 'whatsapp_id'])
    .execute()
  await db.schema.createIndex('resend_copy_by_end').on('resend_copy').column('keep_until').execute()

  await types
    .withSequence(db.schema.createTable('message'))
    .addColumn('id', 'text', (c) => c.notNull().unique())
    .addColumn('instance_id', 'text', (c) =>
      c.notNull().references('instance.id').onDelete('cascade'),
    )
    .addColumn('whatsapp_id', 'text', (c) => c.notNull())
    .addColumn('recipient', 'text', (c) => c.notNull())
    .addColumn('content_sealed', bytes)
    .addColumn('status', 'text', (c) => c.notNull())
    .addColumn('accepted_at', moment, (c) => c.notNull())
    .addColumn('expires_at', moment)
    .addColumn('gap_after_ms', 'integer')
    .addColumn('typing_ms', 'integer', (c) => c.notNull())
    .addColumn('attempts', 'integer', (c) => c.notNull())
    .addColumn('retry_at', moment)
    .addColumn('sent_at', moment)
    .addColumn('chat', 'text')
    .addColumn('fallback', 'text')
    .addColumn('failure', 'text')
    .execute()
  // The head of each line, found without reading what is done: the index holds waiting rows only.
  await db.schema
    .createIndex('message_waiting')
    .on('message')
    .columns(['instance_id', 'sequence'])
    .where(sql.ref('status'), 'in', sql`('queued', 'sending', 'unknown')`)
    .execute()
  // Whose time is up, among what waits; and the last send of an instance, from which its pacing counts.
  await db.schema
    .createIndex('message_by_expiry')
    .on('message')
    .column('expires_at')
    .where(sql.ref('status'), 'in', sql`('queued', 'sending', 'unknown')`)
    .execute()
  await db.schema
    .createIndex('message_by_send')
    .on('message')
    .columns(['instance_id', 'sent_at'])
    .execute()
  await db.schema
    .createIndex('message_by_whatsapp_id')
    .on('message')
    .columns(['instance_id', 'whatsapp_id'])
    .execute()

  // What is old enough to be forgotten.
  await db.schema.createIndex('message_by_age').on('message').column('accepted_at').execute()

  await db.schema
    .createTable('incoming_message')
    .addColumn('instance_id', 'text', (c) =>
      c.notNull().references('instance.id').onDelete('cascade'),
    )
    .addColumn('chat_key', 'text', (c) => c.notNull())
    .addColumn('whatsapp_id', 'text', (c) => c.notNull())
    .addColumn('received_at', moment, (c) => c.notNull())
    .addPrimaryKeyConstraint('incoming_message_key', ['instance_id', 'chat_key', 'whatsapp_id'])
    .execute()
  await db.schema
    .createIndex('incoming_message_by_age')
    .on('incoming_message')
    .column('received_at')
    .execute()

  await types
    .withSequence(db.schema.createTable('delivery'))
    .addColumn('id', 'text', (c) => c.notNull().unique())
    .addColumn('instance_id', 'text', (c) =>
      c.notNull().references('instance.id').onDelete('cascade'),
    )
    .addColumn('event_kind', 'text', (c) => c.notNull())
    .addColumn('url', 'text', (c) => c.notNull())
    .addColumn('lane', 'text', (c) => c.notNull())
    .addColumn('body_sealed', bytes)
    .addColumn('status', 'text', (c) => c.notNull())
    .addColumn('attempts', 'integer', (c) => c.notNull())
    .addColumn('next_attempt_at', moment, (c) => c.notNull())
    .addColumn('last_error', 'text')
    .addColumn('created_at', moment, (c) => c.notNull())
    .addColumn('ended_at', moment)
    .execute()
  await db.schema
    .createIndex('delivery_pending')
    .on('delivery')
    .columns(['lane', 'sequence'])
    .where(sql.ref('status'), '=', sql.lit('pending'))
    .execute()
  await db.schema.createIndex('delivery_by_end').on('delivery').column('ended_at').execute()
}
