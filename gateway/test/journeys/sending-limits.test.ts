/** Limits of a number: what they hold waits, and is on the phone once they let it go. Codes do not wait. */

import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Phone } from '@recado/simulator'
import type { SandboxInstance } from '../../../sandbox/src/gateway-client.js'
import { Journey, type SendAnswer, shown } from '../support/journey.js'

let journey: Journey

beforeAll(async () => {
  journey = await Journey.start()
})

afterAll(() => journey[Symbol.asyncDispose]())

const limit = (instance: SandboxInstance, limits: object) =>
  journey.client.onInstance(instance, 'PUT', 'update-sending-limits', limits)

const standing = async (instance: SandboxInstance) =>
  ((await journey.client.onInstance(instance, 'GET', 'sending-limits')) as { today: object }).today

const sendText = (instance: SandboxInstance, { phone }: Phone, more: object = {}) =>
  journey.client.onInstance(instance, 'POST', 'send-text', {
    phone,
    message: 'Só hoje: frete grátis',
    ...more,
  }) as Promise<SendAnswer>

const sendCode = (instance: SandboxInstance, { phone }: Phone) =>
  journey.sendOtp(instance, { phone, message: 'Seu código', code: journey.newCode() })

/** The limit that holds the message in the queue, once one does. */
const heldBy = (instance: SandboxInstance, { zaapId }: SendAnswer) =>
  expect.poll(async () => {
    const { messages } = (await journey.client.onInstance(instance, 'GET', 'queue')) as {
      readonly messages: readonly { readonly ZaapId: string; readonly HeldBy?: string }[]
    }
    return messages.find(({ ZaapId }) => ZaapId === zaapId)?.HeldBy
  })

/** A time of day in UTC. */
function at(inHours: number): string {
  return new Date(Date.now() + inHours * 3_600_000).toISOString().slice(11, 16)
}

/** Quiet hours that began an hour ago, and go on for six, in UTC. */
function quietNow(): { readonly quietFrom: string; readonly quietTo: string } {
  return { quietFrom: at(-1), quietTo: at(6) }
}

test('in quiet hours a low message waits, others and codes do not', async () => {
  const { instance } = await journey.pairedInstance()
  await limit(instance, { ...quietNow(), timeZone: 'UTC' })
  const [asleep, awake] = [await journey.newPhone(), await journey.newPhone()]
  const low = await sendText(instance, asleep, { priority: 'low' })
  await shown(awake, (await sendText(instance, awake)).messageId)
  await shown(awake, (await sendCode(instance, awake)).messageId)
  await heldBy(instance, low).toBe('quiet-hours')
  expect(asleep.messages).toEqual([])

  await limit(instance, { quietFrom: '', quietTo: '' })
  await shown(asleep, low.messageId)
  expect((await journey.delivery(low.zaapId)).body).not.toHaveProperty('error')
})

test('what is over the daily limit waits, also after a crash, until there is room', async () => {
  const { instance } = await journey.pairedInstance()
  await limit(instance, { dailyMessages: 2 })
  const people = [await journey.newPhone(), await journey.newPhone(), await journey.newPhone()]
  const [one, two, three] = people as [Phone, Phone, Phone]
  for (const person of [one, two]) await shown(person, (await sendText(instance, person)).messageId)
  const third = await sendText(instance, three)
  await heldBy(instance, third).toBe('daily-messages')
  expect(await standing(instance)).toMatchObject({ messages: 2, mostMessages: 2 })

  await journey.killGateway()
  await journey.restartGateway()
  // It is connected again, and a code does not wait.
  await shown(one, (await sendCode(instance, one)).messageId)
  await heldBy(instance, third).toBe('daily-messages')
  expect(await standing(instance)).toMatchObject({ messages: 2, mostMessages: 2 })
  expect(three.messages).toEqual([])

  await limit(instance, { dailyMessages: 3 })
  await shown(three, third.messageId)
  expect(await standing(instance)).toMatchObject({ messages: 3, mostMessages: 3 })
})

test('a new number sends 20 messages on its first day, and codes beside them', async () => {
  const { instance } = await journey.pairedInstance()
  await limit(instance, { warmUp: true })
  expect(await standing(instance)).toMatchObject({ messages: 0, mostMessages: 20, warmUpDay: 1 })
  const [reader, late] = [await journey.newPhone(), await journey.newPhone()]
  const sent: SendAnswer[] = []
  for (let n = 0; n < 20; n += 1) sent.push(await sendText(instance, reader))
  for (const { messageId } of sent) await shown(reader, messageId)
  const over = await sendText(instance, late)
  await heldBy(instance, over).toBe('daily-messages')
  await shown(reader, (await sendCode(instance, reader)).messageId)
  expect(await standing(instance)).toMatchObject({ messages: 20, mostMessages: 20 })
  expect(late.messages).toEqual([])

  await limit(instance, { warmUp: false })
  await shown(late, over.messageId)
})

test('a text to one new person too many waits; those who know the number get theirs', async () => {
  const { instance, phone } = await journey.pairedInstance()
  const [known, first, second] = [
    await journey.newPhone(),
    await journey.newPhone(),
    await journey.newPhone(),
  ]
  const { id } = await known.send(phone.phone, 'Oi')
  await journey.callbacks.next(
    ({ body }) => body['type'] === 'ReceivedCallback' && body['messageId'] === id,
  )
  await limit(instance, { dailyNewPeople: 1 })
  await shown(first, (await sendText(instance, first)).messageId)
  const over = await sendText(instance, second)
  await heldBy(instance, over).toBe('new-people')
  // Whom it has written to today is no new person any more.
  for (const person of [known, first])
    await shown(person, (await sendText(instance, person)).messageId)
  expect(await standing(instance)).toMatchObject({ newPeople: 1 })
  expect(second.messages).toEqual([])

  await limit(instance, { dailyNewPeople: 2 })
  await shown(second, over.messageId)
})
