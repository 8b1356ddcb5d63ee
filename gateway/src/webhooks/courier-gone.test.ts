import { afterEach, beforeEach, expect, test } from 'vitest'
import {
  bodiesOf,
  connected,
  CourierStage,
  instanceId,
  sentEvent,
} from '../../test/support/courier-stage.js'
import { eachDatabase } from '../../test/support/databases.js'
import { eventKinds } from './endpoint-store.js'
eachDatabase('a callback URL that answers 410', (open) => {
  let stage: CourierStage

  beforeEach(async () => {
    stage = await CourierStage.open(open)
  })

  afterEach(() => stage[Symbol.asyncDispose]())

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
})
