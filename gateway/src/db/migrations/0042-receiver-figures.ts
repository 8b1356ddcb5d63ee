import { type Kysely, type Migration, type SqlBool, sql } from 'kysely'

/**
 * Counts what each receiver is owed, and finds receivers that fail, without reading a delivery.
 * Rows of older versions have no `url_hash`: they are counted by their URL until they are gone.
 */
export function receiverFiguresMigration(): Migration {
  return {
    async up(db: Kysely<unknown>) {
      // A URL may be longer than what PostgreSQL takes in an index.
      await db.schema.alterTable('delivery').addColumn('url_hash', 'text').execute()
      await db.schema
        .createIndex('delivery_of_receiver')
        .on('delivery')
        .columns(['instance_id', 'status', 'url_hash'])
        .where(sql.ref('status'), 'in', sql`('pending', 'dead')`)
        .execute()
      await db.schema
        .createIndex('delivery_failing')
        .on('delivery')
        .column('instance_id')
        .where(sql<SqlBool>`status = 'pending' and attempts >= 3`)
        .execute()
    },
  }
}
