/**
 * Bad networks: between the gateway and WhatsApp, its database and a receiver of
 * callbacks. Whatever fails, nothing is lost, nothing is doubled, nothing goes
 * out late, and no other instance is slowed.
 */

import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import type { Phone } from '@recado/simulator'
import { Client } from 'pg'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import type { ReceivedCallback } from '../../../sandbox/src/callback-receiver.js'
import type { SandboxInstance } from '../../../sandbox/src/gateway-client.js'
import { pair } from '../../../sandbox/src/sandbox.js'
import { FaultProxy } from '../support/fault-proxy.js'
import { Journey, type SendAnswer, shown } from '../support/journey.js'

const name = `faults_${randomUUID().replaceAll('-', '')}`
let admin: Client
let database: FaultProxy
let whatsapp: FaultProxy
let journey: Journey
let instance: SandboxInstance
let person: Phone
/** Codes of an instance that is not linked yet: each expires a little later than the one before it. */
let held: HeldCode[] = []
let heldBy: SandboxInstance
/** Callbacks that go through a link of their own. */
let receiver: FaultProxy
let swallowed: SendAnswer[] = []

interface HeldCode extends SendAnswer {
  /** In epoch milliseconds. Never earlier than the gateway has it. */
  readonly expiresAt: number
}

/** From the least that may be asked for, until this file is over on the slowest machine. */
const firstExpirySeconds = 30
const lastExpirySeconds = 930
const stepSeconds = 6

beforeAll(async () => {
  admin = new Client({ connectionString: inject('postgresUrl') })
  await admin.connect()
  await admin.query(`create database ${name}`)
  const url = new URL(inject('postgresUrl'))
  url.pathname = `/${name}`
  database = await FaultProxy.before(url.href)
  journey = await Journey.start({
    settings: { RECADO_DATABASE_URL: database.through(url.href) },
    async whatsappUrl(simulator) {
      whatsapp = await FaultProxy.before(simulator.url)
      return whatsapp.through(simulator.url)
    },
  })
  ;({ instance } = await journey.pairedInstance())
  person = await journey.newPhone()
  heldBy = await journey.newInstance()
  held = await holdCodes()
  receiver = await FaultProxy.before(journey.callbacks.url)
})

afterAll(async () => {
  whatsapp.heal()
  database.heal()
  await journey[Symbol.asyncDispose]()
  await receiver[Symbol.asyncDispose]()
  await whatsapp[Symbol.asyncDispose]()
  await database[Symbol.asyncDispose]()
  await admin.query(`drop database if exists ${name} with (force)`)
  await admin.end()
})

function otp(change: object = {}): object {
  return { phone: person.phone, message: 'Apesar de tudo', code: journey.newCode(), ...change }
}

async function holdCodes(): Promise<HeldCode[]> {
  const codes: HeldCode[] = []
  for (let life = firstExpirySeconds; life <= lastExpirySeconds; life += stepSeconds) {
    const sent = await journey.sendOtp(heldBy, otp({ expiresIn: life }))
    codes.push({ ...sent, expiresAt: Date.now() + life * 1_000 })
  }
  return codes
}

/** A call as an integrator makes it, with whatever the gateway answers. */
async function post(body: object, key: string): Promise<{ status: number; answer: unknown }> {
  const path = `/instances/${instance.id}/token/${instance.token}/send-button-otp`
  const response = await fetch(journey.gateway.url + path, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'client-token': journey.clientToken,
      'idempotency-key': key,
    },
    body: JSON.stringify(body),
  })
  return { status: response.status, answer: await response.json() }
}

/** Runs `act` when the server has this message and has not acknowledged it. */
function beforeAck(act: () => void): void {
  journey.simulator.network.once('stanza', act)
}

async function untilLog(event: string, count: number): Promise<void> {
  await expect.poll(() => logged(event), { interval: 20 }).toBeGreaterThan(count)
}

function logged(event: string): number {
  return journey.gateway.output.filter((line) => line.includes(`"${event}"`)).length
}

/** What there is of a message once it is on the phone and all callbacks are delivered. */
async function endOf({ messageId, zaapId }: SendAnswer): Promise<object> {
  await shown(person, messageId)
  const { body } = await journey.delivery(zaapId)
  await journey.status(messageId, 'RECEIVED')
  return {
    onPhone: person.messages.filter(({ id }) => id === messageId).length,
    told: deliveriesOf(zaapId).size,
    error: body['error'],
  }
}

const once = { onPhone: 1, told: 1, error: undefined }

