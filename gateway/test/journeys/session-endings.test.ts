/** Each way a session ends: what its caller is told, and that the named cure brings a code to a phone again. */

import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Phone } from '@recado/simulator'
import type { SandboxInstance } from '../../../sandbox/src/gateway-client.js'
import { pair } from '../../../sandbox/src/sandbox.js'
import { Journey, shown } from '../support/journey.js'

let journey: Journey

beforeAll(async () => {
  journey = await Journey.start()
})

afterAll(async () => {
  await journey[Symbol.asyncDispose]()
})

async function told(instance: SandboxInstance, reason: string): Promise<Record<string, unknown>> {
  const { body } = await journey.callbacks.next(
    ({ body: each }) =>
      each['type'] === 'DisconnectedCallback' &&
      each['instanceId'] === instance.id &&
      each['reason'] === reason,
  )
  return body
}

function statusOf(instance: SandboxInstance): Promise<unknown> {
  return journey.client.onInstance(instance, 'GET', 'status')
}

async function bringsACode(instance: SandboxInstance): Promise<void> {
  const person = await journey.newPhone()
  const body = { phone: person.phone, message: 'De volta', code: journey.newCode() }
  const { messageId } = await journey.sendOtp(instance, body)
  await shown(person, messageId)
}

const restore = (instance: SandboxInstance): Promise<unknown> =>
  journey.client.onInstance(instance, 'GET', 'restore-session')

const hit = ({ phone }: Phone, action: string): Promise<void> =>
  journey.setFaults({ connections: [{ phone, action }] })

test.each([
  [403, 'banned', /blocked this number.*Do not pair the number again/u],
  [406, 'banned', /blocked this number.*Do not pair the number again/u],
  [402, 'suspended', /blocked this number for a while.*It ends at 20.*Do not pair/u],
] as const)(
  'a number that WhatsApp refuses with %i is told as %s, gets no QR, and comes back once it is allowed',
  async (code, reason, text) => {
    const { instance, phone } = await journey.pairedInstance()
    const expire = code === 402 ? { expire: 3_600 } : {}
    await journey.setFaults({ logins: [{ code, phone: phone.phone, ...expire }] })
    await hit(phone, 'drop')
    expect(await told(instance, reason)).toMatchObject({ error: expect.stringMatching(text) })
    expect(await statusOf(instance)).toMatchObject({
      connected: false,
      disconnection: { reason, remedy: 'reconnect', cure: expect.stringContaining('Do not pair') },
    })
    await expect(journey.client.onInstance(instance, 'GET', 'qr-code')).rejects.toThrow(
      /blocked this number/u,
    )
    await journey.setFaults({ logins: [] })
    expect(await restore(instance)).toEqual({ value: true })
    expect(await statusOf(instance)).not.toHaveProperty('disconnection')
    await bringsACode(instance)
  },
)

test('a session that another program replaces says so, and comes back without pairing', async () => {
  const { instance, phone } = await journey.pairedInstance()
  await hit(phone, 'replace')
  expect(await told(instance, 'replaced')).toMatchObject({
    error: expect.stringMatching(/Another program uses the credentials.*Pairing again is not/u),
  })
  expect(await restore(instance)).toEqual({ value: true })
  await bringsACode(instance)
})

test('a device that the phone unlinks says so, also after a restart, and is paired again', async () => {
  await using own = await Journey.start()
  const { instance, phone } = await own.pairedInstance()
  await phone.unlink(phone.linkedDevices()[0]?.device ?? -1)
  await own.callbacks.next(({ body }) => body['reason'] === 'logged-out')
  await own.killGateway()
  await own.restartGateway()
  expect(await own.client.onInstance(instance, 'GET', 'status')).toMatchObject({
    disconnection: { reason: 'logged-out', cause: expect.stringContaining('unlinked') },
  })
  await pair(own.client, instance, phone)
  const person = await own.newPhone()
  const body = { phone: person.phone, message: 'De volta', code: own.newCode() }
  await shown(person, (await own.sendOtp(instance, body)).messageId)
})

test('a device that WhatsApp asks for a check and then unlinks says that', async () => {
  const { instance, phone } = await journey.pairedInstance()
  await hit(phone, 'challenge')
  await expect
    .poll(() => journey.gateway.output.some((line) => line.includes('session-challenged')))
    .toBe(true)
  await hit(phone, 'unlink')
  expect(await told(instance, 'integrity-check')).toMatchObject({
    error: expect.stringMatching(/asked this device for a passkey or a captcha/u),
  })
  await pair(journey.client, instance, phone)
  await bringsACode(instance)
})

test('a client that WhatsApp calls outdated says so while it keeps trying', async () => {
  const { instance, phone } = await journey.pairedInstance()
  await journey.setFaults({ logins: [{ code: 405, phone: phone.phone }] })
  await hit(phone, 'drop')
  expect(await told(instance, 'outdated')).toMatchObject({
    error:
      'WhatsApp does not accept this version of Recado. The gateway keeps trying. Upgrade Recado.',
  })
  await journey.setFaults({ logins: [] })
  await bringsACode(instance)
})

test('a log-out by request says so', async () => {
  const { instance } = await journey.pairedInstance()
  await journey.client.onInstance(instance, 'GET', 'disconnect')
  expect(await told(instance, 'closed-by-us')).toMatchObject({
    error: 'The device was unlinked by request. Pair it again with a new QR code.',
  })
})
