/** How a pool stands, as a caller reads it. */

import { afterAll, beforeAll, expect, it } from 'vitest'
import {
  clientToken,
  openZapiStage,
  partnerToken,
  type ZapiStage,
} from '../../test/support/zapi-stage.js'
import type { InstanceId } from '../domain/instance.js'

let stage: ZapiStage
let pool: { id: string; token: string }
let members: Record<'ready' | 'restricted' | 'full' | 'away', InstanceId>

const inPool = (action: string, payload?: object) =>
  stage.app.inject({
    method: payload === undefined ? 'GET' : 'POST',
    url: `/instances/${pool.id}/token/${pool.token}/${action}`,
    headers: { 'client-token': clientToken },
    ...(payload && { payload }),
  })

const asPartner = (method: 'GET' | 'POST' | 'PUT', path: string, payload?: object) =>
  stage.app.inject({
    method,
    url: `/instances/integrator/pools${path}`,
    headers: { authorization: `Bearer ${partnerToken}` },
    ...(payload && { payload }),
  })

const standing = async () => {
  const { members: found, ...rest } = (await asPartner('GET', `/${pool.id}`)).json()
  const byId = new Map(found.map((each: { instanceId: InstanceId }) => [each.instanceId, each]))
  return { ...rest, members: Object.values(members).map((id) => byId.get(id)) }
}
const text = (n: number) =>
  inPool('send-text', { phone: String(5_511_999_990_000 + n), message: 'Oi' })

async function aMember(name: string): Promise<InstanceId> {
  const { instance } = await stage.instances.create({ name })
  await asPartner('PUT', `/${pool.id}/members/${instance.id}`, { weight: 2 })
  return instance.id
}

beforeAll(async () => {
  stage = await openZapiStage()
  pool = (await asPartner('POST', '', { name: 'Logins' })).json()
  members = {
    ready: await aMember('Loja 1'),
    restricted: await aMember('Loja 2'),
    full: await aMember('Loja 3'),
    away: await aMember('Loja 4'),
  }
  const { ready, restricted, full } = members
  for (const id of [restricted, full]) stage.sessions.connected.add(id)
  stage.sessions.away.set(members.away, { reason: 'logged-out', since: stage.clock.now() })
  for (const phone of ['5511911110001', '5511911110002'])
    await stage.database.transaction((transaction) =>
      stage.restrictions.refused(
        { instanceId: restricted, recipient: { kind: 'person', phone } },
        undefined,
        transaction,
      ),
    )
  await text(1)
  await stage.database.query
    .updateTable('message')
    .set({ status: 'sent', counted_at: stage.clock.now() })
    .execute()
  await stage.instances.updateSettings(full, {
    sendingLimits: {
      dailyMessages: 1,
      dailyNewPeople: 0,
      warmUp: false,
      quietFrom: '',
      quietTo: '',
      timeZone: 'UTC',
      limitCodes: false,
    },
  })
  stage.sessions.connected.add(ready)
})
afterAll(() => stage[Symbol.asyncDispose]())

it('tells what each member can do and its limits, and no token', async () => {
  const answer = await standing()
  expect(answer).toMatchObject({ id: pool.id, name: 'Logins' })
  expect(JSON.stringify(answer)).not.toContain(pool.token)
  const states = answer.members.map((each: { instanceId: InstanceId; state: string }) => [
    each.instanceId,
    each.state,
  ])
  expect(states).toEqual(Object.entries(members).map(([state, id]) => [id, state]))
  const [ready, restricted, full, away] = answer.members
  expect(ready).toMatchObject({ name: 'Loja 1', weight: 2, today: { mostMessages: null } })
  expect(restricted.restrictedUntil).toBeGreaterThan(stage.clock.now())
  expect(full.today).toMatchObject({ messages: 1, mostMessages: 1 })
  expect(away.expected).toEqual({ high: null, normal: null, low: null })
})

it('tells the wait for the member that would send first, by the same call as of an instance', async () => {
  const forecast = { high: 0, normal: 0, low: 0 }
  expect((await standing()).expected).toEqual(forecast)
  for (const n of [11, 12, 13]) await text(n)
  const code = { phone: '5511999990014', message: 'Código', code: '123456' }
  await inPool('send-button-otp', code)
  const { expected, waiting } = await standing()
  expect(waiting).toEqual({ high: 1, normal: 3, low: 0 })
  // Codes go by the full one too, which has less to send.
  const [ready, , full] = (await standing()).members
  expect(expected.high).toBe(Math.min(ready.expected.high, full.expected.high))
  expect(expected.normal).toBe(ready.expected.normal)
  expect(expected.normal).toBeGreaterThan(0)
  expect((await inPool('queue/forecast')).json()).toEqual({ connected: true, ...expected, waiting })
})

it('tells how the limits of the pool itself put off what is no code', async () => {
  const limits = { dailyMessages: 1 }
  const path = `/instances/${pool.id}/token/${pool.token}/update-sending-limits`
  const headers = { 'client-token': clientToken }
  await stage.app.inject({ method: 'PUT', url: path, headers, payload: limits })
  const { today } = (await inPool('sending-limits')).json()
  const { expected } = await standing()
  expect(expected.normal).toBe((today.endsAt - stage.clock.now()) / 1_000)
  expect(expected.high).toBeLessThan(60)
  await stage.app.inject({ method: 'PUT', url: path, headers, payload: { preset: 'off' } })
})

it('tells no wait while no member can begin a conversation', async () => {
  stage.sessions.connected.delete(members.ready)
  stage.sessions.connected.delete(members.full)
  expect((await standing()).expected).toEqual({ high: null, normal: null, low: null })
  expect((await inPool('queue/forecast')).json()).toMatchObject({ connected: false, high: null })
})

it('lists what moved, and refuses a pool that there is not', async () => {
  const [from, to] = [members.away, members.ready]
  const { zaapId } = (await text(20)).json()
  await stage.database.query
    .updateTable('message')
    .set({ moves: JSON.stringify([{ at: stage.clock.now(), from, to, why: 'disconnected' }]) })
    .where('id', '=', zaapId)
    .execute()
  expect((await asPartner('GET', `/${pool.id}/moves`)).json()).toMatchObject({
    messages: [
      {
        zaapId,
        status: 'QUEUED',
        moves: [{ from, to, reason: 'disconnected', movedAt: stage.clock.now() }],
      },
    ],
    next: null,
  })
  expect((await asPartner('GET', `/${pool.id}/moves?before=x`)).statusCode).toBe(400)
  for (const path of ['/0123456789ABCDEF0123', `/${members.ready}`, `/${members.ready}/moves`])
    expect((await asPartner('GET', path)).statusCode).toBe(404)
})
