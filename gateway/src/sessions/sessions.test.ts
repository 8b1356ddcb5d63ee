import { describe, expect, it } from 'vitest'
import {
  giveEachTestADatabase,
  instanceId,
  phone,
  setUp,
} from '../../test/support/session-world.js'
import type { EngineEvent } from '../domain/engine.js'
import type { EngineMessage } from '../domain/sending.js'
import { AlreadyConnectedError, NotConnectedError, PairingError } from '../domain/errors.js'
import type { InstanceId } from '../domain/instance.js'
import type { IncomingMessage } from '../domain/incoming-message.js'
import type { WhatsappId } from '../domain/message.js'

giveEachTestADatabase()

function receiptOf(id: string): EngineEvent {
  const chat = { kind: 'person', phone: '5511911111111' } as const
  return {
    kind: 'receipt',
    receipt: { whatsappIds: [id as WhatsappId], status: 'delivered', chat, at: 1 },
  }
}

/** Watches for the failure from the start, so that it is not reported as unhandled. */
async function failureOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => undefined,
    (cause: unknown) => cause,
  )
}

const message = { whatsappId: 'A1' as WhatsappId } as EngineMessage

describe('a start', () => {
  it('connects what is paired and leaves the rest alone', async () => {
    const { sessions, engine, clock, state } = setUp()
    await sessions.start([instanceId, '3B' as InstanceId])
    await clock.advance(0)
    expect(engine.connections).toHaveLength(1)
    expect([state(), sessions.status('3B' as InstanceId).state]).toEqual(['connecting', 'idle'])
  })

  it('connects a few at a time, and a silent one holds its place for a while only', async () => {
    const { sessions, engine, clock, credentials } = setUp({ connectAtOnce: 2 })
    const ids = ['3B', '3C', '3D', '3E', '3F'] as InstanceId[]
    for (const id of ids) credentials.linked.add(id)
    await sessions.start(ids)
    await clock.advance(0)
    expect(engine.connections).toHaveLength(2)

    engine.connections[0]?.open()
    await clock.advance(0)
    expect(engine.connections).toHaveLength(3)

    await clock.advance(20_000)
    expect(engine.connections).toHaveLength(5)
  })

  it('that cannot read the credentials is tried again', async () => {
    const { engine, clock, sessions, state } = setUp()
    engine.failure = new Error('database away')
    await sessions.start([instanceId])
    await clock.advance(0)
    expect(state()).toBe('waiting')
    engine.failure = undefined
    await clock.advance(1000)
    expect(state()).toBe('connecting')
  })
})

describe('an open session', () => {
  it('says so, tells who it is, and sends', async () => {
    const { opened, sessions, told, published } = setUp()
    const connection = await opened()
    expect(sessions.isOpen(instanceId)).toBe(true)
    expect(sessions.status(instanceId)).toEqual({
      state: 'open',
      phone,
      lid: '100',
      business: true,
    })
    expect(told).toEqual(['opened 3A'])
    expect(published).toMatchObject([
      { kind: 'instance.connected', instanceId, phone, business: true },
    ])
    expect(await sessions.prepare(instanceId, message)).toMatchObject({ kind: 'prepared' })
    expect(connection.prepared).toEqual([message])
  })

  it('tells what it hears in order, one after the other', async () => {
    const { opened, told, clock } = setUp()
    const connection = await opened()
    connection.tell(receiptOf('A1'))
    connection.tell({
      kind: 'received',
      message: { whatsappId: 'B1' } as IncomingMessage,
    })
    connection.tell(receiptOf('A2'))
    await clock.advance(0)
    expect(told.slice(1)).toEqual(['receipt A1', `received B1 for ${phone}`, 'receipt A2'])
  })

  it('waits for a listener that fails for a moment, and loses nothing', async () => {
    const { opened, told, clock, listener } = setUp()
    const connection = await opened()
    listener.failures = 2
    connection.tell(receiptOf('A1'))
    connection.tell(receiptOf('A2'))
    await clock.advance(10_000)
    expect(told.slice(1)).toEqual(['receipt A1', 'receipt A2'])
  })

  it('goes on when a listener never recovers', async () => {
    const { opened, told, clock, listener } = setUp()
    const connection = await opened()
    listener.failures = 5
    connection.tell(receiptOf('A1'))
    connection.tell(receiptOf('A2'))
    await clock.advance(60_000)
    expect(told.slice(1)).toEqual(['receipt A2'])
  })

  it('that closes does not wait for the time of the next attempt', async () => {
    const { sessions, opened, told, clock, listener } = setUp()
    const connection = await opened()
    listener.failures = 1
    connection.tell(receiptOf('A1'))
    await clock.advance(0)
    expect(told.slice(1)).toEqual([])
    await sessions[Symbol.asyncDispose]()
    expect(told.slice(1)).toEqual(['receipt A1'])
  })

  it('is asked for a sign of life, and replaced when it gives none', async () => {
    const { opened, engine, clock, state } = setUp()
    const connection = await opened()
    await clock.advance(300_000)
    expect(engine.connections).toHaveLength(1)

    connection.alive = false
    await clock.advance(61_000)
    expect(connection.closed).toBe(true)
    expect(engine.connections).toHaveLength(2)
    expect(state()).toBe('connecting')
  })
})

