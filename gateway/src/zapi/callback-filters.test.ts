import { afterEach, beforeEach, expect, it } from 'vitest'
import { openZapiStage, type ZapiStage } from '../../test/support/zapi-stage.js'
import type { GatewayEvent } from '../domain/gateway-event.js'

let stage: ZapiStage

beforeEach(async () => {
  stage = await openZapiStage()
})

afterEach(() => stage[Symbol.asyncDispose]())

const muted = async () => (await stage.instances.find(stage.instance.id))?.settings.muted
const filter = (body: object) => stage.put('update-filters', body)

it('keeps what is listed and leaves what is not given', async () => {
  const group = { messageFilters: ['FILTER_FROM_GROUP', 'FILTER_FROM_GROUP'] }
  expect((await filter(group)).json()).toEqual({ value: true })
  await filter({ callbackTypeFilters: ['FILTER_DELIVERY_CALLBACK'], messageFilters: null })
  expect(await muted()).toEqual({ topics: ['outcome'], messages: ['in-group'] })
  await filter({})
  expect(await muted()).toEqual({ topics: ['outcome'], messages: ['in-group'] })
  await filter({ messageFilters: [], callbackTypeFilters: [] })
  expect(await muted()).toEqual({ topics: [], messages: [] })
})

it.each([
  [{ messageFilters: ['FILTER_FROM_GROUP', 'FILTER_STICKER'] }, '[1]: there is no filter FILTER_S'],
  [{ messageFilters: ['FILTER_RECEIVED_CALLBACK'] }, '[0]: there is no filter FILTER_RECEIVED_C'],
  [{ callbackTypeFilters: ['123456', 1] }, 'callbackTypeFilters[0]: there is no filter. Known are'],
  [{ callbackTypeFilters: 'FILTER_DELIVERY_CALLBACK' }, 'must be of type'],
])('refuses %j, and nothing changes', async (body, part) => {
  await filter({ messageFilters: ['FILTER_TEXT_MESSAGE'] })
  const answer = await filter(body)
  expect([answer.statusCode, answer.json().error]).toEqual([400, expect.stringContaining(part)])
  expect(await muted()).toEqual({ topics: [], messages: ['text'] })
})

it('does not owe what is filtered from the next event on', async () => {
  await stage.put('update-every-webhooks', { value: 'https://example.org/hook' })
  const { id: instanceId } = stage.instance
  const event: GatewayEvent = {
    kind: 'instance.connected',
    instanceId,
    occurredAt: 0,
    phone: '55',
    business: false,
  }
  const owed = async () => {
    await stage.database.transaction((transaction) => stage.webhooks.publish(event, transaction))
    return (await stage.webhooks.figures()).pending
  }
  expect(await owed()).toBe(1)
  await filter({ callbackTypeFilters: ['FILTER_CONNECTED_CALLBACK'] })
  expect(await owed()).toBe(1)
  await filter({ callbackTypeFilters: [] })
  expect(await owed()).toBe(2)
})
