/** Imports on a real store, where no engine connects anything. */

import type { Database } from '../../src/db/database.js'
import type { Vault } from '../../src/db/encryption.js'
import { AlreadyConnectedError } from '../../src/domain/errors.js'
import type { InstanceId } from '../../src/domain/instance.js'
import { AuditLog } from '../../src/instances/audit-log.js'
import type { Instances } from '../../src/instances/instances.js'
import type { Clock } from '../../src/runtime/clock.js'
import { SessionImports } from '../../src/composition/session-import.js'
import { CredentialStore } from '../../src/sessions/credential-store.js'
import type { AdoptedSession } from '../../src/sessions/session-ports.js'

/** What is adopted is stored and counts as connected at once. */
export function standInImports(options: {
  readonly database: Database
  readonly vault: Vault
  readonly clock: Clock
  readonly instances: Instances
}): SessionImports {
  const credentials = new CredentialStore(options)
  const isLinked = async (id: InstanceId) => (await credentials.loadIdentity(id)) !== undefined
  return new SessionImports({
    instances: options.instances,
    credentials,
    audit: new AuditLog(options),
    sessions: {
      isLinked,
      adopt: async (id: InstanceId, session: AdoptedSession) => {
        if (await isLinked(id)) throw new AlreadyConnectedError('It is linked.')
        await credentials.save(id, session)
        return true
      },
      isReplaced: async () => false,
      disown: (id: InstanceId) => credentials.forget(id),
      status: () => ({ state: 'open' }),
    },
  })
}
