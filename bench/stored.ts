/** What a gateway finds in its data directory when it starts: written with its own rooms. */

import type { Database } from '../gateway/src/db/database.js'
import { createVault, type Vault } from '../gateway/src/db/encryption.js'
import { checkMasterKey, openMasterKey } from '../gateway/src/db/master-key.js'
import { openDatabase } from '../gateway/src/db/open-database.js'
import { Instances } from '../gateway/src/instances/instances.js'
import { systemClock } from '../gateway/src/runtime/clock.js'

export interface Store {
  readonly database: Database
  readonly vault: Vault
  readonly instances: Instances
}

/** No gateway may run on it. On PostgreSQL if `url` is given. What `fill` gives is given when the directory is closed again. */
export async function fillStore<T>(
  dataDir: string,
  fill: (store: Store) => Promise<T>,
  url?: string,
): Promise<T> {
  await using database = await openDatabase(url === undefined ? { dataDir } : { url })
  const { key } = await openMasterKey({ configured: undefined, dataDir })
  const vault = createVault(key)
  await checkMasterKey(database, vault)
  const endpoints = { async setEndpoints() {} }
  const instances = new Instances({ database, vault, clock: systemClock, endpoints })
  return await fill({ database, vault, instances })
}
