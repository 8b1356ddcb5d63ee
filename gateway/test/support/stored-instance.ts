/** An instance in the database, for the tests of modules whose rows belong to one. */

import { createVault } from '../../src/db/encryption.js'
import type { Database } from '../../src/db/database.js'
import type { InstanceId } from '../../src/domain/instance.js'
import { type EndpointPort, Instances } from '../../src/instances/instances.js'
import { ManualClock } from './manual-clock.js'

/** For tests without callbacks. */
export const noEndpoints: EndpointPort = { async setEndpoints() {} }

/** Its token is sealed with a key of its own: for tests that do not use the token. */
export async function addInstance(database: Database): Promise<InstanceId> {
  const vault = createVault(new Uint8Array(32))
  const instances = new Instances({
    database,
    vault,
    clock: new ManualClock(),
    endpoints: noEndpoints,
  })
  const { instance } = await instances.create({ name: 'test' })
  return instance.id
}

/** Instances of these ids, for stores that need their rows and never their tokens. */
export async function insertInstances(
  database: Database,
  ids: readonly InstanceId[],
): Promise<void> {
  const token = { token_hash: '', token_sealed: new Uint8Array() }
  const rows = ids.map((id) => ({ id, name: 'test', ...token, settings: '{}', created_at: 0 }))
  await database.query.insertInto('instance').values(rows).execute()
}
