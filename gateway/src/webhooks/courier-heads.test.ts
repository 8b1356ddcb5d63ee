import { sql } from 'kysely'
import { afterEach, beforeEach, expect, test } from 'vitest'
import {
  bodiesOf,
  CourierStage,
  hourMs,
  instanceId,
  sentEvent,
} from '../../test/support/courier-stage.js'
import { eachDatabase } from '../../test/support/databases.js'

eachDatabase('the head of a lane', (open) => {
  let stage: CourierStage

  beforeEach(async () => {
    stage = await CourierStage.open(open)
  })

  afterEach(() => stage[Symbol.asyncDispose]())

  test('is not tried before its time, also if its lane is woken', async () => {
    stage.endpoint.answer = ({ body }) => (body['chat'] === '5511' ? 500 : 200)
    stage.courier.start()
    await stage.publish(sentEvent('5511', 1))
    await stage.log.until('delivery-failed')
    const [row] = await stage.rows()
    if (row === undefined) throw new Error('nothing is owed')
    stage.courier.hurry({ id: row.lane, url: row.url }, row.instance_id)
    await stage.publish(sentEvent('5522', 2))
    await stage.log.until('delivery-done')
    await stage.restart()
    expect(bodiesOf(stage.endpoint.hits, '5511')).toEqual([1])
    expect(await stage.rows()).toMatchObject([{ attempts: 1 }, { status: 'done' }])
  })

  test('is tried at once if it never was, also by a clock that was set back', async () => {
    stage.courier.start()
    await stage.database.transaction(async (transaction) => {
      await stage.webhooks.publish(sentEvent('5511', 1), transaction)
      await transaction.query
        .updateTable('delivery')
        .set({ next_attempt_at: stage.clock.now() + hourMs })
        .execute()
    })
    await stage.log.until('delivery-done')
    expect(bodiesOf(stage.endpoint.hits, '5511')).toEqual([1])
  })

  test('that could not be read is looked at again after five seconds', async () => {
    stage.courier.start()
    await stage.clock.sleepers()
    await stage.database.transaction(async (transaction) => {
      await stage.webhooks.publish(sentEvent('5511', 1), transaction)
      await sql`alter table delivery rename to delivery_away`.execute(transaction.query)
    })
    await stage.log.until('delivery-not-recorded')
    await sql`alter table delivery_away rename to delivery`.execute(stage.database.query)
    await expect.poll(() => stage.clock.sleepingMs).toContain(5_000)
    expect(stage.endpoint.hits).toHaveLength(0)
    await stage.advance(5_000)
    await stage.log.until('delivery-done')
    expect(bodiesOf(stage.endpoint.hits, '5511')).toEqual([1])
  })

  test('that is too old to be of use makes way for the next one', async () => {
    const presence = { chat: { kind: 'person', phone: '5511' }, presence: 'composing' } as const
    const typing = { kind: 'chat.presence-changed', instanceId, occurredAt: 0, presence } as const
    await stage.publish(typing)
    stage.clock.jump(hourMs)
    await stage.publish(typing)
    stage.courier.start()
    await stage.log.until('delivery-done')
    expect(stage.endpoint.hits).toHaveLength(1)
    expect(await stage.rows()).toMatchObject([{ status: 'done' }])
  })
})
