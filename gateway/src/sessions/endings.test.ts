/** Why a session is not open, as it is told and kept. */

import { describe, expect, it } from 'vitest'
import { giveEachTestADatabase, instanceId, setUp } from '../../test/support/session-world.js'
import { PairingError } from '../domain/errors.js'

giveEachTestADatabase()

const hourMs = 3_600_000

/** The reasons that the outside was told, in order. */
function reasonsIn(published: readonly { kind: string }[]): readonly unknown[] {
  return published.flatMap((event) =>
    'disconnection' in event ? [(event.disconnection as { reason: string }).reason] : [],
  )
}

describe('a session that ended', () => {
  it.each(['banned', 'suspended', 'replaced', 'logged-out'] as const)(
    'because it was %s says so after a restart of the gateway too, until it is open',
    async (reason) => {
      const { opened, clock, sessions } = setUp()
      const connection = await opened()
      const since = clock.now()
      connection.end(reason)
      await clock.advance(hourMs)
      expect(sessions.status(instanceId)).toMatchObject({
        state: 'ended',
        disconnection: { reason, since },
      })

      const next = setUp({ linked: reason !== 'logged-out' })
      await next.sessions.start([instanceId])
      await clock.advance(0)
      expect(next.sessions.status(instanceId).disconnection).toMatchObject({ reason, since })

      next.credentials.linked.add(instanceId)
      void next.sessions.restore(instanceId).catch(() => undefined)
      await clock.advance(0)
      next.engine.last.open()
      await clock.advance(0)
      expect(next.sessions.status(instanceId).disconnection).toBeUndefined()
      const last = setUp()
      await last.sessions.start([instanceId])
      await clock.advance(0)
      expect(last.sessions.status(instanceId).disconnection).toBeUndefined()
    },
  )

  it('for a while says until when', async () => {
    const { opened, clock, sessions } = setUp()
    const connection = await opened()
    const until = clock.now() + hourMs
    connection.end('suspended', { until })
    await clock.advance(0)
    expect(sessions.status(instanceId).disconnection).toMatchObject({ until })
    const next = setUp()
    await next.sessions.start([instanceId])
    await clock.advance(0)
    expect(next.sessions.status(instanceId).disconnection).toMatchObject({ until })
  })

  it('after it was told as lost for now is told again, because it needs a person now', async () => {
    const { opened, engine, clock, published } = setUp()
    const connection = await opened()
    connection.end('network')
    await clock.advance(10_000)
    engine.last.end('unreachable')
    await clock.advance(60_000)
    engine.last.end('banned')
    await clock.advance(hourMs)
    expect(reasonsIn(published)).toEqual(['network', 'banned'])
  })

  it('with the same reason once more is not told a second time', async () => {
    const { opened, engine, clock, published, sessions } = setUp()
    const connection = await opened()
    connection.end('banned')
    await clock.advance(0)
    void sessions.restore(instanceId)
    await clock.advance(0)
    engine.last.end('banned')
    await clock.advance(hourMs)
    expect(reasonsIn(published)).toEqual(['banned'])
  })

  it('again after a person reconnected it says so at once', async () => {
    const { opened, engine, clock, sessions } = setUp()
    const connection = await opened()
    connection.end('banned')
    await clock.advance(0)
    const restored = sessions.restore(instanceId)
    await clock.advance(0)
    engine.last.end('banned')
    expect(await restored).toBe(false)
  })

  it('by a log-out of ours says that it was by request', async () => {
    const { opened, sessions, published, credentials } = setUp()
    await opened()
    await sessions.disconnect(instanceId)
    credentials.linked.clear()
    expect(reasonsIn(published)).toEqual(['closed-by-us'])
    expect(sessions.status(instanceId)).toMatchObject({
      state: 'idle',
      disconnection: { reason: 'closed-by-us' },
    })
  })
})

