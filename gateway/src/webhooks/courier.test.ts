import { Webhook } from 'standardwebhooks'
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import {
  bodiesOf,
  connected,
  CourierStage,
  dayMs,
  hourMs,
  instanceId,
  loopback,
  minuteMs,
  secret,
  sentEvent,
  token,
} from '../../test/support/courier-stage.js'
import { eachDatabase } from '../../test/support/databases.js'
import { EndpointServer } from '../../test/support/endpoint-server.js'
import { createGuardedFetch } from '../runtime/guarded-fetch.js'
import { eventKinds } from './endpoint-store.js'

eachDatabase('the courier', (open) => {
  let stage: CourierStage

  beforeEach(async () => {
    stage = await CourierStage.open(open)
  })

  afterEach(() => stage[Symbol.asyncDispose]())

  test('posts the body with the token and a signature that verifies', async () => {
    stage.courier.start()
    await stage.publish(sentEvent('5511', 1))
    await stage.log.until('delivery-done')

    const [hit] = stage.endpoint.hits
    expect(hit).toMatchObject({
      path: '/hook',
      text: '{"chat":"5511","n":1}',
      headers: {
        'content-type': 'application/json',
        'user-agent': 'Recado/1.2.3',
        'z-api-token': token,
      },
    })
    const verified = new Webhook(secret).verify(hit?.text ?? '', hit?.headers ?? {})
    expect(verified).toEqual({ chat: '5511', n: 1 })
  })

  test('takes a 200 whose body is not what its headers say, and holds up nothing behind it', async () => {
    stage.endpoint.answer = () => ({ status: 200, headers: { 'content-encoding': 'gzip' } })
    stage.courier.start()
    for (const n of [1, 2]) await stage.publish(sentEvent('5511', n))
    await stage.log.until('delivery-done', 2)
    expect(stage.log.count('delivery-failed')).toBe(0)
    expect(bodiesOf(stage.endpoint.hits, '5511')).toEqual([1, 2])
  })

  test('tells nobody who was there half a minute ago, and keeps nothing of it', async () => {
    const presence = { chat: { kind: 'person', phone: '5511' }, presence: 'composing' } as const
    const typing = { kind: 'chat.presence-changed', instanceId, occurredAt: 0, presence } as const
    stage.endpoint.answer = () => 503
    stage.courier.start()
    await stage.publish(typing)
    await stage.log.until('delivery-failed')
    await stage.advance(hourMs)
    // The last look at it can still be under way: only the loop is known to sleep.
    await expect.poll(() => stage.rows()).toEqual([])
    expect(stage.log.count('delivery-dead')).toBe(0)

    stage.endpoint.answer = () => 200
    await stage.publish(typing)
    await stage.log.until('delivery-done')
    expect(stage.endpoint.hits.at(-1)?.body).toEqual({ is: 'chat.presence-changed' })
  })

  test('erases the body as soon as it is done, and forgets the row a week later', async () => {
    stage.courier.start()
    await stage.publish(sentEvent('5511', 1))
    await stage.log.until('delivery-done')
    expect(await stage.rows()).toMatchObject([
      {
        status: 'done',
        attempts: 1,
        body_sealed: null,
        last_error: null,
        ended_at: stage.clock.now(),
      },
    ])

    await stage.advance(7 * dayMs - hourMs)
    expect(await stage.rows()).toHaveLength(1)
    await stage.advance(2 * hourMs)
    expect(await stage.rows()).toHaveLength(0)
  })

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

  test('sends the same id and the same bytes on every attempt', async () => {
    stage.endpoint.answer = () => 500
    stage.courier.start()
    await stage.publish(sentEvent('5511', 1))
    for (let failures = 1; failures <= 4; failures += 1) {
      await stage.log.until('delivery-failed', failures)
      await stage.advanceToNextAttempt()
    }
    await stage.log.until('delivery-failed', 5)
    expect(new Set(stage.endpoint.hits.map(({ text }) => text)).size).toBe(1)
    expect(new Set(stage.endpoint.hits.map(({ headers }) => headers['webhook-id'])).size).toBe(1)
    expect(
      new Set(stage.endpoint.hits.map(({ headers }) => headers['webhook-timestamp'])).size,
    ).toBe(5)
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

  test('black holes slow nobody else', async () => {
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

  test('410 ends all that is owed to a URL, and disables it for the instance; told once', async () => {
    stage.endpoint.answer = ({ path }) => (path === '/hook' ? 410 : 200)
    await stage.webhooks.setEndpoint(
      instanceId,
      ['instance.connected'],
      stage.endpoint.url('/other'),
    )
    for (const [chat, n] of [
      ['5511', 1],
      ['5511', 2],
      ['5522', 3],
    ] as const)
      await stage.publish(sentEvent(chat, n))
    await stage.publish(connected)
    stage.courier.start()
    await stage.log.until('endpoint-disabled')
    await stage.log.until('delivery-done')
    const all = await stage.rows()
    expect(all.map(({ status }) => status)).toEqual(['dead', 'dead', 'dead', 'done'])
    expect(all[1]).toMatchObject({
      attempts: 0,
      last_error: 'HTTP 410',
      body_sealed: expect.anything(),
    })
    expect([...(await stage.webhooks.endpoints(instanceId)).keys()]).toEqual(['instance.connected'])
    await stage.publish(sentEvent('5511', 4))
    expect(await stage.rows()).toHaveLength(4)
    expect(stage.log.count('endpoint-disabled')).toBe(1)
  })

  test('a URL that answered 410 is kept, and can be switched on again for the same events', async () => {
    stage.endpoint.answer = () => 410
    const url = stage.endpoint.url('/hook')
    stage.courier.start()
    await stage.publish(sentEvent('5511', 1))
    await stage.log.until('endpoint-disabled')
    const [disabled] = await stage.webhooks.disabledEndpoints(instanceId)
    expect(disabled).toMatchObject({ instanceId, url, disabledAt: stage.clock.now() })
    expect(disabled?.kinds).toContain('message.sent')
    expect(await stage.webhooks.urls()).toEqual([])
    expect(await stage.webhooks.disabledEndpoints()).toEqual([disabled])

    stage.endpoint.answer = () => 200
    expect(await stage.webhooks.enableEndpoint(instanceId, 'https://elsewhere.example')).toEqual([])
    const enabled = await stage.webhooks.enableEndpoint(instanceId, url)
    expect(enabled.toSorted()).toEqual(disabled?.kinds.toSorted())
    expect(await stage.webhooks.disabledEndpoints()).toEqual([])
    await stage.publish(sentEvent('5511', 2))
    await stage.log.until('delivery-done')
    expect(bodiesOf(stage.endpoint.hits, '5511').at(-1)).toBe(2)
  })

  test('a URL that answered 410 is forgotten where another takes its place', async () => {
    stage.endpoint.answer = () => 410
    stage.courier.start()
    await stage.publish(sentEvent('5511', 1))
    await stage.log.until('endpoint-disabled')
    await stage.webhooks.setEndpoint(instanceId, eventKinds, 'https://elsewhere.example')
    expect(await stage.webhooks.disabledEndpoints()).toEqual([])
  })

  test('keeps the body of what was given up for a month', async () => {
    stage.endpoint.answer = () => 410
    stage.courier.start()
    await stage.publish(sentEvent('5511', 1))
    await stage.log.until('delivery-dead')
    await stage.advance(30 * dayMs - hourMs)
    expect(await stage.rows()).toMatchObject([{ status: 'dead', body_sealed: expect.anything() }])
    await stage.advance(2 * hourMs)
    expect(await stage.rows()).toEqual([])
  })

  test('sends what was given up again: same id, same bytes, in order, before what waits', async () => {
    stage.endpoint.answer = () => 410
    for (const n of [1, 2]) await stage.publish(sentEvent('5511', n))
    stage.courier.start()
    await stage.log.until('endpoint-disabled')
    await stage.webhooks.setEndpoint(instanceId, ['message.sent'], stage.endpoint.url('/hook'))
    stage.endpoint.answer = () => 503
    await stage.publish(sentEvent('5511', 3))
    await stage.log.until('delivery-failed')

    stage.endpoint.answer = () => 200
    const before = stage.endpoint.hits.length
    const [first] = await stage.rows()
    const letters = stage.newDeadLetters()
    expect(await letters.replay(instanceId, first?.id ?? '')).toBe('replayed')
    expect(await letters.replay(instanceId, first?.id ?? '')).toBe('not-dead')
    expect(await letters.replayAll(instanceId, 0)).toBe(1)
    await stage.log.until('delivery-done', 2)
    await stage.advance(5_500)
    await stage.log.until('delivery-done', 3)
    expect(bodiesOf(stage.endpoint.hits.slice(before), '5511')).toEqual([1, 2, 3])
    expect(stage.endpoint.hits[before]?.headers['webhook-id']).toBe(first?.id)
    expect(stage.endpoint.hits[before]?.text).toBe(stage.endpoint.hits[0]?.text)
  })

  test('gives up after ten attempts', async () => {
    stage.endpoint.answer = () => 404
    stage.courier.start()
    await stage.publish(sentEvent('5511', 1))
    for (let failures = 1; failures <= 9; failures += 1) {
      await stage.log.until('delivery-failed', failures)
      await stage.advanceToNextAttempt()
    }
    await stage.log.until('delivery-dead')
    expect(stage.endpoint.hits).toHaveLength(10)
    expect(await stage.rows()).toMatchObject([
      { status: 'dead', attempts: 10, last_error: 'HTTP 404' },
    ])
  })

  test('waits as long as Retry-After says', async () => {
    stage.endpoint.answer = () => ({ status: 429, headers: { 'retry-after': '600' } })
    stage.courier.start()
    await stage.publish(sentEvent('5511', 1))
    await stage.log.until('delivery-failed')
    await stage.advance(599_000)
    expect(stage.endpoint.hits).toHaveLength(1)
    await stage.advance(1_000)
    await stage.endpoint.hit(2)
  })

  test.each([302, 308])('a %i is a failure and is not followed', async (status) => {
    await using elsewhere = await EndpointServer.start()
    stage.endpoint.answer = () => ({ status, headers: { location: elsewhere.url() } })
    stage.courier.start()
    await stage.publish(sentEvent('5511', 1))
    await stage.log.until('delivery-failed')
    expect(elsewhere.hits).toHaveLength(0)
    expect(await stage.rows()).toMatchObject([{ status: 'pending', last_error: `HTTP ${status}` }])
  })

  test('never calls an address that users may not make us call', async () => {
    stage.courier = stage.newCourier({ fetch: createGuardedFetch({ allowedNetworks: [] }) })
    stage.courier.start()
    await stage.publish(sentEvent('5511', 1))
    await stage.log.until('delivery-failed')
    expect(stage.endpoint.hits).toHaveLength(0)
    expect(await stage.rows()).toMatchObject([{ status: 'pending', last_error: 'forbidden-url' }])
  })

  test('writes down in a word why nobody answered', async () => {
    const gone = await EndpointServer.start()
    await stage.webhooks.setEndpoint(instanceId, eventKinds, gone.url('/?key=hidden'))
    await gone[Symbol.asyncDispose]()
    stage.courier.start()
    await stage.publish(sentEvent('5511', 1))
    await stage.log.until('delivery-failed')
    expect(await stage.rows()).toMatchObject([{ last_error: 'ECONNREFUSED' }])
    expect(JSON.stringify(stage.log.lines)).not.toContain('hidden')
  })

  test('a body that no longer opens ends dead and lets the next one go', async () => {
    await stage.publish(sentEvent('5511', 1))
    await stage.database.query
      .updateTable('delivery')
      .set({ body_sealed: Buffer.from('x') })
      .execute()
    await stage.publish(sentEvent('5511', 2))
    stage.courier.start()
    await stage.log.until('delivery-done')
    expect(await stage.rows()).toMatchObject([
      { status: 'dead', last_error: 'unreadable' },
      { status: 'done' },
    ])
  })

  describe('after a restart', () => {
    test('goes on where it was, and waits for what had to wait', async () => {
      stage.endpoint.answer = () => 503
      stage.courier.start()
      for (let n = 1; n <= 3; n += 1) await stage.publish(sentEvent('5511', n))
      await stage.log.until('delivery-failed', 1)
      await stage.advance(6_000)
      await stage.log.until('delivery-failed', 2)

      await stage.restart()
      stage.endpoint.answer = () => 200
      stage.courier.start()
      await stage.advance(4 * minuteMs)
      expect(stage.endpoint.hits).toHaveLength(2)
      await stage.advance(minuteMs)
      await stage.log.until('delivery-done', 3)
      expect(bodiesOf(stage.endpoint.hits, '5511')).toEqual([1, 1, 1, 2, 3])
    })

    test('delivers what was committed while no courier ran', async () => {
      for (let n = 1; n <= 3; n += 1) await stage.publish(sentEvent('5511', n))
      await stage.restart()
      stage.courier.start()
      await stage.log.until('delivery-done', 3)
      expect(bodiesOf(stage.endpoint.hits, '5511')).toEqual([1, 2, 3])
    })

    test('repeats, under the same id, the attempt that was in the air', async () => {
      stage.endpoint.answer = () => 'hang'
      stage.courier.start()
      await stage.publish(sentEvent('5511', 1))
      await stage.endpoint.hit(1)

      await stage.restart()
      expect(await stage.rows()).toMatchObject([{ status: 'pending', attempts: 0 }])
      stage.endpoint.answer = () => 200
      stage.courier.start()
      await stage.log.until('delivery-done')
      const [first, second] = stage.endpoint.hits
      expect(second?.headers['webhook-id']).toBe(first?.headers['webhook-id'])
      expect(second?.text).toBe(first?.text)
    })
  })

  test('a stop lets the attempt in the air end, and begins no other', async () => {
    stage.courier.start()
    let stopped: Promise<void> | undefined
    stage.endpoint.answer = () => {
      stopped ??= stage.courier[Symbol.asyncDispose]()
      return 200
    }
    await stage.publish(sentEvent('5511', 1))
    await stage.publish(sentEvent('5511', 2))
    await stage.endpoint.hit(1)
    await stopped
    expect(await stage.rows()).toMatchObject([
      { status: 'done' },
      { status: 'pending', attempts: 0 },
    ])
    onTestFinished(() => expect(stage.endpoint.hits).toHaveLength(1))
  })
})
