import { type Kysely, type Migration, sql } from 'kysely'

/**
 * A number that has not chosen a warm-up may get it from its pool. Until now every row was stored with
 * `false`, chosen or not, and no pool had one. Earlier versions read null as false.
 */
export function ownWarmUpMigration(): Migration {
  return {
    async up(db: Kysely<unknown>) {
      // Within a text of the settings the quotation marks would be escaped.
      await sql`update instance set settings = replace(settings, '"warmUp":false', '"warmUp":null')`.execute(
        db,
      )
    },
  }
}
