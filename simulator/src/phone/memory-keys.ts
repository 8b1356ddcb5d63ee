/** Signal keys in memory. A store keeps copies, as a store on a disk does: no caller can change what is kept. */

import { AsyncLocalStorage } from 'node:async_hooks'
import {
  BufferJSON,
  proto,
  type SignalDataSet,
  type SignalDataTypeMap,
  type SignalKeyStore,
  type SignalKeyStoreWithTransaction,
} from 'baileys'

export function memoryKeyStore(first: SignalDataSet = {}): SignalKeyStore {
  const kept = new Map<string, string>()
  const put = (changes: SignalDataSet): void => {
    for (const [type, entries] of Object.entries(changes)) {
      for (const [id, value] of Object.entries(entries)) {
        if (value === null || value === undefined) kept.delete(`${type} ${id}`)
        else kept.set(`${type} ${id}`, JSON.stringify(value, BufferJSON.replacer))
      }
    }
  }
  put(first)
  return {
    async get<T extends keyof SignalDataTypeMap>(type: T, ids: string[]) {
      const found: { [id: string]: SignalDataTypeMap[T] } = {}
      for (const id of ids) {
        const text = kept.get(`${type} ${id}`)
        if (text !== undefined) found[id] = revive(type, text)
      }
      return found
    },
    async set(changes: SignalDataSet) {
      put(changes)
    },
  }
}

/**
 * The store whose transaction the running code is in. One for all phones: Baileys' own
 * transactions have one each, and on Node 20 each of those makes every promise slower.
 */
const inside = new AsyncLocalStorage<SignalKeyStore>()

/** A store that does one piece of work a key at a time. What failed halfway is not undone. */
export function memoryKeys(): SignalKeyStoreWithTransaction {
  const store = memoryKeyStore()
  const last = new Map<string, Promise<unknown>>()
  const isInTransaction = (): boolean => inside.getStore() === store
  return {
    ...store,
    isInTransaction,
    async transaction(work, key) {
      if (isInTransaction()) return work()
      const before = last.get(key) ?? Promise.resolve()
      const turn = before.catch(() => {}).then(() => inside.run(store, work))
      last.set(key, turn)
      try {
        return await turn
      } finally {
        if (last.get(key) === turn) last.delete(key)
      }
    },
  }
}

function revive<T extends keyof SignalDataTypeMap>(type: T, text: string): SignalDataTypeMap[T] {
  return JSON.parse(text, (key, value) => {
    const revived: unknown = BufferJSON.reviver(key, value)
    // Written as JSON it has its bytes as base64, which only its class reads again.
    return key === '' && type === 'app-state-sync-key'
      ? proto.Message.AppStateSyncKeyData.fromObject(Object(revived))
      : revived
  })
}
