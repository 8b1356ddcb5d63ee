/**
 * For who lost the password of the console: no administrator is left, so that
 * a set-up code makes the first one again. Works on the store of a gateway that
 * runs and of one that does not.
 */

import type { Database } from '../db/database.js'
import { inspectDatabase } from '../db/inspect-database.js'
import { type DatabaseLocation, openDatabase } from '../db/open-database.js'
import type { Actor } from '../domain/audit.js'
import type { EpochMs } from '../domain/time.js'

export interface RemovedAdministrators {
  readonly administrators: number
  /** The logins that ended with them. */
  readonly sessionIds: ReadonlySet<string>
}

/** Before this one there were no administrators. */
const firstMigration = '0013-administrators'

/** Passwords, second factors, recovery codes and logins, in one transaction with its record in the audit log. */
export function removeAdministrators(
  database: Database,
  by: Actor,
  now: EpochMs,
): Promise<RemovedAdministrators> {
  return database.transaction(async ({ query }) => {
    const sessions = await query.deleteFrom('login_session').returning('id').execute()
    await query.deleteFrom('recovery_code').execute()
    // Their invitations go with them.
    const administrators = await query.deleteFrom('administrator').returning('id').execute()
    await query
      .insertInto('audit')
      .values({
        at: now,
        ...by,
        act: 'administrators-reset',
        instance_id: null,
        detail: `${administrators.length} administrators, ${sessions.length} logins`,
      })
      .execute()
    return {
      administrators: administrators.length,
      sessionIds: new Set(sessions.map(({ id }) => id)),
    }
  })
}

/**
 * The same where no gateway runs. `in-use`: one runs, and nothing was changed;
 * it has to do it itself. Makes no migration. Throws `ConfigError` when the
 * database comes from a newer version.
 */
export async function removeStoppedAdministrators(
  location: DatabaseLocation,
  now: EpochMs,
): Promise<RemovedAdministrators | 'in-use'> {
  const inspection = await inspectDatabase(location)
  if (inspection.kind === 'in-use') return 'in-use'
  if (inspection.kind === 'absent' || inspection.migration < firstMigration)
    return { administrators: 0, sessionIds: new Set() }
  await using database = await openDatabase(location, undefined, inspection.migration)
  return await removeAdministrators(database, { role: 'operator', address: 'local' }, now)
}