describe('a session that is not open', () => {
  it('does not send', async () => {
    const { sessions, clock } = setUp()
    const notConnected = { kind: 'not-sent', cause: expect.any(NotConnectedError) }
    expect(await sessions.prepare(instanceId, message)).toEqual(notConnected)
    await sessions.start([instanceId])
    await clock.advance(0)
    expect(sessions.isOpen(instanceId)).toBe(false)
    expect(await sessions.prepare(instanceId, message)).toEqual(notConnected)
  })
})

describe('a session that was lost', () => {
  it('comes back, and a quick return is not reported', async () => {
    const { opened, engine, clock, kinds, state, sessions } = setUp()
    const connection = await opened()
    connection.end('network')
    expect(state()).toBe('waiting')
    expect(sessions.isOpen(instanceId)).toBe(false)

    await clock.advance(1000)
    engine.last.open()
    await clock.advance(60_000)
    expect(engine.connections).toHaveLength(2)
    expect(kinds()).toEqual(['instance.connected'])
  })

  it('comes back soon after a database that was away, and does not ask it all the time', async () => {
    const { opened, engine, clock, credentials } = setUp()
    const connection = await opened()
    credentials.failures = 3
    connection.end('network')
    await clock.advance(5_000)
    expect([credentials.failures, engine.connections.length]).toEqual([0, 2])

    credentials.failures = Infinity
    credentials.asked = 0
    engine.last.open()
    engine.last.end('network')
    await clock.advance(600_000)
    expect(credentials.asked).toBeLessThan(40)
    credentials.failures = 0
    await clock.advance(30_000)
    expect(engine.connections).toHaveLength(3)
  })

  it('is connected all the same when the database was away at the start', async () => {
    const { sessions, engine, clock, credentials } = setUp()
    credentials.failures = 2
    await sessions.start([instanceId])
    await clock.advance(3_000)
    expect(engine.connections).toHaveLength(1)
  })

  it('is told as lost when it stays away, once, and as connected when it is back', async () => {
    const { opened, engine, clock, published } = setUp()
    const connection = await opened()
    connection.end('unavailable')
    for (let round = 0; round < 4; round += 1) {
      await clock.advance(60_000)
      engine.last.end('unavailable')
    }
    await clock.advance(300_000)
    engine.last.open()
    await clock.advance(0)
    expect(published.map(({ kind }) => kind)).toEqual([
      'instance.connected',
      'instance.disconnected',
      'instance.connected',
    ])
    expect(published[1]).toMatchObject({ disconnection: { reason: 'unavailable' } })
  })

  it.each(['replaced', 'banned', 'suspended'] as const)(
    'because it was %s does not come back, keeps its credentials, and is told at once',
    async (reason) => {
      const { opened, engine, clock, kinds, credentials, sessions, state } = setUp()
      const connection = await opened()
      connection.end(reason)
      await clock.advance(24 * 60 * 60 * 1000)
      expect(engine.connections).toHaveLength(1)
      expect(kinds()).toEqual(['instance.connected', 'instance.disconnected'])
      expect([state(), credentials.linked.has(instanceId)]).toEqual(['ended', true])

      await expect(sessions.qr(instanceId)).rejects.toThrow(PairingError)
      await clock.advance(0)
      expect(engine.connections).toHaveLength(1)

      const restored = sessions.restore(instanceId)
      await clock.advance(0)
      engine.last.open()
      expect(await restored).toBe(true)
    },
  )

  it('because the phone unlinked it forgets its credentials, and can be paired again', async () => {
    const { opened, engine, clock, kinds, credentials, sessions } = setUp()
    const connection = await opened()
    connection.end('logged-out')
    await clock.advance(0)
    expect(credentials.linked.size).toBe(0)
    expect(kinds()).toEqual(['instance.connected', 'instance.disconnected'])

    const qr = sessions.qr(instanceId)
    await clock.advance(0)
    engine.last.tell({ kind: 'qr', text: 'QR1' })
    expect(await qr).toBe('QR1')
  })

  it('tells nothing of the socket before', async () => {
    const { opened, engine, clock, told } = setUp()
    const connection = await opened()
    connection.end('restart-required')
    await clock.advance(0)
    expect(engine.connections).toHaveLength(2)
    connection.closed = false
    connection.tell(receiptOf('A1'))
    await clock.advance(0)
    expect(told).toEqual(['opened 3A'])
  })
})

