import { afterEach, beforeEach, expect, test } from 'vitest'
import {
  bodiesOf,
  CourierStage,
  hourMs,
  instanceId,
  loopback,
  minuteMs,
  sentEvent,
} from '../../test/support/courier-stage.js'
import { eachDatabase } from '../../test/support/databases.js'
import { EndpointServer } from '../../test/support/endpoint-server.js'
import { eventKinds } from './endpoint-store.js'
eachDatabase('the lanes of the courier', (open) => {
  let stage: CourierStage

  beforeEach(async () => {
    stage = await CourierStage.open(open)
  })

  afterEach(() => stage[Symbol.asyncDispose]())

  test('loses nothing and keeps the order of every chat while a receiver is down for hours', async () => {
    stage.endpoint.answer = () => 503
    stage.courier.start()
    const chats = ['5511', '5522', '5533']
    let published = 0
    for (let round = 0; round < 20; round += 1) {
      for (const chat of chats) {
        published += 1
        await stage.publish(sentEvent(chat, published))
      }
      await stage.advance(15 * minuteMs)
    }
    const downHits = stage.endpoint.hits.length
    expect(downHits).toBeGreaterThan(chats.length)
    // Only the heads were tried: what is behind them waits.
    expect(new Set(stage.endpoint.hits.map(({ headers }) => headers['webhook-id'])).size).toBe(3)

    stage.endpoint.answer = () => 200
    // No wait that five hours of failures lead to is longer.
    await stage.advance(6 * hourMs)
    await stage.log.until('delivery-done', published)
    const taken = stage.endpoint.hits.slice(downHits)
    expect(taken).toHaveLength(published)
    for (const chat of chats) {
      const numbers = bodiesOf(taken, chat)
      expect(numbers).toHaveLength(20)
      expect(numbers).toEqual(numbers.toSorted((a, b) => a - b))
    }
  })

  test('one chat that is refused holds up no other chat of the same endpoint', async () => {
    stage.endpoint.answer = ({ body }) => (body['chat'] === 'bad' ? 500 : 200)
    stage.courier.start()
    await stage.publish(sentEvent('bad', 1))
    await stage.publish(sentEvent('bad', 2))
    await stage.log.until('delivery-failed')
    await stage.publish(sentEvent('good', 3))
    await stage.log.until('delivery-done')
    expect(bodiesOf(stage.endpoint.hits, 'bad')).toEqual([1])
    expect(bodiesOf(stage.endpoint.hits, 'good')).toEqual([3])
  })

  test('events of the instance do not wait for a chat', async () => {
    stage.endpoint.answer = ({ body }) => ('chat' in body ? 500 : 200)
    stage.courier.start()
    await stage.publish(sentEvent('5511', 1))
    await stage.log.until('delivery-failed')
    await stage.publish({
      kind: 'instance.disconnected',
      instanceId,
      occurredAt: 0,
      disconnection: { reason: 'network', since: 0 },
    })
    await stage.log.until('delivery-done')
    expect(stage.endpoint.hits.at(-1)?.body).toEqual({ is: 'instance.disconnected' })
  })

  test('endpoints that never answer delay no other endpoint', async () => {
    await using hole = await EndpointServer.start()
    hole.answer = () => 'hang'
    const each = { untried: 2, prompt: 4, slow: 1 }
    stage.courier = stage.newCourier({ limits: { all: 8, allSlow: 4, each } })
    stage.courier.start()
    // If one of them could take what it wants, these would fill all places.
    for (let n = 0; n < 30; n += 1) {
      await stage.webhooks.setEndpoint(instanceId, eventKinds, hole.url(`/${n % 3}`))
      await stage.publish(sentEvent(`hole-${n}`, n))
    }
    await hole.hit(6)
    await stage.webhooks.setEndpoint(instanceId, eventKinds, stage.endpoint.url('/hook'))
    for (let n = 0; n < 30; n += 1) await stage.publish(sentEvent(`chat-${n}`, n))
    await stage.log.until('delivery-done', 30)
    // The holes hold on all the time: nothing of theirs has ended, and nothing more has begun.
    expect(stage.log.count('delivery-failed')).toBe(0)
    expect(hole.hits).toHaveLength(6)
  })

  test('an endpoint that hangs is tried by one attempt at a time from then on', async () => {
    stage.endpoint.answer = () => 'hang'
    let inFlight = 0
    let mostInFlight = 0
    stage.courier = stage.newCourier({
      async fetch(url, options) {
        inFlight += 1
        mostInFlight = Math.max(mostInFlight, inFlight)
        try {
          return await loopback(url, { ...options, timeoutMs: 100 })
        } finally {
          inFlight -= 1
        }
      },
    })
    stage.courier.start()
    for (let n = 0; n < 8; n += 1) await stage.publish(sentEvent(`chat-${n}`, n))
    await stage.log.until('delivery-failed', 4)
    mostInFlight = 0
    await stage.log.until('delivery-failed', 8)
    expect(mostInFlight).toBe(1)
  })
})
