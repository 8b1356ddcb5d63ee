import { AsyncLocalStorage, executionAsyncResource } from 'node:async_hooks'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { addTransactionCapability } from 'baileys'
import { expect, test } from 'vitest'
import type { InstanceId } from '../../domain/instance.js'
import { silentLog } from '../../runtime/telemetry.js'
import { baileysLogger } from '../connection/baileys-logger.js'
import { sharingContext } from './shared-context.js'

/** Baileys' transactions over a store that keeps what was committed. */
function keyStore() {
  const committed: unknown[] = []
  const store = addTransactionCapability(
    { get: async () => ({}), set: async (data) => void committed.push(data) },
    baileysLogger(silentLog, '3A' as InstanceId),
    { maxCommitRetries: 1, delayBetweenTriesMs: 0 },
  )
  return { store, committed }
}

async function useOne(): Promise<void> {
  const { store } = sharingContext(keyStore)
  await store.transaction(nextTurn, 'key')
}

/** How many entries a promise of this process carries. On Node 24 never any, whatever is done. */
async function carried(): Promise<number> {
  await nextTurn()
  return Object.getOwnPropertySymbols(executionAsyncResource()).length
}

test('promises do not carry more with each socket that had a transaction', async () => {
  await useOne()
  const before = await carried()
  for (let sockets = 0; sockets < 5; sockets += 1) await useOne()
  expect(await carried()).toBe(before)
})

test('each store has its own transaction, also while others have theirs', async () => {
  const stores = Array.from({ length: 3 }, () => sharingContext(keyStore))
  const seen = await Promise.all(
    stores.map(({ store, committed }, index) =>
      store.transaction(async () => {
        await nextTurn()
        const inside = stores.map((each) => each.store.isInTransaction())
        await store.set({ 'device-list': { [String(index)]: ['1'] } })
        await nextTurn()
        return { inside, early: committed.length }
      }, 'key'),
    ),
  )
  for (const [index, { inside, early }] of seen.entries()) {
    expect(inside).toEqual(stores.map((_, other) => other === index))
    expect(early).toBe(0)
    expect(stores[index]?.committed).toEqual([{ 'device-list': { [String(index)]: ['1'] } }])
  }
  expect(stores.some(({ store }) => store.isInTransaction())).toBe(false)
})

test('storage of another context stays its own, even after a failure', async () => {
  expect(() =>
    sharingContext(() => {
      throw new Error('no socket')
    }),
  ).toThrow('no socket')
  const { AsyncLocalStorage: now } = await import('node:async_hooks')
  expect(now).toBe(AsyncLocalStorage)
  expect(new AsyncLocalStorage<number>().run(7, () => 8)).toBe(8)
})
