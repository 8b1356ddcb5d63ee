import { afterEach, beforeEach, expect, test } from 'vitest'
import {
  bodiesOf,
  CourierStage,
  dayMs,
  hourMs,
  instanceId,
  sentEvent,
} from '../../test/support/courier-stage.js'
import { eachDatabase } from '../../test/support/databases.js'
import { EndpointServer } from '../../test/support/endpoint-server.js'
eachDatabase('deliveries that fail', (open) => {
  let stage: CourierStage

  beforeEach(async () => {
    stage = await CourierStage.open(open)
  })

  afterEach(() => stage[Symbol.asyncDispose]())

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
})
