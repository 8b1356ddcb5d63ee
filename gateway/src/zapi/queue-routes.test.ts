/** Z-API's queue over the real modules; `contract.test.ts` compares the shapes with the documentation. */

import { afterEach, beforeEach, expect, it } from 'vitest'
import {
  clientToken,
  openZapiStage,
  partnerToken,
  type ZapiStage,
} from '../../test/support/zapi-stage.js'

let stage: ZapiStage

beforeEach(async () => {
  stage = await openZapiStage()
})

afterEach(() => stage[Symbol.asyncDispose]())

const sendAll = async (count: number): Promise<string[]> => {
  const ids: string[] = []
  for (let index = 0; index < count; index += 1) {
    const answer = await stage.send({ code: String(654_000 + index), delayMessage: undefined })
    ids.push(answer.json().zaapId)
  }
  return ids
}
const list = async (payload?: object) => {
  const answer = await stage.call('POST', 'queue', payload === undefined ? {} : { payload })
  return answer.json()
}
const setStatus = (id: string, status: string) =>
  stage.database.query.updateTable('message').set({ status }).where('id', '=', id).execute()
const zaapIds = (page: { messages: { ZaapId: string }[] }) =>
  page.messages.map(({ ZaapId }) => ZaapId)

it('lists a message as documented, with its code masked', async () => {
  const answer = await stage.send({ message: 'Código 123456', delayMessage: 3, delayTyping: 2 })
  const { zaapId, messageId } = answer.json()
  const { messages, ...rest } = await list()
  expect(rest).toEqual({ pagingState: null, hasMore: false })
  expect(messages).toEqual([
    {
      _id: zaapId,
      DelayMessage: 3,
      Message: 'Código ••••56',
      Code: '••••56',
      Status: 'QUEUED',
      Priority: 'high',
      IsTrial: false,
      InstanceId: stage.instance.id,
      Phone: '5511999999999',
      ZaapId: zaapId,
      DelayTyping: 2,
      MessageId: messageId,
      Created: expect.any(Number),
      CreatedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00$/u),
      Beta: false,
    },
  ])
})

it('gives 20 a page, 30 at most, and every message once', async () => {
  const ids = await sendAll(35)
  expect(zaapIds(await list())).toEqual(ids.slice(0, 20))
  const first = await list({ pageSize: 100 })
  expect([zaapIds(first), first.hasMore]).toEqual([ids.slice(0, 30), true])
  const second = await list({ pageSize: 100, pagingState: first.pagingState })
  expect([zaapIds(second), second.hasMore, second.pagingState]).toEqual([
    ids.slice(30),
    false,
    null,
  ])
  const old = await stage.call('GET', 'queue?page=7&pageSize=32')
  expect(zaapIds(old.json())).toEqual(ids.slice(0, 32))
  expect(old.json().messages[0]).toMatchObject({ DelayMessage: -1, DelayTyping: 0 })
  expect(old.json().messages[0]).not.toHaveProperty('Beta')
  expect((await stage.call('GET', 'queue/count')).json()).toEqual({ count: 35 })
})

it.each([
  ['POST', 'queue', { pagingState: 'made-up' }, 'pagingState must be that of the page before'],
  ['POST', 'queue', { pageSize: 0 }, 'pageSize must be at least 1'],
  ['GET', 'queue?pageSize=x', undefined, 'pageSize must be a whole number, at least 1'],
  ['PUT', 'update-queue-settings', {}, 'disableEnqueueWhenDisconnected is required'],
] as const)('%s %s refuses %j', async (method, action, payload, error) => {
  const answer = await stage.call(method, action, payload === undefined ? {} : { payload })
  expect([answer.statusCode, answer.json()]).toEqual([400, { error }])
})

it('deletes one, and says so when it cannot', async () => {
  const [first = '', second = ''] = await sendAll(2)
  await setStatus(second, 'sending')
  expect((await stage.call('DELETE', `queue/${first}`)).json()).toEqual({ deleted: 1 })
  expect((await stage.call('DELETE', `queue/${first}`)).json()).toEqual({ deleted: 0 })
  expect((await stage.call('DELETE', `queue/${'0'.repeat(32)}`)).json()).toEqual({ deleted: 0 })
  const late = await stage.call('DELETE', `queue/${second}`)
  expect([late.statusCode, late.json()]).toEqual([
    409,
    { error: 'The message was not deleted: it is being sent, or was sent, or has ended' },
  ])
  expect((await list()).messages).toMatchObject([{ ZaapId: second, Status: 'SENDING' }])
})

it('deletes all but what is on its way, and owes a DeliveryCallback for each', async () => {
  await stage.put('update-webhook-delivery', { value: 'https://example.com/hook' })
  const [first = ''] = await sendAll(3)
  await setStatus(first, 'unknown')
  expect((await stage.call('DELETE', 'queue')).json()).toEqual({ deleted: 2, kept: 1 })
  expect((await stage.call('GET', 'queue/count')).json()).toEqual({ count: 1 })
  const owed = await stage.database.query.selectFrom('delivery').select('event_kind').execute()
  expect(owed.map(({ event_kind }) => event_kind)).toEqual(['message.failed', 'message.failed'])
})

it('keeps out what is sent while disconnected, once it is told to', async () => {
  const answer = await stage.put('update-queue-settings', { disableEnqueueWhenDisconnected: true })
  expect([answer.statusCode, answer.json()]).toEqual([200, { success: true }])
  const refusal = await stage.send()
  expect([refusal.statusCode, refusal.json()]).toEqual([400, { error: 'You are not connected.' }])
  expect((await list()).messages).toEqual([])

  stage.sessions.connected.add(stage.instance.id)
  expect((await stage.send()).statusCode).toBe(200)

  stage.sessions.connected.clear()
  await stage.put('update-queue-settings', { disableEnqueueWhenDisconnected: false })
  expect((await stage.send()).statusCode).toBe(200)
})

it('keeps them out from the beginning of an instance that was made so', async () => {
  const made = await stage.app.inject({
    method: 'POST',
    url: '/instances/integrator/on-demand',
    headers: { authorization: `Bearer ${partnerToken}` },
    payload: { name: 'Loja', disableEnqueueWhenDisconnected: true },
  })
  const { id, token } = made.json()
  const answer = await stage.app.inject({
    method: 'POST',
    url: `/instances/${id}/token/${token}/send-button-otp`,
    headers: { 'client-token': clientToken },
    payload: { phone: '5511999999999', message: 'Oi', code: '1' },
  })
  expect([answer.statusCode, answer.json()]).toEqual([400, { error: 'You are not connected.' }])
})