describe('pairing', () => {
  it('begins at the first request for a QR, and gives the current one', async () => {
    const { sessions, engine, clock, state } = setUp({ linked: false })
    const first = Promise.all([sessions.qr(instanceId), sessions.qr(instanceId)])
    await clock.advance(0)
    expect(engine.connections).toHaveLength(1)
    engine.last.tell({ kind: 'qr', text: 'QR1' })
    expect(await first).toEqual(['QR1', 'QR1'])
    expect(state()).toBe('pairing')
    engine.last.tell({ kind: 'qr', text: 'QR2' })
    expect(await sessions.qr(instanceId)).toBe('QR2')
  })

  it('gives a code to type', async () => {
    const { sessions, engine, clock } = setUp({ linked: false })
    expect(await sessions.pairingCode(instanceId, phone)).toBe('ABCD1234')
    await clock.advance(0)
    expect(engine.connections).toHaveLength(1)
  })

  it('goes on with the new socket that WhatsApp asks for, and is told once', async () => {
    const { sessions, engine, clock, credentials, kinds, state } = setUp({ linked: false })
    const qr = sessions.qr(instanceId)
    await clock.advance(0)
    engine.last.tell({ kind: 'qr', text: 'QR1' })
    await qr
    credentials.linked.add(instanceId)
    engine.last.end('restart-required')
    await clock.advance(0)
    engine.last.open()
    await clock.advance(60_000)
    expect(state()).toBe('open')
    expect(kinds()).toEqual(['instance.connected'])
    await expect(sessions.qr(instanceId)).rejects.toThrow(AlreadyConnectedError)
    await expect(sessions.pairingCode(instanceId, phone)).rejects.toThrow(AlreadyConnectedError)
  })

  it('that is not completed ends without a notice, and may be begun again', async () => {
    const { sessions, engine, clock, kinds, state } = setUp({ linked: false })
    const qr = sessions.qr(instanceId)
    await clock.advance(0)
    engine.last.tell({ kind: 'qr', text: 'QR1' })
    await qr
    engine.last.end('pairing-timed-out')
    await clock.advance(60_000)
    expect([state(), kinds()]).toEqual(['ended', []])

    const again = sessions.qr(instanceId)
    await clock.advance(0)
    engine.last.tell({ kind: 'qr', text: 'QR9' })
    expect(await again).toBe('QR9')
  })

  it('that breaks is not tried again by itself', async () => {
    const { sessions, engine, clock, state, kinds } = setUp({ linked: false })
    const failure = failureOf(sessions.qr(instanceId))
    await clock.advance(0)
    engine.last.end('network')
    await clock.advance(60_000)
    expect(await failure).toBeInstanceOf(PairingError)
    expect(engine.connections).toHaveLength(1)
    expect([state(), kinds()]).toEqual(['ended', []])
  })

  it('fails when WhatsApp gives no QR', async () => {
    const { sessions, clock } = setUp({ linked: false })
    const failure = failureOf(sessions.qr(instanceId))
    await clock.advance(31_000)
    expect(await failure).toBeInstanceOf(PairingError)
  })
})

describe('a disconnect', () => {
  it('unlinks the device, is told, and leaves the instance ready to be paired', async () => {
    const { opened, sessions, kinds, state, credentials, engine, clock } = setUp()
    const connection = await opened()
    credentials.linked.clear()
    credentials.linked.add(instanceId)
    await sessions.disconnect(instanceId)
    expect([connection.loggedOut, state()]).toEqual([true, 'idle'])
    expect(kinds()).toEqual(['instance.connected', 'instance.disconnected'])
    await clock.advance(60_000)
    expect(engine.connections).toHaveLength(1)
  })

  it('of a session that is away forgets its credentials and ends its waiting', async () => {
    const { opened, sessions, state, credentials, engine, clock } = setUp()
    const connection = await opened()
    connection.end('network')
    await sessions.disconnect(instanceId)
    await clock.advance(600_000)
    expect(engine.connections).toHaveLength(1)
    expect([state(), credentials.linked.size]).toEqual(['idle', 0])
  })

  it('of an instance that was never paired does nothing', async () => {
    const { sessions, kinds, state } = setUp({ linked: false })
    await sessions.disconnect(instanceId)
    expect([state(), kinds()]).toEqual(['idle', []])
  })
})

describe('the end of the gateway', () => {
  it('closes all sockets, keeps the credentials, and tells what was heard before', async () => {
    const { opened, sessions, credentials, told, kinds } = setUp()
    const connection = await opened()
    connection.tell(receiptOf('A1'))
    await sessions[Symbol.asyncDispose]()
    expect([connection.closed, credentials.linked.size]).toEqual([true, 1])
    expect(told.at(-1)).toBe('receipt A1')
    expect(kinds()).toEqual(['instance.connected'])
    await expect(sessions.qr(instanceId)).rejects.toThrow(PairingError)
  })
})
