import { Webhook } from 'standardwebhooks'
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import {
  bodiesOf,
  CourierStage,
  dayMs,
  hourMs,
  instanceId,
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

  test('drops a presence that is half a minute old', async () => {
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

  test('never calls an address that users may not make us call', async () => {
    stage.courier = stage.newCourier({ fetch: createGuardedFetch({ allowedNetworks: [] }) })
    stage.courier.start()
    await stage.publish(sentEvent('5511', 1))
    await stage.log.until('delivery-failed')
    expect(stage.endpoint.hits).toHaveLength(0)
    expect(await stage.rows()).toMatchObject([{ status: 'pending', last_error: 'forbidden-url' }])
  })

  test('records in a word why there was no answer', async () => {
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
