/** What a session does while WhatsApp asks for the passkey of the number that is paired. */

import { describe, expect, it } from 'vitest'
import { askedPasskey } from '../../test/support/stand-in-passkeys.js'
import { giveEachTestADatabase, instanceId, setUp } from '../../test/support/session-world.js'
import { PasskeyNeededError, PasskeyStepError } from '../domain/errors.js'

giveEachTestADatabase()

async function asked() {
  const world = setUp({ linked: false })
  const { sessions, engine, clock } = world
  const qr = sessions.qr(instanceId)
  await clock.advance(0)
  engine.last.tell({ kind: 'qr', text: 'first' })
  await qr
  engine.last.tell({ kind: 'passkey', step: askedPasskey })
  await clock.advance(0)
  return { ...world, passkey: () => sessions.status(instanceId).passkey?.step }
}

describe('a pairing that is asked for a passkey', () => {
  it('has neither QR nor pairing code, and says where it stands', async () => {
    const { sessions, passkey } = await asked()
    await expect(sessions.qr(instanceId)).rejects.toThrow(PasskeyNeededError)
    await expect(sessions.pairingCode(instanceId, '55')).rejects.toThrow(PasskeyNeededError)
    expect(passkey()).toEqual(askedPasskey)
  })

  it('tells those who wait for a QR', async () => {
    const { sessions, engine, clock } = setUp({ linked: false })
    const qr = sessions.qr(instanceId)
    await clock.advance(0)
    engine.last.tell({ kind: 'passkey', step: askedPasskey })
    await expect(qr).rejects.toThrow(PasskeyNeededError)
  })

  it('is told to the outside once, whatever follows', async () => {
    const { engine, clock, published } = await asked()
    engine.last.tell({ kind: 'passkey', step: askedPasskey })
    engine.last.tell({ kind: 'passkey', step: { kind: 'phone', deadline: 1 } })
    await clock.advance(0)
    expect(published).toEqual([
      {
        kind: 'instance.passkey-needed',
        instanceId,
        occurredAt: clock.now(),
        deadline: askedPasskey.deadline,
      },
    ])
  })

  it('that failed says why until it is asked again, and gives a new QR', async () => {
    const { sessions, engine, clock, passkey } = await asked()
    engine.last.tell({ kind: 'passkey', step: { kind: 'failed', reason: 'phone-silent' } })
    engine.last.end('passkey-failed')
    await clock.advance(0)
    expect(sessions.status(instanceId).state).toBe('ended')
    const qr = sessions.qr(instanceId)
    await clock.advance(0)
    engine.last.tell({ kind: 'qr', text: 'second' })
    expect(await qr).toBe('second')
    expect(passkey()).toEqual({ kind: 'failed', reason: 'phone-silent' })
  })

  it('begins again on request', async () => {
    const { sessions, engine, clock, passkey } = await asked()
    const restarted = sessions.restartPairing(instanceId)
    await clock.advance(0)
    engine.last.tell({ kind: 'qr', text: 'second' })
    await restarted
    expect(engine.connections.map(({ closed }) => closed)).toEqual([true, false])
    expect(await sessions.qr(instanceId)).toBe('second')
    expect(passkey()).toEqual({ kind: 'failed', reason: 'cancelled' })
  })

  it('that is through is linked once it is open', async () => {
    const { sessions, engine, clock, credentials, passkey } = await asked()
    engine.last.tell({ kind: 'passkey', step: { kind: 'finishing', deadline: 1 } })
    credentials.linked.add(instanceId)
    engine.last.end('restart-required')
    await clock.advance(0)
    expect(passkey()?.kind).toBe('finishing')
    engine.last.open()
    expect(passkey()).toEqual({ kind: 'linked' })
    expect(sessions.status(instanceId).state).toBe('open')
  })

  it('whose device WhatsApp does not know after all has failed', async () => {
    const { engine, clock, credentials, passkey } = await asked()
    credentials.linked.add(instanceId)
    engine.last.end('restart-required')
    await clock.advance(0)
    engine.last.end('logged-out')
    expect(passkey()).toEqual({ kind: 'failed', reason: 'connection-lost' })
  })

  it('whose link breaks has failed', async () => {
    const { engine, clock, passkey } = await asked()
    engine.last.end('network')
    await clock.advance(60_000)
    expect(passkey()).toEqual({ kind: 'failed', reason: 'connection-lost' })
  })
})

describe('an answer', () => {
  it('has no place where WhatsApp does not ask', async () => {
    const { sessions, opened } = setUp()
    await opened()
    const answer = {
      rawId: '',
      response: { clientDataJSON: '', authenticatorData: '', signature: '' },
    }
    await expect(sessions.answerPasskey(instanceId, answer)).rejects.toThrow(PasskeyStepError)
    await expect(sessions.compareCode(instanceId, true)).rejects.toThrow(PasskeyStepError)
    await expect(sessions.createPasskeyLink(instanceId)).rejects.toThrow(PasskeyStepError)
  })
})

describe('a link', () => {
  it('counts for the linking that it was made for, up to its outcome', async () => {
    const { sessions, engine, clock } = await asked()
    const { token } = await sessions.createPasskeyLink(instanceId)
    const link = await sessions.passkeyLink(token)
    if (link === undefined) throw new Error('there is no link')
    expect(link).toMatchObject({ instanceId })
    expect(sessions.byPasskeyLink(link)?.step.kind).toBe('passkey')
    engine.last.tell({ kind: 'passkey', step: { kind: 'failed', reason: 'expired' } })
    engine.last.end('passkey-failed')
    await clock.advance(0)
    expect(sessions.byPasskeyLink(link)?.step).toMatchObject({ reason: 'expired' })
    await expect(
      sessions.answerPasskey(instanceId, {
        rawId: '',
        response: { clientDataJSON: '', authenticatorData: '', signature: '' },
      }),
    ).rejects.toThrow(PasskeyStepError)
  })

  it('does not count for another challenge', async () => {
    const { sessions, engine, clock } = await asked()
    const { token } = await sessions.createPasskeyLink(instanceId)
    const options = { ...askedPasskey.options, challenge: 'another' }
    engine.last.tell({ kind: 'passkey', step: { ...askedPasskey, options } })
    await clock.advance(0)
    const link = await sessions.passkeyLink(token)
    expect(link && sessions.byPasskeyLink(link)).toBeUndefined()
    expect(link).toBeDefined()
  })
})
