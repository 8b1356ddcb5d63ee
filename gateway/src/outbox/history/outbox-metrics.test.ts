import { beforeEach, expect, it, vi } from 'vitest'
import { eachDatabase } from '../../../test/support/databases.js'
import { anOtp } from '../../../test/support/outgoing-message.js'
import { anOutboxWorld, type OutboxWorld } from '../../../test/support/outbox-world.js'
import { patience } from '../../../test/support/patience.js'
import type { InstanceId } from '../../domain/instance.js'
import type { WhatsappId } from '../../domain/message.js'
import type { ReceiptStatus } from '../../domain/message-status.js'
import { type OutboxMetrics, receiptMoment } from './outbox-metrics.js'

const recipient = { kind: 'person', phone: '5511999990001' } as const

eachDatabase('what the outbox counts', (openDatabase) => {
  let world: OutboxWorld
  let instanceId: InstanceId
  let counted: unknown[]
  /** The member that takes messages over. */
  let other: InstanceId

  beforeEach(async () => {
    counted = []
    const metrics: OutboxMetrics = {
      messageAccepted: () => counted.push('accepted'),
      messageSent: (afterMs, priority) => counted.push(['sent', afterMs, priority]),
      messageAdvanced: (to, afterMs) => counted.push([to, afterMs]),
      messageEnded: (reason) => counted.push(['ended', reason]),
      sendRefused: (code) => counted.push(['refused', code]),
      messageMoved: (_pool, why) => counted.push(['moved', why]),
    }
    world = anOutboxWorld(await openDatabase(), {
      metrics,
      members: { takeOver: async (_messages, move) => move(other), held() {} },
    })
    other = await world.anInstance('closed')
    instanceId = await world.anInstance('closed')
  })

  const accept = (expiresInSeconds?: number) =>
    world.outbox.accept(instanceId, { recipient, content: anOtp(), expiresInSeconds })
  const advance = (whatsappId: WhatsappId, status: ReceiptStatus, at: number) =>
    world.database.transaction((transaction) =>
      world.outbox.advance(instanceId, whatsappId, { status, at, chat: recipient }, transaction),
    )
  const countedSo = (what: unknown) =>
    vi.waitFor(() => expect(counted).toContainEqual(what), patience)

  it('how long each step took, each step once', async () => {
    const { whatsappId } = await accept()
    await world.clock.advance(4_000)
    world.session.open(instanceId)
    await world.sender.start()
    await countedSo(['sent', 4_000, 'high'])
    await world.sender[Symbol.asyncDispose]()

    await world.clock.advance(700)
    await advance(whatsappId, 'delivered', world.clock.now())
    await world.clock.advance(60_000)
    // Read an hour ago by the date that WhatsApp kept it under: the wait on the way does not count.
    const readAt = world.clock.now()
    await world.clock.advance(3_600_000)
    await advance(whatsappId, 'read', readAt)
    await advance(whatsappId, 'read', world.clock.now())
    await advance(whatsappId, 'played', world.clock.now())
    expect(counted).toEqual([
      'accepted',
      ['sent', 4_000, 'high'],
      ['delivered', 700],
      ['read', 60_999],
    ])
  })

  it('no time from a delivery that was not reported', async () => {
    const { whatsappId } = await accept()
    world.session.open(instanceId)
    await world.sender.start()
    await countedSo(['sent', 0, 'high'])
    await world.sender[Symbol.asyncDispose]()
    expect(await advance(whatsappId, 'read', world.clock.now())).toBeDefined()
    expect(counted).toEqual(['accepted', ['sent', 0, 'high']])
  })

  it('what expires, and what WhatsApp refuses', async () => {
    await accept(30)
    await world.clock.advance(30_000)
    await world.sender.start()
    await countedSo(['ended', 'expired'])
    world.session.answerNext({ kind: 'refused', code: 463 })
    world.connect(instanceId)
    await accept()
    await countedSo(['ended', 'restricted'])
    await world.sender[Symbol.asyncDispose]()
    expect(counted).toContainEqual(['refused', 463])
  })

  it('each message that moves to another member of its pool, by the cause', async () => {
    const pool = await world.anInstance('closed')
    for (const code of ['111111', '222222'])
      await world.outbox.accept(instanceId, {
        recipient,
        content: anOtp(code),
        pool: { id: pool, onUnknown: 'wait' },
      })
    for (const message of await world.sender.moves.movable(instanceId, 0, 100))
      await world.sender.moves.move(message, 'disconnected')
    const moves = counted.filter((each) => Array.isArray(each) && each[0] === 'moved')
    expect(moves).toEqual([
      ['moved', 'disconnected'],
      ['moved', 'disconnected'],
    ])
  })

  it('what waits, and since when', async () => {
    expect(await world.outbox.figures()).toEqual({
      waiting: { queued: 0, sending: 0, unknown: 0 },
      oldestAcceptedAt: undefined,
    })
    const oldestAcceptedAt = world.clock.now()
    const { id } = await accept()
    await world.clock.advance(5_000)
    await accept()
    await world.clock.advance(5_000)
    await accept()
    const setStatus = (status: string) =>
      world.database.query.updateTable('message').set({ status }).where('id', '=', id).execute()
    await setStatus('unknown')
    expect(await world.outbox.figures()).toEqual({
      waiting: { queued: 2, sending: 0, unknown: 1 },
      oldestAcceptedAt,
    })
    await setStatus('sending')
    expect((await world.outbox.figures()).waiting).toEqual({ queued: 2, sending: 1, unknown: 0 })
    await setStatus('sent')
    expect(await world.outbox.figures()).toMatchObject({
      waiting: { queued: 2, unknown: 0 },
      oldestAcceptedAt: oldestAcceptedAt + 5_000,
    })
  })
})

it('a receipt is measured by our clock as it comes, and by its date when it was kept', () => {
  expect(receiptMoment(10_000, 10_400)).toBe(10_400)
  expect(receiptMoment(10_000, 90_000)).toBe(10_999)
})
