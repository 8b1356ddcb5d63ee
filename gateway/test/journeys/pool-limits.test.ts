/** Limits of pools and of their members, as callers and people see them. */

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Phone } from '@recado/simulator'
import type { SandboxInstance } from '../../../sandbox/src/gateway-client.js'
import { Journey, type SendAnswer, shown } from '../support/journey.js'

let journey: Journey

beforeAll(async () => {
  journey = await Journey.start()
})

afterAll(() => journey[Symbol.asyncDispose]())

interface Member {
  readonly instance: SandboxInstance
  readonly phone: Phone
}

async function aPool(size: number): Promise<{ pool: SandboxInstance; members: Member[] }> {
  const members: Member[] = []
  for (let n = 0; n < size; n += 1) members.push(await journey.pairedInstance())
  const instances = members.map(({ instance }) => instance)
  return { pool: await journey.client.createPool('Limits', instances), members }
}

const limit = (instance: SandboxInstance, limits: object) =>
  journey.client.onInstance(instance, 'PUT', 'update-sending-limits', limits)

const today = async (instance: SandboxInstance) =>
  ((await journey.client.onInstance(instance, 'GET', 'sending-limits')) as { today: object }).today

const sendText = (instance: SandboxInstance, { phone }: Phone, more: object = {}) =>
  journey.client.onInstance(instance, 'POST', 'send-text', {
    phone,
    message: 'Só hoje: frete grátis',
    ...more,
  }) as Promise<SendAnswer>

const sendCode = (pool: SandboxInstance, { phone }: Phone) =>
  journey.sendOtp(pool, { phone, message: 'Seu código', code: journey.newCode() })

/** The limit that holds the message in the queue of its member, once one does. */
const heldBy = (members: readonly Member[], { zaapId }: SendAnswer) =>
  expect.poll(async () => {
    for (const { instance } of members) {
      const { messages } = (await journey.client.onInstance(instance, 'GET', 'queue')) as {
        readonly messages: readonly { readonly ZaapId: string; readonly HeldBy?: string }[]
      }
      const found = messages.find(({ ZaapId }) => ZaapId === zaapId)
      if (found !== undefined) return found.HeldBy
    }
    return undefined
  })

/** A time of day in UTC. */
function at(inHours: number): string {
  return new Date(Date.now() + inHours * 3_600_000).toISOString().slice(11, 16)
}

describe('the limits of a pool', () => {
  test('count what all its members send for it; codes go beside them', async () => {
    const { pool, members } = await aPool(2)
    await limit(pool, { dailyMessages: 2 })
    const people = [await journey.newPhone(), await journey.newPhone(), await journey.newPhone()]
    const [one, two, three] = people as [Phone, Phone, Phone]
    for (const person of [one, two]) await shown(person, (await sendText(pool, person)).messageId)
    const over = await sendText(pool, three)
    await heldBy(members, over).toBe('daily-messages')
    await shown(one, (await sendCode(pool, one)).messageId)
    expect(await today(pool)).toMatchObject({ messages: 2, mostMessages: 2 })
    expect(three.messages).toEqual([])

    await limit(pool, { dailyMessages: 3 })
    await shown(three, over.messageId)
    expect(await today(pool)).toMatchObject({ messages: 3 })
  })

  test('hold a new person too many, and low messages in quiet hours', async () => {
    const { pool, members } = await aPool(2)
    await limit(pool, { dailyNewPeople: 1 })
    const [known, first, second] = [
      await journey.newPhone(),
      await journey.newPhone(),
      await journey.newPhone(),
    ]
    const { id } = await known.send(members[0]?.phone.phone ?? '', 'Oi')
    await journey.callbacks.next(
      ({ body }) => body['type'] === 'ReceivedCallback' && body['messageId'] === id,
    )
    await shown(first, (await sendText(pool, first)).messageId)
    const over = await sendText(pool, second)
    await heldBy(members, over).toBe('new-people')
    const told = await sendText(pool, known)
    expect((await shown(known, told.messageId)).from).toBe(members[0]?.phone.phone)
    expect(await today(pool)).toMatchObject({ newPeople: 1 })
    expect(second.messages).toEqual([])
    await limit(pool, { dailyNewPeople: 0 })
    await shown(second, over.messageId)

    await limit(pool, { quietFrom: at(-1), quietTo: at(6), timeZone: 'UTC' })
    const low = await sendText(pool, first, { priority: 'low' })
    await shown(second, (await sendText(pool, second)).messageId)
    await heldBy(members, low).toBe('quiet-hours')
    await limit(pool, { quietFrom: '', quietTo: '' })
    await shown(first, low.messageId)
  })
})