function deliveriesOf(zaapId: string): ReadonlySet<unknown> {
  const told = ({ body }: ReceivedCallback) =>
    body['type'] === 'DeliveryCallback' && body['zaapId'] === zaapId
  return new Set(
    journey.callbacks.received.filter(told).map(({ headers }) => headers['webhook-id']),
  )
}

test('a link to WhatsApp that is cut between write and ack doubles nothing', async () => {
  beforeAck(() => whatsapp.cut())
  expect(await endOf(await journey.sendOtp(instance, otp()))).toEqual(once)
})

test('a slow link only delays', async () => {
  whatsapp.delayMs = 150
  expect(await endOf(await journey.sendOtp(instance, otp()))).toEqual(once)
  whatsapp.delayMs = 0
})

test('a link that swallows everything in the middle of a send, and of which the other end is gone, is left', async () => {
  const failed = logged('send-failed')
  beforeAck(() => whatsapp.blackHole())
  const sent = await journey.sendOtp(instance, otp())
  await untilLog('send-failed', failed)
  whatsapp.halfOpen()
  whatsapp.heal()
  expect(await endOf(sent)).toEqual(once)
})

test('a receiver that swallows everything slows no other', async () => {
  const { instance: other } = await journey.pairedInstance()
  await journey.client.onInstance(other, 'PUT', 'update-every-webhooks', {
    value: receiver.through(`${journey.callbacks.url}/swallowed`),
  })
  receiver.blackHole()
  swallowed = [await journey.sendOtp(other, otp()), await journey.sendOtp(other, otp())]
  for (const { messageId } of swallowed) await shown(person, messageId)
  expect(await endOf(await journey.sendOtp(instance, otp()))).toEqual(once)
  for (const { zaapId } of swallowed) expect(deliveriesOf(zaapId).size).toBe(0)
  // What is in the air is never answered now, and the gateway has to leave it by itself:
  // the last test sees that it did.
  receiver.halfOpen()
  receiver.heal()
})

test('a slow database only delays', async () => {
  database.delayMs = 50
  const before = performance.now()
  const sent = await journey.sendOtp(instance, otp())
  // There and back, at least: it is stored before it is accepted.
  expect(performance.now() - before).toBeGreaterThanOrEqual(2 * database.delayMs)
  expect(await endOf(sent)).toEqual(once)
  expect(logged('http-bug')).toBe(0)
  database.delayMs = 0
})

test('without its database the gateway acknowledges nothing, says so, and tells all by itself when it is back', async () => {
  const before = await journey.sendOtp(instance, otp())
  expect(await endOf(before)).toEqual(once)
  const body = otp()
  const key = randomUUID()
  // Before the outage: another event of the session may be the first that has to wait.
  const delayed = logged('session-event-delayed')
  database.refuse()
  const refused = await post(body, key)
  expect(refused).toMatchObject({
    status: 503,
    answer: { error: expect.stringContaining('Idempotency-Key') },
  })
  await person.read(before.messageId)
  // So often it is tried where it is no matter of a moment; from then on without a word.
  await untilLog('session-event-delayed', delayed + 4)

  database.heal()
  const accepted = await post(body, key)
  expect(accepted.status).toBe(200)
  expect(await endOf(accepted.answer as SendAnswer)).toEqual(once)
  await journey.status(before.messageId, 'READ')
  expect(logged('http-bug')).toBe(0)
})

test('a process that stood still sends nothing whose time is over, and its session comes back', async () => {
  const late = held.find(({ expiresAt }) => expiresAt > Date.now() + soonMs)
  const inTime = held.find(({ expiresAt }) => expiresAt > Date.now() + longMs)
  if (late === undefined || inTime === undefined || late === inTime) throw new Error('too slow')
  journey.gateway.kill('SIGSTOP')
  // Until then the other end of every link has heard nothing either.
  await delay(late.expiresAt - Date.now() + soonMs)
  journey.gateway.kill('SIGCONT')
  expect(await endOf(await journey.sendOtp(instance, otp()))).toEqual(once)
  await pair(journey.client, heldBy, await journey.newPhone())
  expect(await endOf(inTime)).toEqual(once)
  expect((await journey.delivery(late.zaapId)).body).toHaveProperty('error')
  expect(person.messages.map(({ id }) => id)).not.toContain(late.messageId)
})

test('a receiver whose link forgot a connection gets everything in the end, once', async () => {
  for (const { messageId, zaapId } of swallowed) {
    await journey.delivery(zaapId)
    await journey.status(messageId, 'RECEIVED')
    expect(deliveriesOf(zaapId).size).toBe(1)
  }
})

/** A process that is stopped before a moment must not have seen it. */
const soonMs = 500
/** More than stopping, linking and the sends before it take. Each later code would have to wait for more sends. */
const longMs = 180_000
