/** A code that no number can send is told within its life, so that its caller can take another way. */

import { afterAll, beforeAll, expect, test } from 'vitest'
import { pair } from '../../../sandbox/src/sandbox.js'
import type { SandboxInstance } from '../../../sandbox/src/gateway-client.js'
import { clientToken, Journey, partnerToken, shown } from '../support/journey.js'

let journey: Journey

beforeAll(async () => {
  journey = await Journey.start({ settings: { RECADO_UNDELIVERABLE_AFTER_SECONDS: '1' } })
})

afterAll(() => journey[Symbol.asyncDispose]())

test('its caller is told once, before it expires, and it still arrives when the number is there', async () => {
  const instance = await journey.newInstance()
  const person = await journey.newPhone()
  const code = journey.newCode()
  const body = { phone: person.phone, message: `Código ${code}`, code, expiresIn: 3_600 }
  const { zaapId, messageId } = await journey.sendOtp(instance, body)
  const isIt = (callback: Readonly<Record<string, unknown>>) =>
    callback['type'] === 'UndeliverableCallback' && callback['zaapId'] === zaapId
  const told = await journey.callbacks.next(({ body: callback }) => isIt(callback))
  expect(told.body).toMatchObject({ messageId, phone: person.phone, mayHaveArrived: false })
  expect(Number(told.body['momment'])).toBeGreaterThanOrEqual(
    Number(told.body['acceptedAt']) + 1_000,
  )
  expect(Number(told.body['momment'])).toBeLessThan(Number(told.body['expiresAt']))
  expect(JSON.stringify(told.body)).not.toContain(code)

  await pair(journey.client, instance, await journey.newPhone())
  await shown(person, messageId)
  expect((await journey.delivery(zaapId)).body).not.toHaveProperty('error')
  expect(journey.callbacks.received.filter(({ body: callback }) => isIt(callback))).toHaveLength(1)
})

test('of a pool, it is told at the URL of the pool, and the end of its life too', async () => {
  const pools = `${journey.gateway.url}/instances/integrator/pools`
  const asPartner = async (method: string, path: string, body: object) => {
    const authorization = `Bearer ${partnerToken}`
    const headers = {
      'client-token': clientToken,
      authorization,
      'content-type': 'application/json',
    }
    const response = await fetch(`${pools}${path}`, { method, headers, body: JSON.stringify(body) })
    expect(response.status).toBe(200)
    return response.json()
  }
  const member = await journey.newInstance()
  const pool = (await asPartner('POST', '', { name: 'Codes' })) as SandboxInstance
  await asPartner('PUT', `/${pool.id}/members/${member.id}`, { weight: 1 })
  const value = `${journey.callbacks.url}/of-the-pool`
  await journey.client.onInstance(pool, 'PUT', 'update-webhook-delivery', { value })
  const person = await journey.newPhone()
  const code = journey.newCode()
  const { zaapId } = await journey.sendOtp(pool, { phone: person.phone, message: 'Código', code })
  const told = await journey.callbacks.next(
    ({ body }) => body['type'] === 'UndeliverableCallback' && body['zaapId'] === zaapId,
  )
  expect(told.path).toMatch(/of-the-pool$/u)
  expect(told.body).toMatchObject({ poolId: pool.id, instanceId: member.id, mayHaveArrived: false })
  expect(JSON.stringify(told.body)).not.toContain(code)

  // Its only member is deleted: it ends, and the pool hears of that.
  const path = `/instances/${member.id}/token/${member.token}/integrator/on-demand`
  const headers = { 'client-token': clientToken, authorization: `Bearer ${partnerToken}` }
  const deleted = await fetch(`${journey.gateway.url}${path}`, { method: 'DELETE', headers })
  expect(deleted.status).toBe(200)
  const ended = await journey.delivery(zaapId)
  expect(ended.path).toMatch(/of-the-pool$/u)
  expect(ended.body).toHaveProperty('error')
})
