import { afterEach, beforeEach, expect, test } from 'vitest'
import { CourierStage, instanceId, sentEvent } from '../../test/support/courier-stage.js'
import { eachDatabase } from '../../test/support/databases.js'
import { instanceIdOf } from '../../test/support/outgoing-message.js'
import { insertInstances } from '../../test/support/stored-instance.js'
import { readPendingLanes } from './delivery-store.js'

const otherId = instanceIdOf('3B')

eachDatabase('the courier of one node of several', (open) => {
  let stage: CourierStage
  let told: string[]

  beforeEach(async () => {
    stage = await CourierStage.open(open)
    told = []
    stage.database.signals.carryWith((kind, id) => told.push(`${kind} ${id}`))
    const { fence } = stage.database
    fence.begin('this node', () => false)
    // Tests share the database, and what it runs.
    fence.drop(instanceId)
    stage.courier.start()
  })

  afterEach(() => stage[Symbol.asyncDispose]())

  const run = (id = instanceId) => {
    stage.database.fence.hold(id, 1)
    stage.database.fence.run(id)
  }
  const toldOfDeliveries = () => told.filter((each) => each === `deliveries ${instanceId}`).length

  test('attempts nothing for an instance of another node, tells that node, and goes on once it takes it', async () => {
    await stage.publish(sentEvent('5511', 1))
    await expect.poll(toldOfDeliveries).toBe(1)
    const [row] = await stage.rows()
    stage.courier.hurry({ id: row?.lane ?? '', url: row?.url ?? '' }, instanceId)
    stage.courier.takeAgain(instanceId)
    expect(toldOfDeliveries()).toBe(3)
    expect(stage.endpoint.hits).toEqual([])

    run()
    stage.courier.take([instanceId])
    await stage.log.until('delivery-done')
    expect(stage.endpoint.hits).toHaveLength(1)
    expect(toldOfDeliveries()).toBe(3)
  })

  test('begins no attempt of an instance that it gave up meanwhile', async () => {
    run()
    stage.endpoint.answer = () => 500
    await stage.publish(sentEvent('5511', 1))
    await stage.log.until('delivery-failed')
    stage.database.fence.rest(instanceId)
    await stage.advanceToNextAttempt()
    // It ends when what was begun has ended.
    await stage.restart()
    expect(stage.endpoint.hits).toHaveLength(1)
  })

  test('goes on at its time with what another node tried', async () => {
    run()
    stage.endpoint.answer = () => 500
    await stage.publish(sentEvent('5511', 1))
    await stage.log.until('delivery-failed')
    await stage.restart()
    stage.database.fence.begin('that node', () => false)
    run()
    stage.courier.start()
    stage.courier.take([instanceId])
    // The loop of the new courier, which has read when the next attempt is due.
    await expect.poll(() => stage.clock.sleepingMs).toEqual([expect.any(Number)])
    await stage.advanceToNextAttempt()
    await stage.log.until('delivery-failed', 2)
    expect(stage.endpoint.hits).toHaveLength(2)
  })

  test('gives an instance up when its attempts in the air have ended', async () => {
    run()
    const answers: (() => void)[] = []
    const answered = new Promise<void>((resolve) => answers.push(resolve))
    stage.endpoint.answer = async () => {
      await answered
      return 200
    }
    await stage.publish(sentEvent('5511', 1))
    await stage.endpoint.hit(1)
    await stage.courier.release(otherId)
    let isReleased = false
    const released = stage.courier.release(instanceId).then(() => (isReleased = true))
    expect(isReleased).toBe(false)
    answers[0]?.()
    await released
    expect(stage.log.count('delivery-done')).toBe(1)
  })

  test('waits three seconds for an attempt in the air, and no longer', async () => {
    run()
    stage.endpoint.answer = () => 'hang'
    await stage.publish(sentEvent('5511', 1))
    await stage.endpoint.hit(1)
    const released = stage.courier.release(instanceId)
    await expect.poll(() => stage.clock.sleepingMs).toContain(3_000)
    await stage.clock.advance(3_000)
    await released
    await stage.courier.release(otherId)
  })

  test('reads the lanes of the instances that it takes alone', async () => {
    await insertInstances(stage.database, [otherId])
    const other = 'https://example.org/other'
    await stage.webhooks.setEndpoint(otherId, ['message.sent'], other)
    await stage.publish({ ...sentEvent('5511', 1), instanceId: otherId })
    await stage.publish(sentEvent('5511', 2))
    const { query } = stage.database
    expect(await readPendingLanes(query, [otherId])).toMatchObject([{ url: other }])
    expect(await readPendingLanes(query, [instanceId])).toHaveLength(1)
    expect(await readPendingLanes(query)).toHaveLength(2)
  })
})
