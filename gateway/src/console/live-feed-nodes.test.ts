import { expect, onTestFinished, test } from 'vitest'
import { ManualClock } from '../../test/support/manual-clock.js'
import { type News, newsKinds, Signals } from '../db/signals.js'
import type { InstanceId } from '../domain/instance.js'
import type { Change } from './change-answers.js'
import { LiveFeed } from './live-feed.js'

const instanceId = '3ABCDEF0123456789ABCDEF012345678' as InstanceId

/** Two nodes that hear each other, and what goes from one to the other. */
function twoNodes() {
  const clock = new ManualClock()
  const states = new Map<InstanceId, string>()
  const [here, there] = [new Signals(), new Signals()]
  const carried: string[] = []
  const carry = (to: Signals) => (kind: string, id: string) => {
    carried.push(kind)
    if (isNews(kind)) to.heard(kind, id)
  }
  here.carryWith(carry(there))
  there.carryWith(carry(here))
  const feedHere = new LiveFeed({ clock, states: () => new Map(), signals: here })
  const feedThere = new LiveFeed({ clock, states: () => new Map(states), signals: there })
  onTestFinished(async () => {
    await feedHere[Symbol.asyncDispose]()
    await feedThere[Symbol.asyncDispose]()
  })
  return { clock, states, carried, feedHere, feedThere }
}

const isNews = (kind: string): kind is News => newsKinds.some((news) => news === kind)

test('a page sees what changes on another node: messages, callbacks and sessions', async () => {
  const { clock, states, feedHere, feedThere } = twoNodes()
  const seen: Change[] = []
  feedHere.listen((changes) => seen.push(...changes))
  await clock.advance(1_000)
  feedThere.changed({ instanceId, topic: 'messages' })
  await clock.advance(200)
  expect(seen).toEqual([{ instanceId, topic: 'messages' }])
  states.set(instanceId, 'open')
  await clock.advance(1_000)
  await clock.advance(1_000)
  await clock.advance(200)
  expect(seen).toContainEqual({ instanceId, topic: 'session' })
  feedThere.told({ instanceId, kind: 'instance.connected' })
  await clock.advance(200)
  expect(seen).toContainEqual({ instanceId, topic: 'callbacks' })
})

test('a node tells nothing while no page is open anywhere, nor long after the last one', async () => {
  const { clock, carried, feedHere, feedThere } = twoNodes()
  feedThere.changed({ instanceId, topic: 'messages' })
  await clock.advance(200)
  expect(carried).toEqual([])
  const stop = feedHere.listen(() => {})
  await clock.advance(1_000)
  expect(carried).toEqual(['page-open'])
  stop()
  await clock.advance(25_000)
  const before = carried.length
  feedThere.changed({ instanceId, topic: 'messages' })
  await clock.advance(200)
  expect(carried).toHaveLength(before)
})