describe('a member of a pool that has sent what it may today', () => {
  test('has another one send what waits for it, and its codes itself', async () => {
    const { pool, members } = await aPool(1)
    const [own] = members as [Member]
    await limit(own.instance, { dailyMessages: 1 })
    const person = await journey.newPhone()
    await shown(person, (await sendText(pool, person)).messageId)
    const over = await sendText(pool, person)
    await heldBy(members, over).toBe('daily-messages')
    expect(await journey.client.onInstance(pool, 'GET', 'queue/forecast')).toMatchObject({
      high: 0,
    })

    const other = await journey.pairedInstance()
    await journey.client.addMember(pool, other.instance)
    expect((await shown(person, over.messageId)).from).toBe(other.phone.phone)
    const move = { from: own.instance.id, to: other.instance.id, reason: 'full' }
    expect((await journey.delivery(over.zaapId)).body).toMatchObject({
      poolId: pool.id,
      instanceId: other.instance.id,
      moves: [expect.objectContaining(move)],
    })
    // The number itself is asked: a code counts against no limit.
    const alone = await journey.newPhone()
    const code = await sendCode(own.instance, alone)
    expect((await shown(alone, code.messageId)).from).toBe(own.phone.phone)
  })

  test('is one that warms up after 20 messages, as its pool says: the pool goes on by the others', async () => {
    const { pool, members } = await aPool(1)
    const [fresh] = members as [Member]
    await limit(pool, { warmUp: true })
    const reader = await journey.newPhone()
    const sent: SendAnswer[] = []
    for (let n = 0; n < 20; n += 1) sent.push(await sendText(pool, reader))
    for (const { messageId } of sent) await shown(reader, messageId)
    expect(await today(fresh.instance)).toMatchObject({
      messages: 20,
      mostMessages: 20,
      mostFrom: 'pool-warm-up',
      warmUpDay: 1,
      warmUpPool: pool.id,
    })
    const over = await sendText(pool, reader)
    await heldBy(members, over).toBe('daily-messages')
    // One that has chosen for itself sends more than its pool's warm-up allows.
    const other = await journey.pairedInstance()
    await limit(other.instance, { warmUp: false })
    await journey.client.addMember(pool, other.instance)
    const rest = [over]
    for (let n = 0; n < 20; n += 1) rest.push(await sendText(pool, reader))
    for (const { messageId } of rest)
      expect((await shown(reader, messageId)).from).toBe(other.phone.phone)
    expect(await today(fresh.instance)).toMatchObject({ messages: 20 })
    expect(await today(other.instance)).toMatchObject({ messages: 21, mostMessages: null })
  })

  test('is held by the pool no longer once it has left it', async () => {
    const { pool, members } = await aPool(1)
    const [own] = members as [Member]
    await limit(pool, { warmUp: true })
    const reader = await journey.newPhone()
    const sent: SendAnswer[] = []
    for (let n = 0; n < 20; n += 1) sent.push(await sendText(own.instance, reader))
    for (const { messageId } of sent) await shown(reader, messageId)
    const over = await sendText(own.instance, reader)
    await heldBy(members, over).toBe('daily-messages')
    await journey.client.removeMember(pool, own.instance)
    expect((await shown(reader, over.messageId)).from).toBe(own.phone.phone)
  })
})
