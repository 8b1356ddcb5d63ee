/** What goes wrong in WhatsApp's passkey step ends in a clear state, and a fresh linking works after it. */

import { describe, expect, it } from 'vitest'
import type { PasskeyFailure } from '../../src/domain/passkey.js'
import { simulator } from '../support/engine-stage.js'
import {
  beginLinking,
  codeAfterNewLinking,
  codeOnPhone,
  type PasskeyStage,
} from '../support/passkey-stage.js'
import { confirmOnPhone, untilScreen } from '../support/passkey-phone.js'

/** Why the step failed; then nothing is kept, and a code goes out after the number is linked afresh. */
async function failureOf(stage: PasskeyStage): Promise<PasskeyFailure> {
  const { reason } = await stage.step('failed')
  const closed = await stage.pairing.next('closed')
  expect([closed.reason, closed.detail]).toEqual(['passkey-failed', reason])
  await expectFreshStart(stage)
  return reason
}

async function expectFreshStart(stage: PasskeyStage): Promise<void> {
  expect(stage.rig.credentials.identity).toBeUndefined()
  expect(stage.rig.credentials.keys.size).toBe(0)
  await stage.linking
  simulator.faults.clear()
  expect(await codeAfterNewLinking(stage)).toBe('123456')
}

async function comparing(way: 'qr' | 'code'): Promise<PasskeyStage> {
  const stage = await beginLinking({ way })
  await stage.step('passkey')
  await stage.clock.advance(300_000)
  await stage.answer()
  await confirmOnPhone(stage.own)
  await stage.step('code')
  await untilScreen(stage.own, 'compare')
  return stage
}

