import { randomBytes } from 'node:crypto'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { Webhook } from 'standardwebhooks'
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { eachDatabase } from '../../test/support/databases.js'
import { EndpointServer, type Hit } from '../../test/support/endpoint-server.js'
import { EventLog } from '../../test/support/event-log.js'
import { ManualClock } from '../../test/support/manual-clock.js'
import { instanceIdOf, messageIdOf, whatsappIdOf } from '../../test/support/outgoing-message.js'
import type { Database } from '../db/database.js'
import { createVault } from '../db/encryption.js'
import type { GatewayEvent } from '../domain/gateway-event.js'
import { defaultInstanceSettings } from '../domain/instance.js'
import { createGuardedFetch } from '../runtime/guarded-fetch.js'
import { Courier, type CourierOptions } from './courier.js'
import { DeadLetters } from './dead-letters.js'
import { eventKinds } from './endpoint-store.js'
import { Webhooks } from './webhooks.js'

const minuteMs = 60_000
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs

const instanceId = instanceIdOf('3A20DA9C0183A2D35A260F53F5D2B924')
const token = 'A9C0183A2D35A260F53F5D2B'
const secret = `whsec_${randomBytes(32).toString('base64')}`
const vault = createVault(randomBytes(32))
const loopback = createGuardedFetch({ allowedNetworks: ['127.0.0.0/8'] })

/** What a phone number and a counter make: enough to see order and loss. */
function sentEvent(phone: string, n: number): GatewayEvent {
  return {
    kind: 'message.sent',
    instanceId,
    occurredAt: 0,
    messageId: messageIdOf(String(n)),
    whatsappId: whatsappIdOf('3EB0'),
    recipient: { kind: 'person', phone },
    chat: { kind: 'person', phone },
  }
}

const connected: GatewayEvent = {
  kind: 'instance.connected',
  instanceId,
  occurredAt: 0,
  phone: '55',
  business: false,
}

function render(event: GatewayEvent): object {
  if (event.kind !== 'message.sent' || event.recipient.kind !== 'person') return { is: event.kind }
  return { chat: event.recipient.phone, n: Number(event.messageId) }
}

function bodiesOf(hits: readonly Hit[], chat: string): number[] {
  return hits.filter(({ body }) => body['chat'] === chat).map(({ body }) => Number(body['n']))
}

