import { afterEach, beforeEach, expect, test } from 'vitest'
import { CourierStage, dayMs, instanceId, sentEvent } from '../../test/support/courier-stage.js'
import { eachDatabase } from '../../test/support/databases.js'
import type { CallbackMetrics } from './callback-metrics.js'

eachDatabase('what the courier counts and logs', (open) => {
  let stage: CourierStage
  let counted: unknown[]

  beforeEach(async () => {
    stage = await CourierStage.open(open)
    counted = []
    const metrics: CallbackMetrics = {
      callbackAttempted: (outcome) => counted.push(outcome),
      callbackTaken: (afterMs) => counted.push(afterMs),
      callbackDead: () => counted.push('dead'),
    }
    stage.courier = stage.newCourier({ metrics })
  })

  afterEach(() => stage[Symbol.asyncDispose]())

  const fieldsOf = (event: string) =>
    stage.log.lines.filter((line) => line.event === event).map(({ fields }) => fields)
  const names = async () => {
    const [row] = await stage.rows()
    return { deliveryId: row?.id, instanceId }
  }

  test('a callback that is taken: how long it was owed, and how long the receiver took', async () => {
    await stage.publish(sentEvent('5511', 1))
    stage.clock.jump(5_000)
    stage.endpoint.answer = () => {
      stage.clock.jump(700)
      return 200
    }
    stage.courier.start()
    await stage.log.until('delivery-done')
    expect(counted).toEqual(['taken', 5_700])
    expect(fieldsOf('delivery-done')).toEqual([
      { ...(await names()), attempts: 1, durationMs: 700 },
    ])
  })

  test('a callback that is refused: why, and when it is tried again', async () => {
    stage.endpoint.answer = () => 500
    stage.courier.start()
    await stage.publish(sentEvent('5511', 1))
    await stage.log.until('delivery-failed')
    expect(counted).toEqual(['refused'])
    const [row] = await stage.rows()
    expect(fieldsOf('delivery-failed')).toEqual([
      {
        ...(await names()),
        attempts: 1,
        durationMs: 0,
        reason: 'HTTP 500',
        retryInMs: (row?.next_attempt_at ?? 0) - stage.clock.now(),
      },
    ])
  })

  test('a callback without an answer: how long it was waited for', async () => {
    stage.endpoint.answer = () => {
      stage.clock.jump(900)
      void stage.endpoint[Symbol.asyncDispose]()
      return 'hang'
    }
    stage.courier.start()
    await stage.publish(sentEvent('5511', 1))
    await stage.log.until('delivery-failed')
    expect(counted).toEqual(['unanswered'])
    expect(fieldsOf('delivery-failed')).toMatchObject([{ durationMs: 900 }])
  })

  test('a callback that failed for good counts once, and its URL gets the next one', async () => {
    stage.endpoint.answer = () => 500
    await stage.publish(sentEvent('5511', 1))
    stage.clock.jump(8 * dayMs)
    stage.courier.start()
    await stage.log.until('delivery-dead')
    expect(counted).toEqual(['refused', 'dead'])
    expect(fieldsOf('delivery-dead')).toEqual([
      { ...(await names()), attempts: 1, reason: 'HTTP 500' },
    ])
    expect(await stage.webhooks.hasEndpoint(instanceId, 'message.sent')).toBe(true)
  })

  test('each callback that a 410 ends counts as failed', async () => {
    stage.endpoint.answer = () => 410
    for (const n of [1, 2, 3]) await stage.publish(sentEvent('5511', n))
    stage.courier.start()
    await stage.log.until('endpoint-disabled')
    expect(counted).toEqual(['refused', 'dead', 'dead', 'dead'])
    const line = { ...(await names()), reason: 'HTTP 410' }
    expect(fieldsOf('delivery-dead')).toEqual([{ ...line, attempts: 1 }])
    expect(fieldsOf('endpoint-disabled')).toEqual([{ ...line, count: 2 }])
  })

  test('a callback whose body no longer opens is logged with its cause', async () => {
    await stage.publish(sentEvent('5511', 1))
    await stage.database.query
      .updateTable('delivery')
      .set({ body_sealed: Buffer.from('x') })
      .execute()
    stage.courier.start()
    await stage.log.until('delivery-dead')
    expect(counted).toEqual(['dead'])
    expect(fieldsOf('delivery-unreadable')).toEqual([
      { ...(await names()), cause: expect.any(Error) },
    ])
  })
})
