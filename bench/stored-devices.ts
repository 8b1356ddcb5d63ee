/** Linked devices as instances of a gateway's store. */

import { BufferJSON } from 'baileys'
import { CredentialStore } from '../gateway/src/sessions/credential-store.js'
import type { LinkedDevice } from './linked-devices.js'
import type { Store } from './stored.js'

export interface StoredInstance {
  readonly id: string
  readonly token: string
}

/** In the order of the devices. */
export async function storeDevices(
  { database, vault, instances }: Store,
  devices: readonly LinkedDevice[],
): Promise<readonly StoredInstance[]> {
  const credentials = new CredentialStore({ database, vault })
  const stored: StoredInstance[] = []
  for (const { creds, preKeys } of devices) {
    const { instance, token } = await instances.create({ name: creds.me?.id ?? '' })
    const keys = Object.entries(preKeys).map(([id, key]) => ({
      type: 'pre-key',
      id,
      value: bytesOf(key),
    }))
    await credentials.save(instance.id, { identity: bytesOf(creds), keys })
    stored.push({ id: instance.id, token })
  }
  return stored
}

/** As the gateway stores credentials and keys. */
function bytesOf(value: unknown): Buffer {
  return Buffer.from(JSON.stringify(value, BufferJSON.replacer))
}
