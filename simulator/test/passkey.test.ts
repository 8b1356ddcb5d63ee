/** An account that asks for a passkey when a device is linked. */

import { once } from 'node:events'
import { describe, expect, vi } from 'vitest'
import type { Phone } from '../src/phone.js'
import type { AssertionParts } from '../src/passkey/passkey.js'
import { type Lab, test } from './support/lab.js'
import { PasskeyCompanion } from './support/passkey-companion.js'

const number = '5511988880001'

async function asked(lab: Lab, asksForPasskey: 'on' | 'by-iq' = 'on') {
  lab.announce(/failed to ack notification/)
  const phone = await lab.phone(number, { asksForPasskey })
  const companion = new PasskeyCompanion(lab.client())
  const linking = phone.scan(await companion.client.until(() => companion.client.qr))
  linking.catch(() => undefined)
  return { phone, companion, linking, options: await companion.options() }
}

async function shows(phone: Phone, step: string): Promise<void> {
  await vi.waitFor(() => expect(phone.linkingScreen?.step).toBe(step), { timeout: 60_000 })
}

describe('an account that asks for a passkey', () => {
  test('links by QR with a proof, without a code to compare', async ({ lab }) => {
    const { phone, companion, linking, options } = await asked(lab)
    await companion.sendPrologue(phone.signWithPasskey(options.challenge), true)
    await shows(phone, 'confirm')
    phone.confirmLinking()
    await companion.finish()
    expect(await linking).toMatchObject({ device: 1 })
    expect(await companion.client.untilClosed()).toBe(515)
    expect(phone.linkingScreen).toBeUndefined()
    await lab.client(companion.client.store).untilSettled()
  })

  test('links by code too', async ({ lab }) => {
    const phone = await lab.phone(number, { asksForPasskey: 'by-iq' })
    const companion = new PasskeyCompanion(lab.client())
    await companion.client.until(() => companion.client.qr)
    const offered = once(lab.simulator.network, 'link-code')
    const code = await companion.client.socket.requestPairingCode(number)
    await offered
    const linking = phone.enter(code)
    const { challenge } = await companion.options()
    await companion.sendPrologue(phone.signWithPasskey(challenge), true)
    await shows(phone, 'confirm')
    phone.confirmLinking()
    await companion.finish()
    await linking
  })

  test('shows a code to compare where there is no proof', async ({ lab }) => {
    const { phone, companion, linking, options } = await asked(lab, 'by-iq')
    await companion.sendPrologue(phone.signWithPasskey(options.challenge), false)
    await shows(phone, 'confirm')
    const compared = once(phone.events, 'linking-screen').then(() =>
      once(phone.events, 'linking-screen'),
    )
    phone.confirmLinking()
    const finishing = companion.finish()
    await compared
    expect(phone.linkingScreen).toMatchObject({
      step: 'compare',
      code: expect.stringMatching(/^[1-9A-HJ-NP-TV-Z]{4}-[1-9A-HJ-NP-TV-Z]{4}$/),
    })
    await finishing
    await linking
  })

  test('refuses a proof by another secret', async ({ lab }) => {
    const { phone, companion, linking } = await asked(lab)
    // The companion goes through its first step again, and so with a secret that the phone has not seen.
    const { challenge } = await companion.options()
    await companion.sendPrologue(phone.signWithPasskey(challenge), true)
    await expect(linking).rejects.toThrow('proof')
    expect(phone.linkingScreen).toMatchObject({ step: 'failed' })
  })

  test('links nothing when its owner cancels', async ({ lab }) => {
    const { phone, companion, linking, options } = await asked(lab)
    await companion.sendPrologue(phone.signWithPasskey(options.challenge), true)
    await shows(phone, 'confirm')
    phone.cancelLinking()
    await expect(linking).rejects.toThrow('cancelled')
    expect(phone.linkedDevices()).toEqual([])
  })

  const wrong: [string, AssertionParts, string][] = [
    ['another challenge', { challenge: 'AAAAAAAAAAAAAAAAAAAAAA' }, 'another challenge'],
    ['another origin', { origin: 'https://example.com' }, 'origin'],
    ['another type', { type: 'webauthn.create' }, 'type'],
    ['another site', { rpId: 'example.com' }, 'rpIdHash'],
    ['a user who was not verified', { flags: 1 }, 'not verified'],
  ]
  for (const [what, said, problem] of wrong)
    test(`answers ${what} with a result and then silence`, async ({ lab }) => {
      const { phone, companion, options } = await asked(lab)
      const refused = once(lab.simulator.network, 'passkey-refused')
      await companion.sendPrologue(phone.signWithPasskey(options.challenge, said), true)
      expect(await refused).toMatchObject([{ problem: expect.stringContaining(problem) }])
      await companion.client.roundTrip()
      expect(phone.linkingScreen?.step).toBe('continue')
    })

  test('does not take the passkey of another account', async ({ lab }) => {
    const { phone, companion, options } = await asked(lab)
    const other = await lab.phone('5511988880002')
    const refused = once(lab.simulator.network, 'passkey-refused')
    await companion.sendPrologue(other.signWithPasskey(options.challenge), true)
    expect(await refused).toMatchObject([{ problem: expect.stringContaining('this account') }])
    expect(phone.linkingScreen?.step).toBe('continue')
  })
})
