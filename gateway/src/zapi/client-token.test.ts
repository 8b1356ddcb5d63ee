/** Calls without Client-Token: refused, unless the operator or the partner takes the risk. */

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

const missing = { error: 'your client-token is not configured' }
const notFound = { error: 'Instance not found' }

/** The status of a call with these headers, and why it was refused. */
async function ask(
  headers: Readonly<Record<string, string>> = {},
  { id, token } = { id: String(stage.instance.id), token: stage.token },
) {
  const answer = await stage.app.inject({ url: `/instances/${id}/token/${token}/status`, headers })
  return answer.statusCode === 200 ? 200 : answer.json()
}

const set = (value: unknown) =>
  stage.call('PUT', 'integrator/client-token-required', {
    headers: { authorization: `Bearer ${partnerToken}` },
    payload: { value },
  })

it('refuses them by default', async () => {
  expect(await ask()).toEqual(missing)
  expect(await ask({ 'client-token': stage.token })).toEqual({
    error: `Client-Token ${stage.token} not allowed`,
  })
  expect(await ask({ 'client-token': clientToken })).toBe(200)
})

it('takes them on an instance of which the partner says so, and on no other', async () => {
  const other = await stage.instances.create({ name: 'Outra' })
  expect((await set(false)).json()).toEqual({ value: true })
  for (const headers of [{}, { 'client-token': stage.token }, { 'client-token': clientToken }])
    expect(await ask(headers)).toBe(200)
  expect(await ask({}, { id: other.instance.id, token: other.token })).toEqual(missing)

  await set(true)
  expect(await ask()).toEqual(missing)
  expect((await set('no')).statusCode).toBe(400)
})

it('tells who guesses the token of such an instance no more than of any other', async () => {
  await set(false)
  const guess = { id: String(stage.instance.id), token: 'B'.repeat(24) }
  expect(await ask({}, guess)).toEqual(missing)
  expect(await ask({}, { ...guess, id: '3'.repeat(32) })).toEqual(missing)
  expect(await ask({ 'client-token': clientToken }, guess)).toEqual(notFound)
})

it('lets a tenant not say so, who has the token of the instance alone', async () => {
  const byTenant = await stage.put('integrator/client-token-required', { value: false })
  expect(byTenant.statusCode).toBe(401)
})

it('takes them on every instance where the gateway is set so, but no wrong token of an instance', async () => {
  await stage[Symbol.asyncDispose]()
  stage = await openZapiStage({ isClientTokenRequired: false })
  for (const headers of [{}, { 'client-token': stage.token }]) expect(await ask(headers)).toBe(200)
  expect(await ask({}, { id: stage.instance.id, token: 'B'.repeat(24) })).toEqual(notFound)
  await stage.callers.set(['198.51.100.0/24'], { role: 'operator', address: 'local' })
  expect(await ask()).toEqual({ error: '127.0.0.1 not allowed' })
})

it.each([
  [true, []],
  [false, 'all'],
] as const)(
  'is told to the doctor: required for all %s',
  async (isClientTokenRequired, atFirst) => {
    await stage[Symbol.asyncDispose]()
    stage = await openZapiStage({ isClientTokenRequired })
    const report = async () => {
      const headers = { authorization: `Bearer ${stage.operatorToken}` }
      const answer = await stage.app.inject({ url: '/operator/report', headers })
      return answer.json().clientTokenOptional
    }
    expect(await report()).toEqual(atFirst)
    await set(false)
    expect(await report()).toEqual(isClientTokenRequired ? [stage.instance.id] : 'all')
  },
)
