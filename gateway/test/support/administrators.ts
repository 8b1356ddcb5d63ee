/** The administrators of the console with their logins and the audit log, on a database. */

import { randomBytes } from 'node:crypto'
import { Administrators } from '../../src/administrators/administrators.js'
import { LoginSessions } from '../../src/administrators/login-sessions.js'
import type { Database } from '../../src/db/database.js'
import { createVault } from '../../src/db/encryption.js'
import { AuditLog } from '../../src/instances/audit-log.js'
import { ManualClock } from './manual-clock.js'

export const address = '203.0.113.7'
export const ana = { name: 'Ana', password: 'correct horse battery' }

export function openAdministrators(database: Database) {
  const clock = new ManualClock()
  const vault = createVault(randomBytes(32))
  const audit = new AuditLog({ database, clock })
  const logins = new LoginSessions({ database, clock, audit })
  const again = () => new Administrators({ database, clock, vault, audit, logins })
  return { database, clock, vault, audit, logins, again, administrators: again() }
}

/** Ana is the administrator, and logged in. */
export async function setUpAna(stage: ReturnType<typeof openAdministrators>) {
  const { administrators, logins } = stage
  const result = await administrators.setUp((await administrators.open()) ?? '', ana, address)
  if (result.kind !== 'made') throw new Error(result.kind)
  const { session, token } = await logins.begin(result.administrator, { address, browser: '' })
  const login = { id: result.administrator.id, sessionId: session.id, address }
  return { ...stage, administrator: result.administrator, login, token }
}
