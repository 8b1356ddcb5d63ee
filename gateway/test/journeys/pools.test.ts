/** Messages to a pool, on their way to a person. */

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { SandboxInstance } from '../../../sandbox/src/gateway-client.js'
import { clientToken, Journey, partnerToken, type SendAnswer, shown } from '../support/journey.js'

let journey: Journey
let pool: SandboxInstance
let members: readonly SandboxInstance[]
let phones: readonly { readonly instance: SandboxInstance; readonly phone: Ended }[]

type Ended = Awaited<ReturnType<Journey['pairedInstance']>>['phone']

beforeAll(async () => {
  journey = await Journey.start()
  phones = [await journey.pairedInstance(), await journey.pairedInstance()]
  members = phones.map(({ instance }) => instance)
  pool = (await asPartner('POST', '', { name: 'Logins' })) as SandboxInstance
  for (const { id } of members) await asPartner('PUT', `/${pool.id}/members/${id}`, { weight: 1 })
})

afterAll(() => journey[Symbol.asyncDispose]())

async function asPartner(method: string, path: string, body: object): Promise<unknown> {
  const response = await fetch(`${journey.gateway.url}/instances/integrator/pools${path}`, {
    method,
    headers: {
      'client-token': clientToken,
      authorization: `Bearer ${partnerToken}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify(body),
  })
  expect(response.status).toBe(200)
  return response.json()
}

async function end({ id, token }: SandboxInstance, method: string, how: string): Promise<number> {
  const path = `/instances/${id}/token/${token}/integrator/on-demand${how}`
  const headers = { 'client-token': clientToken, authorization: `Bearer ${partnerToken}` }
  return (await fetch(`${journey.gateway.url}${path}`, { method, headers })).status
}

const sendTo = (phone: string) => {
  const code = journey.newCode()
  return journey.client.onInstance(pool, 'POST', 'send-button-otp', {
    phone,
    message: 'Seu código',
    code,
  }) as Promise<SendAnswer>
}

describe('a code for a pool', () => {
  test('arrives by one member, the next one by the same, and by the other when that is unlinked', async () => {
    const person = await journey.newPhone()
    const first = await sendTo(person.phone)
    await shown(person, first.messageId)
    const { body } = await journey.delivery(first.zaapId)
    expect(body).toMatchObject({ poolId: pool.id, phone: person.phone })
    const writer = body['instanceId']
    expect(members.map(({ id }) => id)).toContain(writer)

    const second = await sendTo(person.phone)
    await shown(person, second.messageId)
    expect((await journey.delivery(second.zaapId)).body).toMatchObject({ instanceId: writer })

    const lost = members.find(({ id }) => id === writer)
    if (lost === undefined) throw new Error('no member wrote')
    await journey.client.onInstance(lost, 'GET', 'disconnect')
    const third = await sendTo(person.phone)
    await shown(person, third.messageId)
    const delivery = (await journey.delivery(third.zaapId)).body
    expect(delivery).toMatchObject({ poolId: pool.id })
    expect(delivery['instanceId']).not.toBe(writer)
  })

  test('arrives once by the other member when WhatsApp bans the one where it waits', async () => {
    const [banned, other] = [await journey.pairedInstance(), await journey.pairedInstance()]
    pool = (await asPartner('POST', '', { name: 'Codes' })) as SandboxInstance
    await asPartner('PUT', `/${pool.id}/members/${banned.instance.id}`, { weight: 1 })
    const person = await journey.newPhone()
    const before = { phone: person.phone, message: 'Olá', delayMessage: 15 }
    const first = (await journey.client.onInstance(pool, 'POST', 'send-text', before)) as SendAnswer
    await shown(person, first.messageId)
    await asPartner('PUT', `/${pool.id}/members/${other.instance.id}`, { weight: 1 })

    const { zaapId, messageId } = await sendTo(person.phone)
    const waiting = await journey.client.onInstance(banned.instance, 'GET', 'queue')
    expect(JSON.stringify(waiting)).toContain(zaapId)
    await journey.setFaults({ logins: [{ code: 403, phone: banned.phone.phone }] })
    await journey.setFaults({ connections: [{ phone: banned.phone.phone, action: 'drop' }] })

    await shown(person, messageId)
    const move = { from: banned.instance.id, to: other.instance.id, reason: 'disconnected' }
    expect((await journey.delivery(zaapId)).body).toMatchObject({
      poolId: pool.id,
      instanceId: other.instance.id,
      moves: [expect.objectContaining(move)],
    })
    expect(await journey.client.onInstance(pool, 'GET', `messages/${zaapId}`)).toMatchObject({
      poolId: pool.id,
      instanceId: other.instance.id,
      moves: [expect.objectContaining(move)],
    })
    await journey.setFaults({ logins: [] })
    await journey.client.onInstance(banned.instance, 'GET', 'restore-session')
    const last = await sendTo(person.phone)
    await shown(person, last.messageId)
    expect(person.messages.filter(({ id }) => id === messageId)).toHaveLength(1)
    expect(person.messages).toHaveLength(3)
  })

  test('arrives by another member when its own goes out of use, and when that is deleted', async () => {
    const [first, second, third] = [
      (await journey.pairedInstance()).instance,
      (await journey.pairedInstance()).instance,
      (await journey.pairedInstance()).instance,
    ]
    pool = (await asPartner('POST', '', { name: 'Ends' })) as SandboxInstance
    const join = ({ id }: SandboxInstance) =>
      asPartner('PUT', `/${pool.id}/members/${id}`, { weight: 1 })
    const person = await journey.newPhone()
    /** A code waits there behind a text with a long gap. */
    const waitingAt = async (member: SandboxInstance, next: SandboxInstance) => {
      const before = { phone: person.phone, message: 'Olá', delayMessage: 15 }
      const text = (await journey.client.onInstance(
        pool,
        'POST',
        'send-text',
        before,
      )) as SendAnswer
      await shown(person, text.messageId)
      await join(next)
      const code = await sendTo(person.phone)
      const waiting = await journey.client.onInstance(member, 'GET', 'queue')
      expect(JSON.stringify(waiting)).toContain(code.zaapId)
      return code
    }
    const arrives = async ({ zaapId, messageId }: SendAnswer, by: SandboxInstance) => {
      await shown(person, messageId)
      const moves = [expect.objectContaining({ to: by.id, reason: 'removed' })]
      const { body } = await journey.delivery(zaapId)
      expect(body).toMatchObject({ poolId: pool.id, instanceId: by.id, moves })
    }
    await join(first)
    const one = await waitingAt(first, second)
    expect(await end(first, 'POST', '/cancel')).toBe(201)
    await arrives(one, second)
    const two = await waitingAt(second, third)
    expect(await end(second, 'DELETE', '')).toBe(200)
    await arrives(two, third)
    expect(person.messages).toHaveLength(4)
  })

  test('to a new person goes by one member and has one cooldown, by number and by LID', async () => {
    const { id } = pool
    for (let n = 0; n < 2; n += 1) {
      const { instance } = await journey.pairedInstance()
      await asPartner('PUT', `/${id}/members/${instance.id}`, { weight: 1 })
    }
    const person = await journey.newPhone()
    const start = (phone: string) =>
      journey.client.onInstance(pool, 'POST', 'otp/start', { phone, cooldown: 60 })
    const { messageId } = (await start(person.phone)) as SendAnswer
    const { from } = await shown(person, messageId)
    await expect(start(`${person.lid}@lid`)).rejects.toThrow('429')
    for (const name of [`${person.lid}@lid`, person.phone, `${person.lid}@lid`])
      expect((await shown(person, (await sendTo(name)).messageId)).from).toBe(from)
  })

  test('is told at the URL of the pool, when it has one', async () => {
    const { instance } = await journey.pairedInstance()
    pool = (await asPartner('POST', '', { name: 'Own URL' })) as SandboxInstance
    await asPartner('PUT', `/${pool.id}/members/${instance.id}`, { weight: 1 })
    const value = `${journey.callbacks.url}/of-the-pool`
    await journey.client.onInstance(pool, 'PUT', 'update-webhook-delivery', { value })
    const person = await journey.newPhone()
    const { zaapId, messageId } = await sendTo(person.phone)
    await shown(person, messageId)
    const told = await journey.delivery(zaapId)
    expect(told.body).toMatchObject({ poolId: pool.id, instanceId: instance.id })
    expect(told.path).toMatch(/of-the-pool$/u)
  })
})
