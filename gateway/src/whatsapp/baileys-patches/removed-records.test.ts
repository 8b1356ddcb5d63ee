import {
  encodeSyncdPatch,
  newLTHashState,
  proto,
  type SignalDataSet,
  type SignalKeyStore,
} from 'baileys'
import { expect, test } from 'vitest'
import { RemovedRecords } from './removed-records.js'

const index = ['contact', '5511999999999@s.whatsapp.net']
const keyId = Buffer.from('key').toString('base64')
const key = proto.Message.AppStateSyncKeyData.fromObject({ keyData: Buffer.alloc(32, 7) })

function memory(): SignalKeyStore {
  const values = new Map<string, unknown>([[`app-state-sync-key ${keyId}`, key]])
  return {
    get: async (type, ids) =>
      Object(Object.fromEntries(ids.map((id) => [id, values.get(`${type} ${id}`)]))),
    set: async (data: SignalDataSet) => {
      for (const [type, byId] of Object.entries(data))
        for (const [id, value] of Object.entries(byId)) values.set(`${type} ${id}`, value)
    },
  }
}

/** The state as Baileys has it when another device wrote the record. */
async function written(keys: SignalKeyStore) {
  const change = {
    type: 'critical_unblock_low',
    index,
    syncAction: { contactAction: { fullName: 'Ana' } },
    apiVersion: 2,
    operation: proto.SyncdMutation.SyncdOperation.SET,
  } as const
  const keyOf = async (id: string) => (await keys.get('app-state-sync-key', [id]))[id]
  return (await encodeSyncdPatch(change, keyId, newLTHashState(), keyOf)).state
}

test('a record that is left is not removed, and one that is gone is, once', async () => {
  const removed = new RemovedRecords()
  const keys = removed.watching(memory())
  const state = await written(keys)
  const store = (left: typeof state) =>
    keys.set({ 'app-state-sync-version': { critical_unblock_low: left } })
  await store(state)
  expect(removed.take(index)).toBe(false)
  await store({ ...state, version: 2, indexValueMap: {} })
  expect(removed.take(['contact', '5511888888888@s.whatsapp.net'])).toBe(false)
  expect(removed.take(index)).toBe(true)
  expect(removed.take(index)).toBe(false)
})

test('a record that was removed and written again is not removed', async () => {
  const removed = new RemovedRecords()
  const keys = removed.watching(memory())
  const state = await written(keys)
  for (const indexValueMap of [state.indexValueMap, {}, state.indexValueMap])
    await keys.set({
      'app-state-sync-version': { critical_unblock_low: { ...state, indexValueMap } },
    })
  expect(removed.take(index)).toBe(false)
})
