/**
 * Tells which records of the shared settings were removed.
 *
 * Baileys reads the removal of a record as if it wrote the record (`decodeSyncdMutations` in
 * `Utils/chat-utils.js`, 7.0.0-rc14). The state of the collection, which it stores right before it
 * tells of the changes, has the name of each record that is left. That name is an HMAC, so the keys are
 * remembered as Baileys reads them.
 */

import { createHmac, hkdfSync } from 'node:crypto'
import type { SignalDataSet, SignalKeyStore } from 'baileys'

/** The one that the address book is in: of the others no removal matters. */
const collection = 'critical_unblock_low'
const indexKeyBytes = 32

export class RemovedRecords {
  readonly #indexKeys = new Map<string, Buffer>()
  readonly #removed = new Set<string>()

  /** The same store, whose reads and writes are looked at. */
  watching(keys: SignalKeyStore): SignalKeyStore {
    return {
      ...keys,
      get: async (type, ids) => {
        const found = await keys.get(type, ids)
        if (type === 'app-state-sync-key') this.#remember(found)
        return found
      },
      set: async (data) => {
        const before = await stateBefore(data, keys)
        await keys.set(data)
        this.#compare(before, data)
      },
    }
  }

  /** Whether the last change of this record removed it. Asking ends that. */
  take(index: readonly string[]): boolean {
    if (this.#removed.size === 0) return false
    const bytes = JSON.stringify(index)
    return [...this.#indexKeys.values()].some((key) =>
      this.#removed.delete(createHmac('sha256', key).update(bytes).digest('base64')),
    )
  }

  #remember(found: object): void {
    for (const [id, key] of Object.entries(found)) {
      const data: unknown = Object(key).keyData
      if (this.#indexKeys.has(id) || !(data instanceof Uint8Array)) continue
      const derived = hkdfSync('sha256', data, '', 'WhatsApp Mutation Keys', indexKeyBytes)
      this.#indexKeys.set(id, Buffer.from(derived))
    }
  }

  #compare(before: readonly string[], data: SignalDataSet): void {
    const state = data['app-state-sync-version']?.[collection]
    if (!state) return
    for (const name of before) if (!(name in state.indexValueMap)) this.#removed.add(name)
    for (const name of this.#removed) if (name in state.indexValueMap) this.#removed.delete(name)
  }
}

async function stateBefore(data: SignalDataSet, keys: SignalKeyStore): Promise<readonly string[]> {
  if (!data['app-state-sync-version']?.[collection]) return []
  const { [collection]: before } = await keys.get('app-state-sync-version', [collection])
  return Object.keys(before?.indexValueMap ?? {})
}