describe.each(['qr', 'code'] as const)('a linking by %s that asks for a passkey', (way) => {
  it('ends without a signature within ten minutes', async () => {
    const stage = await beginLinking({ way })
    await stage.step('passkey')
    await stage.clock.advance(599_999)
    expect(stage.pairing.events.some(({ kind }) => kind === 'closed')).toBe(false)
    await stage.clock.advance(1)
    expect(await failureOf(stage)).toBe('expired')
  })

  it('ends without a confirmation on the phone within two minutes', async () => {
    const stage = await beginLinking({ way })
    await stage.answer()
    await untilScreen(stage.own, 'confirm')
    await stage.clock.advance(120_000)
    expect(await failureOf(stage)).toBe('phone-silent')
  })

  it('ends when the owner cancels on the phone', async () => {
    const stage = await beginLinking({ way })
    await stage.answer()
    await untilScreen(stage.own, 'confirm')
    stage.own.cancelLinking()
    await stage.clock.advance(120_000)
    expect(await failureOf(stage)).toBe('phone-silent')
  })

  it('ends when WhatsApp says nothing to the signature', async () => {
    simulator.faults.set({ passkey: [{ kind: 'silence' }] })
    const stage = await beginLinking({ way })
    await stage.answer()
    await stage.step('phone')
    await stage.clock.advance(120_000)
    expect(await failureOf(stage)).toBe('phone-silent')
  })

  it('ends when the phone sends a key of another length', async () => {
    simulator.faults.set({ passkey: [{ kind: 'malformed' }] })
    const stage = await beginLinking({ way })
    await stage.answer()
    await confirmOnPhone(stage.own)
    expect(await failureOf(stage)).toBe('unknown-phone-answer')
  })

  it.each(['options', 'ref', 'prologue', 'nonce', 'pairing-request'] as const)(
    'ends when WhatsApp refuses the question %s',
    async (at) => {
      simulator.faults.set({ passkey: [{ kind: 'error', at }] })
      const stage = await beginLinking({ way, asks: at === 'options' ? 'by-iq' : 'on' })
      if (at !== 'options') await stage.answer().catch(() => undefined)
      if (at === 'nonce' || at === 'pairing-request') await confirmOnPhone(stage.own)
      expect(await failureOf(stage)).toBe('refused')
    },
  )

  it.each([
    'request',
    'options',
    'ref',
    'prologue',
    'continuation',
    'nonce',
    'pairing-request',
  ] as const)('ends when the connection breaks after the step %s', async (at) => {
    simulator.faults.set({ passkey: [{ kind: 'cut', at }] })
    const stage = await beginLinking({ way, asks: at === 'options' ? 'by-iq' : 'on' })
    if (at !== 'request' && at !== 'options') await stage.answer().catch(() => undefined)
    if (!['request', 'options', 'ref', 'prologue'].includes(at)) await confirmOnPhone(stage.own)
    expect((await stage.pairing.next('closed')).reason).toBe('network')
    const told = stage.pairing.events.flatMap((e) => (e.kind === 'passkey' ? [e.step] : []))
    // Where it breaks with the first stanza, that may not have been read.
    const end = told.at(-1) ?? { kind: 'failed', reason: 'connection-lost' }
    expect(end).toEqual({ kind: 'failed', reason: 'connection-lost' })
    await expectFreshStart(stage)
  })

  it('ends when the phone shows another code', async () => {
    const stage = await comparing(way)
    await stage.pairing.connection.compareCode(false)
    expect(await failureOf(stage)).toBe('code-different')
  })

  it('ends when the codes are not compared within two minutes', async () => {
    const stage = await comparing(way)
    await stage.clock.advance(120_000)
    expect(await failureOf(stage)).toBe('code-unanswered')
  })

  it('ends when the phone completes nothing within two minutes', async () => {
    const stage = await comparing(way)
    stage.own.cancelLinking()
    await stage.pairing.connection.compareCode(true)
    await stage.step('finishing')
    await stage.clock.advance(120_000)
    expect(await failureOf(stage)).toBe('not-completed')
  })

  it('takes the newest options when WhatsApp asks twice', async () => {
    simulator.faults.set({ passkey: [{ kind: 'asked-twice' }] })
    const stage = await beginLinking({ way })
    const { options } = await stage.step('passkey')
    const { step } = await stage.pairing.next(
      'passkey',
      (event) => event.step.kind === 'passkey' && event.step.options !== options,
    )
    if (step.kind !== 'passkey') throw new Error('unreachable')
    const old = stage.own.signWithPasskey(options.challenge)
    await expect(stage.pairing.connection.answerPasskey(old)).rejects.toThrow('Another challenge')
    await stage.pairing.connection.answerPasskey(stage.own.signWithPasskey(step.options.challenge))
    await confirmOnPhone(stage.own)
    expect(await codeOnPhone(stage)).toBe('123456')
  })

  it('is not open before the phone has linked it, whatever WhatsApp says', async () => {
    simulator.faults.set({ passkey: [{ kind: 'early-success' }] })
    const stage = await beginLinking({ way })
    await stage.answer()
    await confirmOnPhone(stage.own)
    await stage.step('finishing')
    expect(stage.pairing.events.some(({ kind }) => kind === 'opened')).toBe(false)
    expect(await codeOnPhone(stage)).toBe('123456')
  })

  it('keeps nothing after WhatsApp said too early that it is open', async () => {
    simulator.faults.set({ passkey: [{ kind: 'early-success' }] })
    const stage = await beginLinking({ way })
    await stage.step('passkey')
    await stage.clock.advance(600_000)
    expect(await failureOf(stage)).toBe('expired')
  })
})

it('a device that WhatsApp forgot right after it was linked is linked afresh', async () => {
  simulator.faults.set({ passkey: [{ kind: 'cut', at: 'success' }] })
  const stage = await beginLinking()
  await stage.answer()
  await confirmOnPhone(stage.own)
  const { reason } = await stage.pairing.next('closed')
  simulator.faults.clear()
  // WhatsApp's last word may not have come through.
  const isStored = stage.rig.credentials.identity !== undefined
  const end = isStored ? await (await stage.rig.connect()).next('closed') : { reason }
  expect(end.reason).toBe(isStored ? 'logged-out' : 'network')
  await stage.rig.credentials.forget()
  expect(await codeAfterNewLinking(stage)).toBe('123456')
})
