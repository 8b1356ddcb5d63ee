/**
 * A receiver of callbacks whose process stands still (SIGSTOP). The kernel goes
 * on taking what is written to it, so to the gateway it is there and silent.
 */

import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import type { Phone } from '@recado/simulator'
import type { ReceivedCallback } from '../../../sandbox/src/callback-receiver.js'
import type { SandboxInstance } from '../../../sandbox/src/gateway-client.js'
import { Journey, type SendAnswer, shown } from '../support/journey.js'
import { StoppableProgram } from '../support/stoppable-program.js'

let journey: Journey
let receiver: StoppableProgram
/** Its callbacks go to the program that stands still. */
let instance: SandboxInstance
/** Its callbacks go elsewhere. */
let other: SandboxInstance
let person: Phone

beforeAll(async () => {
  receiver = await StoppableProgram.start(
    new URL('../support/receiver-program.ts', import.meta.url),
  )
  journey = await Journey.start()
  ;({ instance } = await journey.pairedInstance())
  ;({ instance: other } = await journey.pairedInstance())
  person = await journey.newPhone()
})

afterAll(async () => {
  await journey[Symbol.asyncDispose]()
  await receiver[Symbol.asyncDispose]()
})

async function tellAt(url: string): Promise<void> {
  await journey.client.onInstance(instance, 'PUT', 'update-every-webhooks', { value: url })
}

/** Each is on the phone when the next is sent. */
async function send(from: SandboxInstance, count: number): Promise<readonly SendAnswer[]> {
  const sent: SendAnswer[] = []
  for (let n = 0; n < count; n += 1) {
    const body = { phone: person.phone, message: 'Parado', code: journey.newCode() }
    const answer = await journey.sendOtp(from, body)
    await shown(person, answer.messageId)
    sent.push(answer)
  }
  return sent
}

async function untilToldElsewhere(sent: readonly SendAnswer[]): Promise<void> {
  for (const { zaapId, messageId } of sent) {
    await journey.delivery(zaapId)
    await journey.status(messageId, 'RECEIVED')
  }
}

/** So many attempts. Who waits for none of them has waited for nothing. */
function givenUp(): number {
  return journey.gateway.output.filter((line) => line.includes('"delivery-failed"')).length
}

interface Told {
  readonly what: string
  readonly webhookId: unknown
  readonly body: object
}

/** What the stopped program was told of these messages: `RECEIVED 0` is that the first of them arrived. */
function toldOf(sent: readonly SendAnswer[]): readonly Told[] {
  const callbacks = receiver.told as unknown as readonly ReceivedCallback[]
  return callbacks.flatMap(({ headers, body }) => {
    const kind = String(body['status'] ?? body['type'])
    const ids = [body['messageId'], body['ids']].flat()
    const index = sent.findIndex(({ messageId }) => ids.includes(messageId))
    // A receipt that is faster than its ack leaves no word of SENT.
    if (index < 0 || kind === 'SENT') return []
    return [{ what: `${kind} ${index}`, webhookId: headers['webhook-id'], body }]
  })
}

async function untilAllTold(sent: readonly SendAnswer[]): Promise<void> {
  const last = `RECEIVED ${sent.length - 1}`
  await expect.poll(() => toldOf(sent).map(({ what }) => what), { interval: 20 }).toContain(last)
}

/** The words of one message, and the words of one kind, are in order. An ack and the receipt of the message before it race. */
function expectAllInOrder(told: readonly Told[], sent: readonly SendAnswer[]): void {
  const whats = told.map(({ what }) => what)
  for (const kind of ['DeliveryCallback', 'RECEIVED'])
    expect(whats.filter((what) => what.startsWith(kind))).toEqual(
      sent.map((_, index) => `${kind} ${index}`),
    )
  for (const index of sent.keys())
    expect(whats.filter((what) => what.endsWith(` ${index}`))).toEqual([
      `DeliveryCallback ${index}`,
      `RECEIVED ${index}`,
    ])
}

test('a receiver that stands still delays no other receiver, and gets everything in order', async () => {
  await tellAt(receiver.placeOf('url'))
  receiver.stop()
  onTestFinished(() => receiver.goOn())
  const owed = await send(instance, 3)
  await untilToldElsewhere(await send(other, 1))
  expect([toldOf(owed), givenUp()]).toEqual([[], 0])

  receiver.goOn()
  await untilAllTold(owed)
  expectAllInOrder(toldOf(owed), owed)
})

test('a receiver that stops before its answer gets the same callback again, and then the rest in order', async () => {
  await tellAt(`${receiver.placeOf('url')}/stops`)
  const before = givenUp()
  onTestFinished(() => receiver.goOn())
  const owed = await send(instance, 2)
  await untilToldElsewhere(await send(other, 1))
  await expect.poll(givenUp).toBeGreaterThan(before)
  const [taken, ...more] = toldOf(owed)
  expect(more).toEqual([])

  receiver.goOn()
  await untilAllTold(owed)
  const afterIt = toldOf(owed).slice(1)
  expect(afterIt[0]).toEqual(taken)
  expectAllInOrder(afterIt, owed)
})
