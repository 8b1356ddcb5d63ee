/** Linking a number that WhatsApp asks for its passkey: by the API, by a one-time link, and by the command line. */

import { once } from 'node:events'
import type { Phone } from '@recado/simulator'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { SandboxInstance } from '../../../sandbox/src/gateway-client.js'
import { Journey, shown } from '../support/journey.js'
import { confirmOnPhone } from '../support/passkey-phone.js'

let journey: Journey

beforeAll(async () => {
  journey = await Journey.start()
})

afterAll(() => journey[Symbol.asyncDispose]())

interface Needed {
  readonly value?: string
  readonly challenge?: { readonly challenge: string }
}

const qrCode = async (instance: SandboxInstance) =>
  (await journey.client.onInstance(instance, 'GET', 'qr-code')) as Needed

/** A number that asks, an instance whose QR it has scanned, and the callback that tells so. */
async function scanned() {
  const instance = await journey.newInstance()
  const phone = await journey.newPhone({ asksForPasskey: 'on' })
  const { value } = await qrCode(instance)
  phone.scan(value ?? '').catch(() => undefined)
  await needed(instance)
  return { instance, phone }
}

async function needed(instance: SandboxInstance): Promise<void> {
  const { body } = await journey.callbacks.next(
    ({ body: { type, instanceId } }) => type === 'PasskeyCallback' && instanceId === instance.id,
  )
  expect(body['deadline']).toBeGreaterThan(Date.now())
}

async function challengeOf(instance: SandboxInstance): Promise<string> {
  const { challenge } = (await qrCode(instance)).challenge ?? { challenge: '' }
  journey.keepsHidden(challenge)
  return challenge
}

async function sign(instance: SandboxInstance, phone: Phone): Promise<unknown> {
  const answer = phone.signWithPasskey(await challengeOf(instance))
  journey.keepsHidden(answer.response.signature)
  return journey.client.onInstance(instance, 'POST', 'passkey-prologue', answer)
}

/** The number is linked, and a code from it is on a person's phone. */
async function expectLinked(instance: SandboxInstance): Promise<void> {
  await journey.callbacks.next(
    ({ body: { type, instanceId } }) => type === 'ConnectedCallback' && instanceId === instance.id,
  )
  const person = await journey.newPhone()
  const code = journey.newCode()
  const { messageId } = await journey.sendOtp(instance, {
    phone: person.phone,
    message: 'Oi',
    code,
  })
  expect((await shown(person, messageId)).buttons[0]?.code).toBe(code)
}

async function consoleCall(path: string, body: object): Promise<Record<string, unknown>> {
  const response = await fetch(`${journey.gateway.url}/console/api/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-recado-console': '1' },
    body: JSON.stringify(body),
  })
  return (await response.json()) as Record<string, unknown>
}

test('by QR and the API it is linked, and a code goes out', async () => {
  const { instance, phone } = await scanned()
  expect(await sign(instance, phone)).toEqual({ success: true })
  await confirmOnPhone(phone)
  await expectLinked(instance)
  expect(await journey.client.onInstance(instance, 'GET', 'passkey')).toEqual({ state: 'linked' })
})

test('by pairing code and an extension token it is linked, and a code goes out', async () => {
  const instance = await journey.newInstance()
  const phone = await journey.newPhone({ asksForPasskey: 'by-iq' })
  const { token } = (await journey.client.onInstance(instance, 'GET', 'extension-token')) as {
    token: string
  }
  journey.keepsHidden(token)
  const browser = { id: instance.id, token }
  const offered = once(journey.simulator.network, 'link-code')
  const { value } = (await journey.client.onInstance(
    browser,
    'GET',
    `phone-code/${phone.phone}`,
  )) as { value: string }
  await offered
  phone.enter(value).catch(() => undefined)
  await needed(instance)
  expect(await sign(browser, phone)).toEqual({ success: true })
  await confirmOnPhone(phone)
  await expectLinked(instance)
})

test('by a one-time link it is linked, by a person who has nothing else', async () => {
  const { instance, phone } = await scanned()
  const { url } = (await journey.client.onInstance(instance, 'POST', 'passkey-link')) as {
    url: string
  }
  const token = url.split('#')[1] ?? ''
  journey.keepsHidden(token)
  const state = await consoleCall('passkey-link/state', { token })
  expect(state).toMatchObject({ state: 'passkey', deviceName: 'Chrome (Mac OS)' })
  const { challenge } = state['options'] as { challenge: string }
  const answer = phone.signWithPasskey(challenge)
  expect(await consoleCall('passkey-link/answer', { token, answer })).toEqual({ done: true })
  expect(await consoleCall('passkey-link/state', { token })).toMatchObject({ state: 'phone' })
  await confirmOnPhone(phone)
  await expectLinked(instance)
  expect(await consoleCall('passkey-link/state', { token })).toMatchObject({ state: 'linked' })
})

test('a wrong answer is told in a sentence, and the pairing goes on', async () => {
  const { instance, phone } = await scanned()
  const elsewhere = phone.signWithPasskey(await challengeOf(instance), {
    origin: 'https://evil.test',
  })
  expect(await journey.client.onInstance(instance, 'POST', 'passkey-prologue', elsewhere)).toEqual({
    success: false,
    reason: expect.stringContaining('https://web.whatsapp.com'),
  })
  expect(await sign(instance, phone)).toEqual({ success: true })
  await confirmOnPhone(phone)
  await expectLinked(instance)
})

test('a reset gives a new QR, which a number that does not ask scans as ever', async () => {
  const { instance } = await scanned()
  const reset = await journey.client.onInstance(instance, 'POST', 'reset-passkey-challenge')
  expect(reset).toEqual({ success: true })
  expect(await journey.client.onInstance(instance, 'GET', 'passkey')).toMatchObject({
    state: 'failed',
    reason: 'cancelled',
  })
  const { value = '' } = await qrCode(instance)
  await (await journey.newPhone()).scan(value)
  await expectLinked(instance)
})

test('a refusal by WhatsApp is told, and the same number is linked at the next try', async () => {
  const { instance, phone } = await scanned()
  await journey.setFaults({ passkey: [{ kind: 'error', at: 'prologue' }] })
  expect(await sign(instance, phone)).toEqual({
    success: false,
    reason: expect.stringContaining('fewer than four devices'),
  })
  await journey.setFaults({ passkey: [] })
  const { value = '' } = await qrCode(instance)
  phone.scan(value).catch(() => undefined)
  await needed(instance)
  expect(await sign(instance, phone)).toEqual({ success: true })
  await confirmOnPhone(phone)
  await expectLinked(instance)
})
