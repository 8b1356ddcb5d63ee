/** WhatsApp's passkey step, by the Baileys engine alone: a number that asks for it is linked all the same. */

import { describe, expect, it } from 'vitest'
import { PasskeyAnswerError, PasskeyStepError } from '../../src/domain/errors.js'
import { EventLog } from '../support/event-log.js'
import { newRig, simulator } from '../support/engine-stage.js'
import { ManualClock } from '../support/manual-clock.js'
import { beginLinking, codeAfterNewLinking, codeOnPhone } from '../support/passkey-stage.js'
import { confirmOnPhone, untilScreen } from '../support/passkey-phone.js'

describe.each(['qr', 'code'] as const)('a number that asks for a passkey, by %s', (way) => {
  it.each(['on', 'by-iq'] as const)(
    'is linked, with options %s, and sends a code',
    async (asks) => {
      const stage = await beginLinking({ way, asks })
      const { options, deadline, provenUntil } = await stage.step('passkey')
      const now = stage.clock.now()
      expect([deadline - now, provenUntil - now]).toEqual([600_000, 300_000])
      expect(options).toMatchObject({ rpId: 'whatsapp.com', userVerification: 'required' })
      await stage.answer()
      expect((await stage.step('phone')).deadline - now).toBe(120_000)
      await confirmOnPhone(stage.own)
      await stage.step('finishing')
      expect(await codeOnPhone(stage)).toBe('123456')
      expect(simulator.network.failures).toEqual([])
    },
  )

  it('answered after five minutes shows the code that the phone shows', async () => {
    const stage = await beginLinking({ way })
    await stage.step('passkey')
    await stage.clock.advance(300_000)
    await stage.answer()
    await confirmOnPhone(stage.own)
    const { code, deadline } = await stage.step('code')
    expect(deadline - stage.clock.now()).toBe(120_000)
    await untilScreen(stage.own, 'compare')
    expect(stage.own.linkingScreen).toEqual({ step: 'compare', code })
    await stage.pairing.connection.compareCode(true)
    expect(await codeOnPhone(stage)).toBe('123456')
  })

  it('keeps nothing of a linking that ended without a linked device', async () => {
    const stage = await beginLinking({ way })
    await stage.step('passkey')
    await stage.pairing.connection.close()
    expect(await stage.step('failed')).toMatchObject({ reason: 'cancelled' })
    const { identity, keys } = stage.rig.credentials
    expect([identity, keys.size]).toEqual([undefined, 0])
    expect(await codeAfterNewLinking(stage, way)).toBe('123456')
  })
})

describe('a wrong answer', () => {
  it('is refused with a sentence, and a right one follows', async () => {
    const stage = await beginLinking()
    const { options } = await stage.step('passkey')
    const elsewhere = stage.own.signWithPasskey(options.challenge, { origin: 'https://evil.test' })
    const refused = stage.pairing.connection.answerPasskey(elsewhere)
    await expect(refused).rejects.toThrow(PasskeyAnswerError)
    await stage.answer()
    await confirmOnPhone(stage.own)
    expect(await codeOnPhone(stage)).toBe('123456')
  })

  it('has no place where nothing is asked', async () => {
    const stage = await beginLinking()
    const { options } = await stage.step('passkey')
    await stage.answer()
    const again = stage.own.signWithPasskey(options.challenge)
    await expect(stage.pairing.connection.answerPasskey(again)).rejects.toThrow(PasskeyStepError)
    await expect(stage.pairing.connection.compareCode(true)).rejects.toThrow(PasskeyStepError)
  })
})

it('nothing of a passkey, a code or a key reaches the log', async () => {
  const log = new EventLog()
  const stage = await beginLinking({ log })
  const { options } = await stage.step('passkey')
  await stage.clock.advance(300_000)
  const elsewhere = stage.own.signWithPasskey(options.challenge, { origin: 'https://evil.test' })
  await stage.pairing.connection.answerPasskey(elsewhere).catch(() => undefined)
  await stage.answer()
  await confirmOnPhone(stage.own)
  const { code } = await stage.step('code')
  await stage.pairing.connection.compareCode(true)
  await stage.pairing.next('closed')
  const logged = JSON.stringify(log.lines)
  const { response } = elsewhere
  const secrets = [options.challenge, code, response.userHandle ?? '', response.signature]
  expect(secrets.filter((secret) => logged.includes(secret))).toEqual([])
})

describe('a number that does not ask', () => {
  it('is shown a QR for 60 seconds, then five for 20 each', async () => {
    const clock = new ManualClock()
    await using pairing = await newRig({ clock }).connect()
    await pairing.next('qr')
    const shown = () => new Set(pairing.events.filter(({ kind }) => kind === 'qr'))
    await clock.advance(59_999)
    expect(shown().size).toBe(1)
    await clock.advance(1)
    expect(shown().size).toBe(2)
    await clock.advance(80_000)
    expect(shown().size).toBe(6)
    await clock.advance(20_000)
    expect((await pairing.next('closed')).reason).toBe('pairing-timed-out')
    expect(pairing.events.some(({ kind }) => kind === 'passkey')).toBe(false)
  })
})
