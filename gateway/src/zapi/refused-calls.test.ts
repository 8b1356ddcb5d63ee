/** The calls that were refused, as the operator sees them. */

import { afterEach, beforeEach, expect, it } from 'vitest'
import {
  clientToken,
  openZapiStage,
  partnerToken,
  type ZapiStage,
} from '../../test/support/zapi-stage.js'
import { refusalOf } from './refusal-cures.js'

let stage: ZapiStage

beforeEach(async () => {
  stage = await openZapiStage()
})

afterEach(() => stage[Symbol.asyncDispose]())

async function listed(query = '') {
  const answer = await stage.app.inject({
    url: `/instances/integrator/refused-calls${query}`,
    headers: { authorization: `Bearer ${partnerToken}` },
  })
  return answer.json()
}

/** So many calls, once they are written: the gateway writes by itself, too. */
async function written(count: number) {
  await expect
    .poll(async () => {
      await stage.refused.write()
      return (await listed()).calls.length
    })
    .toBe(count)
  return (await listed()).calls
}

it('tells of each refused call its instance, cause, cure and request id, and nothing that it said', async () => {
  const { id } = stage.instance
  const body = { phone: '5511999990001', message: 7, code: '845201' }
  const refused = await stage.call('POST', 'send-text', { payload: body })
  expect(refused.statusCode).toBe(400)
  const wrong = 'DEADBEEFDEADBEEFDEADBEEF'
  await stage.app.inject({ url: `/instances/${id}/token/${wrong}/status` })
  await stage.app.inject({ url: `/instances/${id}/token/${wrong}/no-such-call` })
  await stage.app.inject({ url: '/instances', headers: { authorization: `Bearer ${wrong}` } })
  const calls = await written(4)
  expect(calls).toMatchObject([
    { status: 401, reason: 'partner', path: '/instances', instanceId: null, identified: false },
    { reason: 'path', path: 'unknown', instanceId: id, identified: false },
    { reason: 'client-token', instanceId: id, identified: false },
    {
      instanceId: id,
      identified: true,
      method: 'POST',
      path: '/instances/:instanceId/token/:token/send-text',
      status: 400,
      reason: 'body',
      requestId: refused.headers['x-request-id'],
      cause: refused.json().error,
    },
  ])
  const shown = JSON.stringify(calls)
  for (const secret of [wrong, stage.token, '5511999990001', '845201'])
    expect(shown).not.toContain(secret)
  expect((await listed(`?instanceId=${id}`)).calls).toHaveLength(3)
  expect(await listed('?limit=1')).toMatchObject({
    calls: [{ status: 401 }],
    next: expect.any(Number),
  })
  expect(await listed('?after=x')).toMatchObject({ error: expect.any(String) })
})

it('tells the caller of a key that lacks a scope to use another key, not another address', async () => {
  const by = { role: 'administrator', name: 'ana', address: '203.0.113.7' } as const
  const wish = {
    name: 'CRM',
    scopes: ['read'],
    instanceIds: undefined,
    expiresAt: undefined,
  } as const
  const { token } = await stage.apiKeys.create(wish, by)
  await stage.app.inject({
    method: 'POST',
    url: `/instances/${stage.instance.id}/token/${token}/send-text`,
    headers: { 'client-token': clientToken },
    payload: { phone: '5511999999999', message: 'Olá' },
  })
  expect(await written(1)).toMatchObject([
    { status: 403, reason: 'key', cure: expect.stringContaining('a key that opens this call') },
  ])
})

it('tells the caller of a restricted number to wait or to let the recipient write, not to call from elsewhere', async () => {
  const recipient = { kind: 'person', phone: '5511999999999' } as const
  await stage.database.transaction((transaction) =>
    stage.restrictions.refused(
      { instanceId: stage.instance.id, recipient },
      { kind: 'locked', until: stage.clock.now() + 3_600_000 },
      transaction,
    ),
  )
  const payload = { phone: recipient.phone, message: 'Olá' }
  expect((await stage.call('POST', 'send-text', { payload })).statusCode).toBe(403)
  expect(await written(1)).toMatchObject([
    { status: 403, reason: 'restricted', cure: expect.stringContaining('Retry-After') },
  ])
})

it('tells an agent to correct its token of MCP, not to send that of the partner', () => {
  const cause = 'Token for MCP missing or not allowed: send Authorization: Bearer <token>.'
  expect(refusalOf({ statusCode: 401, cause, route: '/mcp' })).toBe('agent')
})
