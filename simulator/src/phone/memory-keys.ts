/** A Signal key store in memory. It keeps copies, as a store on a disk does: no caller can change what is kept. */

import {
  BufferJSON,
  proto,
  type SignalDataSet,
  type SignalDataTypeMap,
  type SignalKeyStore,
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

function revive<T extends keyof SignalDataTypeMap>(type: T, text: string): SignalDataTypeMap[T] {
  return JSON.parse(text, (key, value) => {
    const revived: unknown = BufferJSON.reviver(key, value)
    // Written as JSON it has its bytes as base64, which only its class reads again.
    return key === '' && type === 'app-state-sync-key'
      ? proto.Message.AppStateSyncKeyData.fromObject(Object(revived))
      : revived
  })
}
