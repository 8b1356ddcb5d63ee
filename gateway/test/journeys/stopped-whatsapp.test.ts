/**
 * A WhatsApp whose process stands still (SIGSTOP) while it has a message: the
 * kernel keeps what the gateway writes, so when it goes on it finds the message,
 * and whatever the gateway tried meanwhile.
 */

import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import type { SandboxInstance } from '../../../sandbox/src/gateway-client.js'
import { pair } from '../../../sandbox/src/sandbox.js'
import { FaultProxy } from '../support/fault-proxy.js'
import { Journey, type SendAnswer } from '../support/journey.js'
import { StoppableProgram } from '../support/stoppable-program.js'

const sender = '5511990000001'
const person = '5511990000002'
let simulator: StoppableProgram
/** Passes everything on; tells when a message passes. */
let wire: FaultProxy
let journey: Journey
let instance: SandboxInstance
/** The WhatsApp ids of all that was sent, in order. */
const accepted: string[] = []

beforeAll(async () => {
  const program = new URL('../../../simulator/src/main.ts', import.meta.url)
  simulator = await StoppableProgram.start(program, ['--phone', sender, '--phone', person])
  wire = await FaultProxy.before(simulator.placeOf('url'))
  journey = await Journey.start({
    settings: {
      RECADO_WHATSAPP_URL: wire.through(simulator.placeOf('url')),
      RECADO_WHATSAPP_ROOT_KEY: simulator.placeOf('rootKey'),
    },
  })
  instance = await journey.newInstance()
  await pair(journey.client, instance, {
    scan: (qr) =>
      control(`phones/${sender}/scan`, { method: 'POST', body: JSON.stringify({ qr }) }),
  })
  // The next one to this person is written at once, without a question before it.
  await send()
  await expectEachOnce()
})

afterAll(async () => {
  await journey[Symbol.asyncDispose]()
  await wire[Symbol.asyncDispose]()
  await simulator[Symbol.asyncDispose]()
})

async function control(path: string, init: RequestInit = {}): Promise<unknown> {
  const headers = { 'content-type': 'application/json' }
  const response = await fetch(`${simulator.placeOf('controlUrl')}/${path}`, { ...init, headers })
  if (!response.ok) throw new Error(`${path}: ${await response.text()}`)
  return response.json()
}

async function send(): Promise<SendAnswer> {
  const body = { phone: person, message: 'Parado', code: journey.newCode() }
  const answer = await journey.sendOtp(instance, body)
  accepted.push(answer.messageId)
  return answer
}

/** Sends a message; when this resolves WhatsApp has it unread and stands still. */
async function sendAndStop(): Promise<SendAnswer> {
  const stopped = new Promise<void>((resolve) => {
    wire.onBytes = (bytes, from) => {
      if (from === 'server' || bytes.length < leastOfMessage) return
      wire.onBytes = undefined
      simulator.stop()
      resolve()
    }
  })
  onTestFinished(() => simulator.goOn())
  const sent = await send()
  await stopped
  return sent
}

/** In bytes on the wire. Acks, receipts and pings are shorter. */
const leastOfMessage = 300

/** The ids told as sent; one that was told as failed has its error with it. */
function told(): readonly string[] {
  return journey.callbacks.received.flatMap(({ body: { type, messageId, error = '' } }) =>
    type === 'DeliveryCallback' ? [`${String(messageId)}${String(error)}`] : [],
  )
}

/** Whatever else is on the phone, under whatever id, is one too many. */
async function expectEachOnce(): Promise<void> {
  for (const messageId of accepted) await journey.status(messageId, 'RECEIVED')
  const shown = (await control(`phones/${person}/messages`)) as readonly { readonly id: string }[]
  expect(shown.map(({ id }) => id)).toEqual(accepted)
  expect(told()).toEqual(accepted)
}

function failedSends(): number {
  return journey.gateway.output.filter((line) => line.includes('"send-failed"')).length
}

test('a WhatsApp that stands still for a moment in the middle of a send only delays', async () => {
  const { messageId } = await sendAndStop()
  for (let more = 0; more < 10; more += 1) await send()
  expect(told()).not.toContain(messageId)
  simulator.goOn()
  await expectEachOnce()
  expect(failedSends()).toBe(0)
})

test('a WhatsApp that stands still for longer than the gateway waits gets each message once, in order', async () => {
  const before = failedSends()
  await sendAndStop()
  await send()
  await expect.poll(failedSends).toBeGreaterThan(before)
  simulator.goOn()
  await expectEachOnce()
})
