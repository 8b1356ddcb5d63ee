/** A Signal key store in memory. It keeps copies, as a store on a disk does: no caller can change what is kept. */

import {
  BufferJSON,
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
        if (text !== undefined) found[id] = JSON.parse(text, BufferJSON.reviver)
      }
      return found
    },
    async set(changes: SignalDataSet) {
      put(changes)
    },
  }
}
