import { type Kysely, type Migration, type SqlBool, sql } from 'kysely'
import type { ColumnTypes } from '../dialect.js'

/** Pools: ids that several instances send for. Each has a row in `instance`, so that keys, codes and callbacks hang on it. */
export function poolsMigration({ moment }: ColumnTypes): Migration {
  return {
    async up(db: Kysely<unknown>) {
      const ofPool = (table: string) =>
        db.schema
          .createTable(table)
          .addColumn('pool_id', 'text', (c) =>
            c.notNull().references('instance.id').onDelete('cascade'),
          )
      await db.schema.alterTable('instance').addColumn('is_pool', 'integer').execute()
      await ofPool('pool_member')
        .addColumn('instance_id', 'text', (c) =>
          c.notNull().references('instance.id').onDelete('cascade'),
        )
        .addColumn('weight', 'integer', (c) => c.notNull())
        .addColumn('added_at', moment, (c) => c.notNull())
        .addPrimaryKeyConstraint('pool_member_key', ['pool_id', 'instance_id'])
        .execute()
      await db.schema
        .createIndex('pool_member_by_instance')
        .on('pool_member')
        .column('instance_id')
        .execute()
      await ofPool('pool_person')
        .addColumn('person_hash', 'text', (c) => c.notNull())
        .addColumn('instance_id', 'text', (c) =>
          c.notNull().references('instance.id').onDelete('cascade'),
        )
        .addColumn('last_at', moment, (c) => c.notNull())
        .addPrimaryKeyConstraint('pool_person_key', ['pool_id', 'person_hash'])
        .execute()
      await db.schema
        .createIndex('pool_person_by_instance')
        .on('pool_person')
        .column('instance_id')
        .execute()
      await db.schema
        .createIndex('pool_person_by_age')
        .on('pool_person')
        .column('last_at')
        .execute()
      await db.schema.alterTable('message').addColumn('pool_id', 'text').execute()
      await db.schema.alterTable('message').addColumn('moves', 'text').execute()
      await db.schema.alterTable('message').addColumn('on_unknown', 'text').execute()
      await db.schema
        .createIndex('message_waiting_in_pool')
        .on('message')
        .columns(['instance_id', 'sequence'])
        .where(sql<SqlBool>`pool_id is not null and status in ('queued', 'sending', 'unknown')`)
        .execute()
      await db.schema
        .createIndex('message_moved')
        .on('message')
        .columns(['pool_id', 'sequence'])
        .where(sql.ref('moves'), 'is not', null)
        .execute()
    },
  }
}
