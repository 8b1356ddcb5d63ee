import { afterEach, beforeEach, expect, it } from 'vitest'
import {
  bodiesOf,
  connected,
  CourierStage,
  instanceId,
  sentEvent,
} from '../../test/support/courier-stage.js'
import { eachDatabase } from '../../test/support/databases.js'
import { eventKinds } from './endpoint-store.js'
import type { Receivers } from './receivers.js'

eachDatabase('receivers of callbacks', (open) => {
  let stage: CourierStage
  let receivers: Receivers
  let url: string

  beforeEach(async () => {
    stage = await CourierStage.open(open)
    receivers = stage.newReceivers()
    url = stage.endpoint.url('/hook')
    stage.courier.start()
  })

  afterEach(() => stage[Symbol.asyncDispose]())

  const neverAborted = new AbortController().signal
  const listed = () => receivers.list(instanceId)

  it('a paused one gets nothing, and once it is resumed all that waited, in order', async () => {
    const other = stage.endpoint.url('/other')
    await stage.webhooks.setEndpoint(instanceId, ['instance.connected'], other)
    expect(await receivers.pause(instanceId, url)).toBe(true)
    await stage.publish(sentEvent('5511', 1))
    await stage.publish(sentEvent('5511', 2))
    const { instanceId: id } = sentEvent('5511', 1)
    const base = { instanceId: id, occurredAt: 0 } as const
    await stage.publish({ ...base, kind: 'instance.connected', phone: '55', business: false })
    await stage.log.until('delivery-done')
    expect(stage.endpoint.hits.map(({ path }) => path)).toEqual(['/other'])
    expect(await listed()).toMatchObject([
      { url, pausedAt: stage.clock.now(), pending: 2 },
      { url: other, pausedAt: undefined, pending: 0 },
    ])

    await receivers.resume(instanceId, url)
    await stage.endpoint.hit(3)
    expect(bodiesOf(stage.endpoint.hits, '5511')).toEqual([1, 2])
    expect(await listed()).toMatchObject([{ url, pausedAt: undefined }, { url: other }])
  })

  it('a paused one stays paused when the process starts again', async () => {
    await receivers.pause(instanceId, url)
    await stage.publish(sentEvent('5511', 1))
    await stage.restart()
    receivers = stage.newReceivers()
    stage.courier.start()
    const other = stage.endpoint.url('/other')
    await stage.webhooks.setEndpoint(instanceId, ['message.sent'], other)
    await stage.publish(sentEvent('5522', 2))
    await stage.endpoint.hit(1)
    expect(stage.endpoint.hits.map(({ path }) => path)).toEqual(['/other'])
    await receivers.resume(instanceId, url)
    await stage.endpoint.hit(2)
  })

  it('one that answered 410 gets callbacks again once it is resumed', async () => {
    stage.endpoint.answer = () => 410
    await stage.publish(sentEvent('5511', 1))
    await stage.log.until('endpoint-disabled')
    expect(await listed()).toEqual([
      {
        url,
        kinds: eventKinds.toSorted(),
        pausedAt: undefined,
        disabledAt: stage.clock.now(),
        pending: 0,
        dead: 1,
      },
    ])
    const other = stage.endpoint.url('/other')
    await stage.webhooks.setEndpoint(instanceId, ['instance.connected'], other)
    expect(await listed()).toMatchObject([
      { url, disabledAt: stage.clock.now() },
      { url: other, disabledAt: undefined },
    ])
    await stage.publish(sentEvent('5511', 2))
    expect(await stage.rows()).toHaveLength(1)
    stage.endpoint.answer = () => 200
    await receivers.resume(instanceId, url)
    await stage.publish(sentEvent('5511', 3))
    await stage.log.until('delivery-done')
    expect(await listed()).toMatchObject([{ url, disabledAt: undefined, dead: 1 }, { url: other }])
  })

  it('one is tested by a signed callback that is not stored, with its answer', async () => {
    stage.endpoint.answer = () => ({ status: 422, headers: {}, body: 'what is this?' })
    const tested = await receivers.test(instanceId, url, neverAborted)
    expect(tested).toMatchObject({ statusCode: 422, error: 'HTTP 422', answer: 'what is this?' })
    const [hit] = stage.endpoint.hits
    expect(hit?.body).toMatchObject({ type: 'TestCallback', instanceId })
    expect(hit?.headers['webhook-signature']).toMatch(/^v1,/u)
    expect(await stage.rows()).toEqual([])
  })

  it('each one has its own kinds and figures, also of what an older version stored', async () => {
    const other = stage.endpoint.url('/other')
    await stage.webhooks.setEndpoint(instanceId, ['message.sent'], other)
    stage.endpoint.answer = () => 500
    await stage.publish(sentEvent('5511', 1))
    await stage.publish(connected)
    await stage.publish(connected)
    await stage.log.until('delivery-failed', 2)
    const figures = { pausedAt: undefined, disabledAt: undefined, dead: 0 }
    const kinds = eventKinds.filter((kind) => kind !== 'message.sent')
    const each = [
      { url, kinds, ...figures, pending: 2 },
      { url: other, kinds: ['message.sent'], ...figures, pending: 1 },
    ]
    expect(await listed()).toEqual(each)
    await stage.database.query.updateTable('delivery').set({ url_hash: null }).execute()
    expect(await listed()).toEqual(each)
  })

  it('no callback is sent to an address that is not set', async () => {
    const stranger = stage.endpoint.url('/stranger')
    expect(await receivers.test(instanceId, stranger, neverAborted)).toBeUndefined()
    expect(await receivers.pause(instanceId, stranger)).toBe(false)
    expect(stage.endpoint.hits).toEqual([])
  })
})
