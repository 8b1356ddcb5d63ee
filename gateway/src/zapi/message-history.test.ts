import { afterEach, beforeEach, expect, it } from 'vitest'
import { clientToken, openZapiStage, type ZapiStage } from '../../test/support/zapi-stage.js'

let stage: ZapiStage

beforeEach(async () => {
  stage = await openZapiStage()
})

afterEach(() => stage[Symbol.asyncDispose]())

it('tells where a message stands, without its content', async () => {
  const { zaapId, messageId } = (await stage.send({ code: '271828' })).json()
  const answer = await stage.call('GET', `messages/${zaapId}`)
  expect(answer.statusCode).toBe(200)
  expect(answer.json()).toEqual({
    zaapId,
    messageId,
    id: messageId,
    instanceId: stage.instance.id,
    phone: '5511999999999',
    status: 'QUEUED',
    acceptedAt: expect.any(Number),
    expiresAt: answer.json().acceptedAt + 600_000,
    attempts: [],
  })
  expect(answer.body).not.toContain('271828')
})

it('tells why it ended, in the words of the callback', async () => {
  const { zaapId } = (await stage.send()).json()
  await stage.database.query
    .updateTable('message')
    .set({
      status: 'failed',
      failure: 'restricted',
      explanation: 'So it is.',
      ended_at: 7,
      sends: JSON.stringify([
        { whatsappId: '3EB0', claimedAt: 1, endedAt: 2, outcome: 'refused', refusalCode: 463 },
      ]),
    })
    .execute()
  expect((await stage.call('GET', `messages/${zaapId}`)).json()).toMatchObject({
    status: 'FAILED',
    endedAt: 7,
    attempts: [{ startedAt: 1, endedAt: 2, messageId: '3EB0', outcome: 'REFUSED', code: 463 }],
    failure: {
      reason: 'restricted',
      error: 'The message was not sent due to a likely shadow ban. So it is.',
      errorCode: 'SHADOW_BAN',
    },
  })
})

it("knows neither made-up ids nor another instance's", async () => {
  const { zaapId } = (await stage.send()).json()
  const other = await stage.instances.create({ name: 'Outra' })
  const foreign = await stage.app.inject({
    method: 'GET',
    url: `/instances/${other.instance.id}/token/${other.token}/messages/${zaapId}`,
    headers: { 'client-token': clientToken },
  })
  for (const answer of [foreign, await stage.call('GET', `messages/${'0'.repeat(32)}`)])
    expect([answer.statusCode, answer.json()]).toEqual([404, { error: 'Message not found' }])
})
