/** A node that does not hear the others: what it says of it, and when it tries again. */

import { expect, onTestFinished, test, vi } from 'vitest'
import { temporaryPostgres } from '../../test/support/databases.js'
import { EventLog } from '../../test/support/event-log.js'
import { FaultProxy } from '../../test/support/fault-proxy.js'
import { aListeningNode } from '../../test/support/listening-node.js'
import { ManualClock } from '../../test/support/manual-clock.js'
import { newInstanceId } from '../runtime/ids.js'

async function aNodeBehind(prepare: (proxy: FaultProxy) => void = () => {}) {
  const url = await temporaryPostgres()
  const proxy = await FaultProxy.before(url)
  onTestFinished(() => proxy[Symbol.asyncDispose]())
  prepare(proxy)
  const [clock, log] = [new ManualClock(), new EventLog()]
  const node = aListeningNode(proxy.through(url), 'one', { clock, log })
  /** Resolves when it sleeps before it tries or checks again; gives for how long. */
  const rests = async () => {
    await clock.sleepers()
    return clock.sleepingMs[0] ?? 0
  }
  return { url, proxy, clock, log, node, rests }
}

test('it says so once, however often it fails, and again after it has heard', async () => {
  const { proxy, clock, log, node, rests } = await aNodeBehind((link) => link.refuse())
  const waits: number[] = []
  for (let failure = 1; failure <= 4; failure += 1) {
    const restMs = await rests()
    waits.push(restMs)
    expect(log.count('signals-not-heard')).toBe(1)
    await clock.advance(restMs)
  }
  for (const [failure, waitMs] of waits.entries()) {
    expect(waitMs).toBeGreaterThanOrEqual(50 * 2 ** failure)
    expect(waitMs).toBeLessThanOrEqual(100 * 2 ** failure)
  }
  await rests()
  proxy.heal()
  await clock.advance(await rests())
  await node.hears()
  await rests()
  proxy.refuse()
  await vi.waitFor(() => expect(node.signals.versionOf('instance', 'A')).toBeUndefined(), 60_000)
  expect(await rests()).toBeLessThanOrEqual(100)
  expect(log.count('signals-not-heard')).toBe(1)
  await clock.advance(100)
  await log.until('signals-not-heard', 2)
  expect(await rests()).toBeLessThanOrEqual(100)
  expect(log.lines.every(({ level, fields }) => level === 'warn' && 'cause' in fields)).toBe(true)
})

test('it asks every ten seconds whether the link still stands', async () => {
  const { proxy, clock, log, node, rests } = await aNodeBehind()
  let asked = 0
  proxy.onBytes = (bytes, from) => {
    if (from === 'caller' && bytes.includes('select 1')) asked += 1
  }
  await node.hears()
  for (let check = 1; check <= 2; check += 1) {
    expect(await rests()).toBe(10_000)
    await clock.advance(9_999)
    expect(asked).toBe(check - 1)
    await clock.advance(1)
    await vi.waitFor(() => expect(asked).toBe(check), 60_000)
  }
  await rests()
  proxy.cut()
  await vi.waitFor(() => expect(node.signals.versionOf('instance', 'A')).toBeUndefined(), 60_000)
  await clock.advance(await rests())
  await node.hears(2)
  expect(asked).toBe(2)
  expect(log.lines).toEqual([])
})

test('it ends at once while it waits for its next try, and says nothing of it', async () => {
  const { log, node, rests, clock } = await aNodeBehind((link) => link.refuse())
  await rests()
  await node.notifications[Symbol.asyncDispose]()
  expect(clock.sleepingMs).toEqual([])
  expect(log.count('signals-not-heard')).toBe(1)
  expect(node.missed()).toBe(0)
})

test('what it tells meanwhile goes as soon as it has a connection again', async () => {
  const { url, proxy, clock, node, rests } = await aNodeBehind((link) => link.refuse())
  const other = aListeningNode(url, 'two')
  await other.hears()
  await rests()
  const id = newInstanceId()
  node.signals.tellOwner('queue', id)
  await clock.advance(await rests())
  await rests()
  proxy.heal()
  await clock.advance(await rests())
  await node.hears()
  await vi.waitFor(() => expect(other.heard).toEqual([['queue', id]]), 60_000)
})

test('what it tells while its connection breaks goes over the next one', async () => {
  const { url, proxy, clock, node, rests } = await aNodeBehind()
  const other = aListeningNode(url, 'two')
  await other.hears()
  await node.hears()
  await rests()
  let cuts = 0
  proxy.cutBefore = (bytes) => {
    const cutsNow = cuts === 0 && bytes.includes('pg_notify')
    if (cutsNow) cuts += 1
    return cutsNow
  }
  const id = newInstanceId()
  node.signals.tellOwner('queue', id)
  await vi.waitFor(() => expect(node.signals.versionOf('instance', 'A')).toBeUndefined(), 60_000)
  expect(other.heard).toEqual([])
  await clock.advance(await rests())
  await node.hears(2)
  await vi.waitFor(() => expect(other.heard).toEqual([['queue', id]]), 60_000)
  expect(cuts).toBe(1)
})