describe('a session whose data comes from a backup', () => {
  it('and that another program replaces says that the other gateway still runs', async () => {
    const { opened, credentials, published, clock } = setUp()
    credentials.marks = { restoredAt: 1 }
    const connection = await opened()
    connection.end('replaced')
    await clock.advance(0)
    expect(reasonsIn(published)).toEqual(['restored-elsewhere'])
  })

  it('and that WhatsApp does not know any more says that the backup is too old', async () => {
    const { sessions, engine, credentials, clock } = setUp()
    credentials.marks = { restoredAt: 1 }
    await sessions.start([instanceId])
    await clock.advance(0)
    engine.last.end('logged-out')
    await clock.advance(0)
    expect(sessions.status(instanceId).disconnection?.reason).toBe('backup-outdated')
  })

  it('and that was open since then is unlinked like any other', async () => {
    const { opened, credentials, published, clock } = setUp()
    credentials.marks = { restoredAt: 1 }
    const connection = await opened()
    connection.end('logged-out')
    await clock.advance(0)
    expect(reasonsIn(published)).toEqual(['logged-out'])
  })
})

describe('a session that WhatsApp asks for a check', () => {
  it('stays open and says so, and its end is told as that', async () => {
    const { opened, sessions, published, clock } = setUp()
    const connection = await opened()
    const challengedAt = clock.now()
    connection.tell({ kind: 'challenged' })
    await clock.advance(hourMs)
    expect(sessions.status(instanceId)).toMatchObject({ state: 'open', challengedAt })
    connection.end('logged-out')
    await clock.advance(0)
    expect(reasonsIn(published)).toEqual(['integrity-check'])
  })

  it('and that is unlinked days later was unlinked for another reason', async () => {
    const { opened, credentials, published, clock } = setUp()
    credentials.marks = { challengedAt: clock.now() - 73 * hourMs }
    const connection = await opened()
    connection.end('logged-out')
    await clock.advance(0)
    expect(reasonsIn(published)).toEqual(['logged-out'])
  })
})

describe('WhatsApp out of reach', () => {
  it('is told with what the last attempt found out', async () => {
    const { opened, engine, clock, published } = setUp()
    const connection = await opened()
    connection.end('network')
    await clock.advance(2_000)
    engine.last.end('name-not-found', { detail: 'ENOTFOUND' })
    await clock.advance(20_000)
    expect(reasonsIn(published)).toEqual(['name-not-found'])
  })

  it.each([
    ['name-not-found', 'ENOTFOUND', /name of WhatsApp’s server.*ENOTFOUND.*DNS/u],
    ['unreachable', 'ENETUNREACH', /cannot be reached \(ENETUNREACH\).*443/u],
    ['tls-failed', 'SELF_SIGNED_CERT_IN_CHAIN', /certificate.*SELF_SIGNED.*clock/u],
    ['blocked', '403', /refuses the connection \(403\).*WebSockets/u],
  ] as const)(
    'while pairing, as %s, is told to the person who pairs',
    async (reason, detail, text) => {
      const { sessions, engine, clock } = setUp({ linked: false })
      const failure = sessions.qr(instanceId).then(
        () => undefined,
        (cause: unknown) => cause,
      )
      await clock.advance(0)
      engine.last.end(reason, { detail })
      await clock.advance(2_000)
      const told = await failure
      expect(told).toBeInstanceOf(PairingError)
      expect(told).toMatchObject({
        message: expect.stringMatching(text),
        disconnection: { reason, detail },
      })
    },
  )

  it('shows since when, and the newest cause', async () => {
    const { opened, engine, clock, sessions } = setUp()
    const connection = await opened()
    const since = clock.now()
    connection.end('network')
    await clock.advance(2_000)
    engine.last.end('name-not-found', { detail: 'ENOTFOUND' })
    await clock.advance(0)
    expect(sessions.status(instanceId)).toMatchObject({
      state: 'waiting',
      disconnection: { reason: 'name-not-found', detail: 'ENOTFOUND', since },
    })
  })
})
