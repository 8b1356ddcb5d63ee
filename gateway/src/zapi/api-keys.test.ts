/** API keys in the place of an instance's token. */

import { afterEach, beforeEach, expect, test } from 'vitest'
import { clientToken, openZapiStage, type ZapiStage } from '../../test/support/zapi-stage.js'
import type { ApiScope } from '../domain/api-scope.js'

const by = { role: 'administrator', name: 'ana', address: '203.0.113.7' } as const
const text = { phone: '5511999999999', message: 'Olá' }

let stage: ZapiStage

beforeEach(async () => {
  stage = await openZapiStage()
})
afterEach(() => stage[Symbol.asyncDispose]())

/** Makes a key and gives what calls with it. */
async function keyed(
  scopes: readonly ApiScope[],
  more: { readonly instanceIds?: readonly string[]; readonly expiresAt?: number } = {},
) {
  const key = await stage.apiKeys.create(
    { name: 'CRM', scopes, instanceIds: undefined, expiresAt: undefined, ...more },
    by,
  )
  const call = async (
    method: 'GET' | 'POST' | 'PUT' | 'DELETE',
    action: string,
    payload?: object,
    headers: Readonly<Record<string, string>> = { 'client-token': clientToken },
  ) => {
    const url = `/instances/${stage.instance.id}/token/${key.token}/${action}`
    const answer = await stage.app.inject({ method, url, headers, ...(payload && { payload }) })
    return { status: answer.statusCode, body: answer.body }
  }
  return { ...key, call }
}

test('a key that may send, sends, and reads nothing', async () => {
  const { call } = await keyed(['send'])
  const sent = await call('POST', 'send-text', text)
  expect(sent.status).toBe(200)
  expect(await call('GET', 'status')).toEqual({
    status: 403,
    body: '{"error":"The API key \\"CRM\\" lacks the scope read, which this call needs. It has: send"}',
  })
  expect(await call('PUT', 'update-name', { value: 'x' })).toMatchObject({
    status: 403,
    body: expect.stringContaining('lacks the scope manage'),
  })
})

test('a key that may read, reads, and sends nothing', async () => {
  const { call } = await keyed(['read'])
  expect((await call('GET', 'status')).status).toBe(200)
  expect(await call('POST', 'send-text', text)).toMatchObject({
    status: 403,
    body: expect.stringContaining('lacks the scope send'),
  })
  expect(await call('DELETE', 'queue')).toMatchObject({
    status: 403,
    body: expect.stringContaining('lacks the scope send'),
  })
})

test('a key that may read gets no invitation to a group', async () => {
  const { call } = await keyed(['read'])
  for (const action of ['group-metadata', 'group-invitation-link'])
    expect(await call('GET', `${action}/120363019502650977-group`)).toMatchObject({
      status: 403,
      body: expect.stringContaining('lacks the scope manage'),
    })
})

test('no key opens what gives a secret, or tells callbacks, which carry the token, elsewhere', async () => {
  const { call } = await keyed(['read', 'send', 'manage'])
  expect((await call('PUT', 'update-name', { value: 'Filial' })).status).toBe(200)
  const url = { value: 'https://example.com/' }
  for (const answer of [
    await call('GET', 'me'),
    await call('GET', 'webhook-secret'),
    await call('GET', 'extension-token'),
    await call('PUT', 'update-webhook-received', url),
    await call('PUT', 'update-every-webhooks', url),
  ])
    expect(answer).toMatchObject({
      status: 403,
      body: expect.stringContaining('No API key opens this call'),
    })
})

test('a key opens its instances alone', async () => {
  const other = await stage.instances.create({ name: 'Outra' })
  const { call } = await keyed(['read'], { instanceIds: [other.instance.id] })
  expect(await call('GET', 'status')).toMatchObject({
    status: 403,
    body: expect.stringContaining(`does not open the instance ${stage.instance.id}`),
  })
  const own = await keyed(['read'], { instanceIds: [stage.instance.id] })
  expect((await own.call('GET', 'status')).status).toBe(200)
})

test('a key that was revoked, has expired or is not whole is refused, and the answer says so', async () => {
  const revoked = await keyed(['read'])
  await stage.apiKeys.revoke(revoked.id, by)
  expect(await revoked.call('GET', 'status')).toMatchObject({
    status: 403,
    body: expect.stringContaining('it was revoked'),
  })
  const short = await keyed(['read'], { expiresAt: stage.clock.now() + 1 })
  await stage.clock.advance(1)
  expect(await short.call('GET', 'status')).toMatchObject({
    status: 403,
    body: expect.stringContaining('has expired'),
  })
})

test('a key needs the Client-Token as the token of the instance does', async () => {
  const { call } = await keyed(['read'])
  const missing = { status: 400, body: expect.stringContaining('client-token') }
  expect(await call('GET', 'status', undefined, {})).toMatchObject(missing)
  await stage.instances.updateSettings(stage.instance.id, { clientTokenOptional: true })
  expect((await call('GET', 'status', undefined, {})).status).toBe(200)
  const other = await stage.instances.create({ name: 'Outra' })
  const elsewhere = await keyed(['read'], { instanceIds: [other.instance.id] })
  expect(await elsewhere.call('GET', 'status', undefined, {})).toMatchObject(missing)
})

test('a key that lacks a scope is no wrong token: the call stands with those of the instance', async () => {
  const { call } = await keyed(['read'])
  await call('POST', 'send-text', text)
  const rows = async () => stage.database.query.selectFrom('refused_call').selectAll().execute()
  await expect.poll(async () => (await rows()).length).toBe(1)
  expect(await rows()).toMatchObject([
    { is_identified: 1, instance_id: stage.instance.id, status_code: 403 },
  ])
})

test('is named in the audit log, and stands in no log', async () => {
  const { call, token } = await keyed(['manage'])
  await call('PUT', 'update-name', { value: 'Filial' })
  await call('POST', 'send-text', text)
  const records = await stage.audit.list({ limit: 1 })
  expect(records).toMatchObject([
    { act: 'instance-renamed', by: { role: 'key', name: 'CRM' }, instanceId: stage.instance.id },
  ])
  const refused = await stage.database.query.selectFrom('refused_call').selectAll().execute()
  expect(JSON.stringify([records, refused, stage.logged])).not.toContain(token)
})
