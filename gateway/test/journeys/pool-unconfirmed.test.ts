/** What the phone shows of a message to a pool that WhatsApp never confirmed to its member. */

import type { Phone } from '@recado/simulator'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { SandboxInstance } from '../../../sandbox/src/gateway-client.js'
import { Journey, type SendAnswer, shown } from '../support/journey.js'

let journey: Journey

beforeAll(async () => {
  journey = await Journey.start()
})

afterEach(() => journey.setFaults({ acks: [], logins: [] }))

afterAll(() => journey[Symbol.asyncDispose]())

type Member = Awaited<ReturnType<Journey['pairedInstance']>>

/**
 * A pool of two. Its first member knows the person, whose phone is off by now, and writes a text that
 * WhatsApp keeps for the phone and does not confirm. Then WhatsApp bans the member.
 */
async function unconfirmed(more: object): Promise<{
  readonly pool: SandboxInstance
  readonly first: Member
  readonly second: Member
  readonly person: Phone
  readonly sent: SendAnswer
}> {
  const [first, second] = [await journey.pairedInstance(), await journey.pairedInstance()]
  const pool = await journey.client.createPool('Texts', [first.instance])
  const person = await journey.newPhone()
  const send = (message: string) =>
    journey.client.onInstance(pool, 'POST', 'send-text', {
      phone: person.phone,
      message,
      ...more,
    }) as Promise<SendAnswer>
  await shown(person, (await send('Olá')).messageId)
  await journey.client.addMember(pool, second.instance)
  person.goOffline()
  // Its receipt for the own copy would confirm the message.
  first.phone.goOffline()

  const { phone } = first.phone
  // After the silence the gateway connects again.
  await journey.setFaults({
    acks: [{ kind: 'missing', from: phone }],
    logins: [{ code: 403, phone }],
  })
  const sent = await send('Seu pedido')
  return { pool, first, second, person, sent }
}

const messageOf = (pool: SandboxInstance, { zaapId }: SendAnswer) =>
  journey.client.onInstance(pool, 'GET', `messages/${zaapId}`)

async function letIn({ instance }: Member): Promise<void> {
  await journey.setFaults({ acks: [], logins: [] })
  await journey.client.onInstance(instance, 'GET', 'restore-session')
}

/** The text and its chat, of each message after the first one. */
const shownBy = ({ messages }: Phone) =>
  messages.slice(1).map(({ id, chat, text }) => ({ id, chat, text }))

describe('an unconfirmed message of a member that WhatsApp bans', () => {
  test('is shown once: its member sends it again under its id', async () => {
    const { pool, first, person, sent } = await unconfirmed({})
    await expect
      .poll(() => messageOf(pool, sent), { timeout: 60_000 })
      .toMatchObject({ status: 'UNKNOWN', instanceId: first.instance.id })
    await expect
      .poll(() => journey.client.onInstance(first.instance, 'GET', 'status'))
      .toMatchObject({ connected: false })
    await letIn(first)
    const { body } = await journey.delivery(sent.zaapId)
    expect(body).toMatchObject({ poolId: pool.id, instanceId: first.instance.id })
    expect(body).not.toHaveProperty('moves')
    await person.comeOnline()
    await journey.status(sent.messageId, 'RECEIVED')
    const id = sent.messageId
    expect(shownBy(person)).toEqual([{ id, chat: first.phone.phone, text: 'Seu pedido' }])
  })

  test('is shown in two chats where its caller allowed a second copy', async () => {
    const { pool, first, second, person, sent } = await unconfirmed({
      onUnknown: 'resend-elsewhere',
    })
    const move = { from: first.instance.id, to: second.instance.id, reason: 'unknown' }
    const told = {
      poolId: pool.id,
      instanceId: second.instance.id,
      moves: [expect.objectContaining(move)],
    }
    expect((await journey.delivery(sent.zaapId)).body).toMatchObject(told)
    expect(await messageOf(pool, sent)).toMatchObject({ status: 'SENT', ...told })

    await letIn(first)
    await person.comeOnline()
    await journey.status(sent.messageId, 'RECEIVED')
    const copy = { id: sent.messageId, text: 'Seu pedido' }
    expect(shownBy(person)).toEqual([
      { ...copy, chat: first.phone.phone },
      { ...copy, chat: second.phone.phone },
    ])
  })
})