eachDatabase('the courier', (open) => {
  let clock: ManualClock
  let database: Database
  let webhooks: Webhooks
  let courier: Courier
  let log: EventLog
  let endpoint: EndpointServer

  function newCourier(change: Partial<CourierOptions> = {}): Courier {
    const made = new Courier({
      database,
      vault,
      clock,
      random: () => 0.5,
      fetch: loopback,
      tokens: { tokenOf: async () => token, signingSecretsOf: async () => [secret] },
      log,
      version: '1.2.3',
      ...change,
    })
    return made
  }

  const newDeadLetters = () =>
    new DeadLetters({ database, vault, clock, hurry: (lane) => courier.hurry(lane) })

  function newWebhooks(): Webhooks {
    return new Webhooks({
      database,
      vault,
      clock,
      settings: { settingsOf: async () => defaultInstanceSettings },
      selfOf: () => ({}),
      render,
      wake: (lane) => courier.wake(lane),
    })
  }

  async function stopCourier(): Promise<void> {
    // Nothing hangs for good in these tests, or the cut-off is what they are about.
    const stopped = courier[Symbol.asyncDispose]()
    await clock.advance(3_000)
    await stopped
  }

  /** A new courier on what is in the database. */
  async function restart(): Promise<void> {
    await stopCourier()
    database = await open.again()
    courier = newCourier()
    webhooks = newWebhooks()
  }

  const publish = (event: GatewayEvent): Promise<void> =>
    database.transaction((transaction) => webhooks.publish(event, transaction))
  /**
   * Moves time from one awakening of the courier to the next. It reads the
   * database between two sleeps, so a leap could come while it counts a wait.
   */
  async function advance(ms: number): Promise<void> {
    const end = clock.now() + ms
    for (;;) {
      await nextTurn()
      await clock.sleepers()
      const leftMs = end - clock.now()
      if (leftMs <= 0) return
      await clock.advance(Math.min(leftMs, clock.sleepingMs[0] ?? 0))
    }
  }
  /** Exactly then, and not later: a delivery that is too old ends before its tenth attempt. */
  async function advanceToNextAttempt(): Promise<void> {
    const [head] = await rows()
    await advance((head?.next_attempt_at ?? 0) - clock.now())
  }
  const rows = () => database.query.selectFrom('delivery').selectAll().orderBy('sequence').execute()

  beforeEach(async () => {
    clock = new ManualClock(Date.now())
    log = new EventLog()
    endpoint = await EndpointServer.start()
    database = await open()
    await database.query
      .insertInto('instance')
      .values({
        id: instanceId,
        name: 'test',
        token_hash: '',
        token_sealed: new Uint8Array(),
        settings: '{}',
        created_at: 0,
      })
      .execute()
    courier = newCourier()
    webhooks = newWebhooks()
    await webhooks.setEndpoint(instanceId, eventKinds, endpoint.url('/hook'))
  })

  afterEach(async () => {
    await stopCourier()
    await endpoint[Symbol.asyncDispose]()
  })

  test('posts the body with the token and a signature that verifies', async () => {
    courier.start()
    await publish(sentEvent('5511', 1))
    await log.until('delivery-done')

    const [hit] = endpoint.hits
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

  test('tells nobody who was there half a minute ago, and keeps nothing of it', async () => {
    const presence = { chat: { kind: 'person', phone: '5511' }, presence: 'composing' } as const
    const typing = { kind: 'chat.presence-changed', instanceId, occurredAt: 0, presence } as const
    endpoint.answer = () => 503
    courier.start()
    await publish(typing)
    await log.until('delivery-failed')
    await advance(hourMs)
    expect(await rows()).toEqual([])
    expect(log.count('delivery-dead')).toBe(0)

    endpoint.answer = () => 200
    await publish(typing)
    await log.until('delivery-done')
    expect(endpoint.hits.at(-1)?.body).toEqual({ is: 'chat.presence-changed' })
  })

  test('erases the body as soon as it is done, and forgets the row a week later', async () => {
    courier.start()
    await publish(sentEvent('5511', 1))
    await log.until('delivery-done')
    expect(await rows()).toMatchObject([
      { status: 'done', attempts: 1, body_sealed: null, last_error: null, ended_at: clock.now() },
    ])

    await advance(7 * dayMs - hourMs)
    expect(await rows()).toHaveLength(1)
    await advance(2 * hourMs)
    expect(await rows()).toHaveLength(0)
  })

  test('loses nothing and keeps the order of every chat while a receiver is down for hours', async () => {
    endpoint.answer = () => 503
    courier.start()
    const chats = ['5511', '5522', '5533']
    let published = 0
    for (let round = 0; round < 20; round += 1) {
      for (const chat of chats) {
        published += 1
        await publish(sentEvent(chat, published))
      }
      await advance(15 * minuteMs)
    }
    const downHits = endpoint.hits.length
    expect(downHits).toBeGreaterThan(chats.length)
    // Only the heads were tried: what is behind them waits.
    expect(new Set(endpoint.hits.map(({ headers }) => headers['webhook-id'])).size).toBe(3)

    endpoint.answer = () => 200
    // No wait that five hours of failures lead to is longer.
    await advance(6 * hourMs)
    await log.until('delivery-done', published)
    const taken = endpoint.hits.slice(downHits)
    expect(taken).toHaveLength(published)
    for (const chat of chats) {
      const numbers = bodiesOf(taken, chat)
      expect(numbers).toHaveLength(20)
      expect(numbers).toEqual(numbers.toSorted((a, b) => a - b))
    }
  })

  test('sends the same id and the same bytes on every attempt', async () => {
    endpoint.answer = () => 500
    courier.start()
    await publish(sentEvent('5511', 1))
    for (let failures = 1; failures <= 4; failures += 1) {
      await log.until('delivery-failed', failures)
      await advanceToNextAttempt()
    }
    await log.until('delivery-failed', 5)
    expect(new Set(endpoint.hits.map(({ text }) => text)).size).toBe(1)
    expect(new Set(endpoint.hits.map(({ headers }) => headers['webhook-id'])).size).toBe(1)
    expect(new Set(endpoint.hits.map(({ headers }) => headers['webhook-timestamp'])).size).toBe(5)
  })

  test('one chat that is refused holds up no other chat of the same endpoint', async () => {
    endpoint.answer = ({ body }) => (body['chat'] === 'bad' ? 500 : 200)
    courier.start()
    await publish(sentEvent('bad', 1))
    await publish(sentEvent('bad', 2))
    await log.until('delivery-failed')
    await publish(sentEvent('good', 3))
    await log.until('delivery-done')
    expect(bodiesOf(endpoint.hits, 'bad')).toEqual([1])
    expect(bodiesOf(endpoint.hits, 'good')).toEqual([3])
  })

  test('events of the instance do not wait for a chat', async () => {
    endpoint.answer = ({ body }) => ('chat' in body ? 500 : 200)
    courier.start()
    await publish(sentEvent('5511', 1))
    await log.until('delivery-failed')
    await publish({ kind: 'instance.disconnected', instanceId, occurredAt: 0, explanation: 'x' })
    await log.until('delivery-done')
    expect(endpoint.hits.at(-1)?.body).toEqual({ is: 'instance.disconnected' })
  })

  test('black holes slow nobody else', async () => {
    await using hole = await EndpointServer.start()
    hole.answer = () => 'hang'
    const each = { untried: 2, prompt: 4, slow: 1 }
    courier = newCourier({ limits: { all: 8, allSlow: 4, each } })
    courier.start()
    // If one of them could take what it wants, these would fill all places.
    for (let n = 0; n < 30; n += 1) {
      await webhooks.setEndpoint(instanceId, eventKinds, hole.url(`/${n % 3}`))
      await publish(sentEvent(`hole-${n}`, n))
    }
    await hole.hit(6)
    await webhooks.setEndpoint(instanceId, eventKinds, endpoint.url('/hook'))
    for (let n = 0; n < 30; n += 1) await publish(sentEvent(`chat-${n}`, n))
    await log.until('delivery-done', 30)
    // The holes hold on all the time: nothing of theirs has ended, and nothing more has begun.
    expect(log.count('delivery-failed')).toBe(0)
    expect(hole.hits).toHaveLength(6)
  })

  test('an endpoint that hangs is tried by one attempt at a time from then on', async () => {
    endpoint.answer = () => 'hang'
    let inFlight = 0
    let mostInFlight = 0
    courier = newCourier({
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
    courier.start()
    for (let n = 0; n < 8; n += 1) await publish(sentEvent(`chat-${n}`, n))
    await log.until('delivery-failed', 4)
    mostInFlight = 0
    await log.until('delivery-failed', 8)
    expect(mostInFlight).toBe(1)
  })

  test('410 ends all that is owed to a URL, and disables it for the instance; told once', async () => {
    endpoint.answer = ({ path }) => (path === '/hook' ? 410 : 200)
    await webhooks.setEndpoint(instanceId, ['instance.connected'], endpoint.url('/other'))
    for (const [chat, n] of [
      ['5511', 1],
      ['5511', 2],
      ['5522', 3],
    ] as const)
      await publish(sentEvent(chat, n))
    await publish(connected)
    courier.start()
    await log.until('endpoint-disabled')
    await log.until('delivery-done')
    const all = await rows()
    expect(all.map(({ status }) => status)).toEqual(['dead', 'dead', 'dead', 'done'])
    expect(all[1]).toMatchObject({
      attempts: 0,
      last_error: 'HTTP 410',
      body_sealed: expect.anything(),
    })
    expect([...(await webhooks.endpoints(instanceId)).keys()]).toEqual(['instance.connected'])
    await publish(sentEvent('5511', 4))
    expect(await rows()).toHaveLength(4)
    expect(log.count('endpoint-disabled')).toBe(1)
  })

  test('keeps the body of what was given up for a month', async () => {
    endpoint.answer = () => 410
    courier.start()
    await publish(sentEvent('5511', 1))
    await log.until('delivery-dead')
    await advance(30 * dayMs - hourMs)
    expect(await rows()).toMatchObject([{ status: 'dead', body_sealed: expect.anything() }])
    await advance(2 * hourMs)
    expect(await rows()).toEqual([])
  })

  test('sends what was given up again: same id, same bytes, in order, before what waits', async () => {
    endpoint.answer = () => 410
    courier.start()
    for (const n of [1, 2]) await publish(sentEvent('5511', n))
    await log.until('endpoint-disabled')
    await webhooks.setEndpoint(instanceId, ['message.sent'], endpoint.url('/hook'))
    endpoint.answer = () => 503
    await publish(sentEvent('5511', 3))
    await log.until('delivery-failed')

    endpoint.answer = () => 200
    const before = endpoint.hits.length
    const [first] = await rows()
    const letters = newDeadLetters()
    expect(await letters.replay(instanceId, first?.id ?? '')).toBe('replayed')
    expect(await letters.replay(instanceId, first?.id ?? '')).toBe('not-dead')
    expect(await letters.replayAll(instanceId, 0)).toBe(1)
    await log.until('delivery-done', 2)
    await advance(5_500)
    await log.until('delivery-done', 3)
    expect(bodiesOf(endpoint.hits.slice(before), '5511')).toEqual([1, 2, 3])
    expect(endpoint.hits[before]?.headers['webhook-id']).toBe(first?.id)
    expect(endpoint.hits[before]?.text).toBe(endpoint.hits[0]?.text)
  })

  test('gives up after ten attempts', async () => {
    endpoint.answer = () => 404
    courier.start()
    await publish(sentEvent('5511', 1))
    for (let failures = 1; failures <= 9; failures += 1) {
      await log.until('delivery-failed', failures)
      await advanceToNextAttempt()
    }
    await log.until('delivery-dead')
    expect(endpoint.hits).toHaveLength(10)
    expect(await rows()).toMatchObject([{ status: 'dead', attempts: 10, last_error: 'HTTP 404' }])
  })

  test('waits as long as Retry-After says', async () => {
    endpoint.answer = () => ({ status: 429, headers: { 'retry-after': '600' } })
    courier.start()
    await publish(sentEvent('5511', 1))
    await log.until('delivery-failed')
    await advance(599_000)
    expect(endpoint.hits).toHaveLength(1)
    await advance(1_000)
    await endpoint.hit(2)
  })

  test.each([302, 308])('a %i is a failure and is not followed', async (status) => {
    await using elsewhere = await EndpointServer.start()
    endpoint.answer = () => ({ status, headers: { location: elsewhere.url() } })
    courier.start()
    await publish(sentEvent('5511', 1))
    await log.until('delivery-failed')
    expect(elsewhere.hits).toHaveLength(0)
    expect(await rows()).toMatchObject([{ status: 'pending', last_error: `HTTP ${status}` }])
  })

  test('never calls an address that users may not make us call', async () => {
    courier = newCourier({ fetch: createGuardedFetch({ allowedNetworks: [] }) })
    courier.start()
    await publish(sentEvent('5511', 1))
    await log.until('delivery-failed')
    expect(endpoint.hits).toHaveLength(0)
    expect(await rows()).toMatchObject([{ status: 'pending', last_error: 'forbidden-url' }])
  })

  test('writes down in a word why nobody answered', async () => {
    const gone = await EndpointServer.start()
    await webhooks.setEndpoint(instanceId, eventKinds, gone.url('/?key=hidden'))
    await gone[Symbol.asyncDispose]()
    courier.start()
    await publish(sentEvent('5511', 1))
    await log.until('delivery-failed')
    expect(await rows()).toMatchObject([{ last_error: 'ECONNREFUSED' }])
    expect(JSON.stringify(log.lines)).not.toContain('hidden')
  })

  test('a body that no longer opens ends dead and lets the next one go', async () => {
    await publish(sentEvent('5511', 1))
    await database.query
      .updateTable('delivery')
      .set({ body_sealed: Buffer.from('x') })
      .execute()
    await publish(sentEvent('5511', 2))
    courier.start()
    await log.until('delivery-done')
    expect(await rows()).toMatchObject([
      { status: 'dead', last_error: 'unreadable' },
      { status: 'done' },
    ])
  })

  describe('after a restart', () => {
    test('goes on where it was, and waits for what had to wait', async () => {
      endpoint.answer = () => 503
      courier.start()
      for (let n = 1; n <= 3; n += 1) await publish(sentEvent('5511', n))
      await log.until('delivery-failed', 1)
      await advance(6_000)
      await log.until('delivery-failed', 2)

      await restart()
      endpoint.answer = () => 200
      courier.start()
      await advance(4 * minuteMs)
      expect(endpoint.hits).toHaveLength(2)
      await advance(minuteMs)
      await log.until('delivery-done', 3)
      expect(bodiesOf(endpoint.hits, '5511')).toEqual([1, 1, 1, 2, 3])
    })

    test('delivers what was committed while no courier ran', async () => {
      for (let n = 1; n <= 3; n += 1) await publish(sentEvent('5511', n))
      await restart()
      courier.start()
      await log.until('delivery-done', 3)
      expect(bodiesOf(endpoint.hits, '5511')).toEqual([1, 2, 3])
    })

    test('repeats, under the same id, the attempt that was in the air', async () => {
      endpoint.answer = () => 'hang'
      courier.start()
      await publish(sentEvent('5511', 1))
      await endpoint.hit(1)

      await restart()
      expect(await rows()).toMatchObject([{ status: 'pending', attempts: 0 }])
      endpoint.answer = () => 200
      courier.start()
      await log.until('delivery-done')
      const [first, second] = endpoint.hits
      expect(second?.headers['webhook-id']).toBe(first?.headers['webhook-id'])
      expect(second?.text).toBe(first?.text)
    })
  })

  test('a stop lets the attempt in the air end, and begins no other', async () => {
    courier.start()
    let stopped: Promise<void> | undefined
    endpoint.answer = () => {
      stopped ??= courier[Symbol.asyncDispose]()
      return 200
    }
    await publish(sentEvent('5511', 1))
    await publish(sentEvent('5511', 2))
    await endpoint.hit(1)
    await stopped
    expect(await rows()).toMatchObject([{ status: 'done' }, { status: 'pending', attempts: 0 }])
    onTestFinished(() => expect(endpoint.hits).toHaveLength(1))
  })
})
