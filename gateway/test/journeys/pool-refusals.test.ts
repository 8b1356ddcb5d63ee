/** What another member of a pool sends after WhatsApp refused the first one, and what it does not. */

import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { Phone } from '@recado/simulator'
import type { SandboxInstance } from '../../../sandbox/src/gateway-client.js'
import { Journey, type SendAnswer, shown } from '../support/journey.js'

let journey: Journey

beforeAll(async () => {
  journey = await Journey.start()
})

afterEach(() => journey.setFaults({ acks: [], notOnWhatsApp: [] }))

afterAll(() => journey[Symbol.asyncDispose]())

interface Member {
  readonly instance: SandboxInstance
  readonly phone: Phone
}

/** A pool of two, whose first member has a conversation with the person. */
async function aPool(): Promise<{
  readonly pool: SandboxInstance
  readonly first: Member
  readonly second: Member
  readonly person: Phone
}> {
  const [first, second] = [await journey.pairedInstance(), await journey.pairedInstance()]
  const pool = await journey.client.createPool('Codes', [first.instance])
  const person = await journey.newPhone()
  await shown(person, (await sendCode(pool, person)).messageId)
  await journey.client.addMember(pool, second.instance)
  return { pool, first, second, person }
}

const sendCode = (pool: SandboxInstance, { phone }: Phone) =>
  journey.sendOtp(pool, { phone, message: 'Seu código', code: journey.newCode() })

const timeline = (pool: SandboxInstance, { zaapId }: SendAnswer) =>
  journey.client.onInstance(pool, 'GET', `messages/${zaapId}`)

/** The authors of the person's messages after the first one. */
const authorsOf = ({ messages }: Phone) => messages.slice(1).map(({ from }) => from)

describe('a refusal', () => {
  test('that concerns the number (463) moves the code', async () => {
    const { pool, first, second, person } = await aPool()
    await journey.setFaults({ acks: [{ kind: 'error', code: 463, from: first.phone.phone }] })
    const sent = await sendCode(pool, person)
    expect((await shown(person, sent.messageId)).from).toBe(second.phone.phone)
    const move = { from: first.instance.id, to: second.instance.id, reason: 'refused' }
    const told = {
      poolId: pool.id,
      instanceId: second.instance.id,
      moves: [expect.objectContaining(move)],
    }
    expect((await journey.delivery(sent.zaapId)).body).toMatchObject(told)
    expect(await timeline(pool, sent)).toMatchObject(told)
    expect(authorsOf(person)).toEqual([second.phone.phone])
  })

  test('that concerns the recipient ends it, with its cause and without a move', async () => {
    const { pool } = await aPool()
    const lost = await journey.newPhone()
    await journey.setFaults({ notOnWhatsApp: [lost.phone] })
    const { zaapId } = await sendCode(pool, lost)
    const { body } = await journey.delivery(zaapId)
    expect(body).toMatchObject({ poolId: pool.id, error: 'Phone number does not exist' })
    expect(body).not.toHaveProperty('moves')
  })
})
