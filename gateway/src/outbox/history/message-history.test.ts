import { beforeEach, expect, it } from 'vitest'
import { eachDatabase } from '../../../test/support/databases.js'
import { anOtp } from '../../../test/support/outgoing-message.js'
import { anOutboxWorld, type OutboxWorld } from '../../../test/support/outbox-world.js'
import type { InstanceId } from '../../domain/instance.js'
import type { MessageId, WhatsappId } from '../../domain/message.js'
import type { ReceiptStatus } from '../../domain/message-status.js'

const recipient = { kind: 'person', phone: '5511999990001' } as const

eachDatabase('MessageHistories', (openDatabase) => {
  let world: OutboxWorld
  let instanceId: InstanceId

  beforeEach(async () => {
    world = anOutboxWorld(await openDatabase())
    instanceId = await world.anInstance('closed')
  })

  const accept = () => world.outbox.accept(instanceId, { recipient, content: anOtp() })
  const historyOf = async (id: MessageId) => {
    const history = await world.histories.find(instanceId, id)
    if (history === undefined) throw new Error('it has no history')
    return history
  }
  const set = (id: string, change: object) =>
    world.database.query.updateTable('message').set(change).where('id', '=', id).execute()
  const statusOf = async (id: MessageId) => (await historyOf(id)).status
  const advance = (whatsappId: WhatsappId, status: ReceiptStatus) =>
    world.database.transaction((transaction) =>
      world.outbox.advance(
        instanceId,
        whatsappId,
        { status, at: world.clock.now(), chat: recipient },
        transaction,
      ),
    )
  /** Sends what waits, and stops when that has come to `status`. */
  const sendUntil = async (id: MessageId, status: string) => {
    world.session.open(instanceId)
    await world.sender.start()
    await comesTo(id, status)
  }
  const comesTo = async (id: MessageId, status: string) => {
    await expect
      .poll(async () => {
        await world.clock.advance(1_000)
        return statusOf(id)
      })
      .toBe(status)
    await world.sender[Symbol.asyncDispose]()
  }

  it('tells every step and its moment, and nothing of the content', async () => {
    const { id, whatsappId } = await accept()
    const acceptedAt = world.clock.now()
    expect(await historyOf(id)).toMatchObject({ status: 'queued', acceptedAt, attempts: [] })
    await sendUntil(id, 'sent')
    const { sentAt = 0 } = await historyOf(id)
    await world.clock.advance(2_000)
    await advance(whatsappId, 'delivered')
    await world.clock.advance(60_000)
    await advance(whatsappId, 'read')
    const history = await historyOf(id)
    expect(history).toMatchObject({ id, whatsappId, recipient, status: 'read', sentAt })
    expect(history.attempts).toMatchObject([{ whatsappId, endedAt: sentAt, outcome: 'sent' }])
    expect(history.deliveredAt).toBe(world.clock.now() - 60_000)
    expect(history.readAt).toBe(world.clock.now())
    expect([history.endedAt, history.failure]).toEqual([undefined, undefined])
    expect(JSON.stringify(history)).not.toContain('845201')
  })

  it('has each attempt with its outcome, also under the id of the button that was refused', async () => {
    const { id, whatsappId } = await accept()
    world.session.answerNext(
      { kind: 'not-sent', cause: 'x' },
      { kind: 'refused', code: 473 },
      { kind: 'refused', code: 503 },
    )
    await sendUntil(id, 'sent')
    const { attempts, fallback, ...history } = await historyOf(id)
    expect(history.whatsappId).not.toBe(whatsappId)
    expect(fallback).toEqual({
      refusalCode: 473,
      refusedWhatsappId: whatsappId,
      sentAs: 'text',
    })
    expect(attempts).toMatchObject([
      { whatsappId, outcome: 'not-sent' },
      { whatsappId, outcome: 'refused', refusalCode: 473 },
      { whatsappId: history.whatsappId, outcome: 'refused', refusalCode: 503 },
      { whatsappId: history.whatsappId, outcome: 'sent' },
    ])
    const moments = attempts.flatMap(({ claimedAt, endedAt }) => [claimedAt, endedAt ?? -1])
    expect(moments).toEqual(moments.toSorted((one, other) => one - other))
  })

  it('says why it ended, in the words that its caller was told', async () => {
    const { id } = await accept()
    world.session.answerNext({ kind: 'refused', code: 463 })
    await sendUntil(id, 'failed')
    const [told] = world.events.filter((event) => event.kind === 'message.failed')
    const { failure, endedAt, sentAt, attempts } = await historyOf(id)
    expect(failure).toEqual({ reason: 'restricted', explanation: told?.explanation })
    expect([endedAt, sentAt]).toEqual([told?.occurredAt, undefined])
    expect(attempts).toMatchObject([{ outcome: 'refused', refusalCode: 463 }])
  })

  it('knows no more of an attempt than the process that died in it', async () => {
    const { id } = await accept()
    world.session.open(instanceId)
    world.session.answerNext(() => new Promise(() => {}))
    await world.sender.start()
    await expect.poll(() => statusOf(id)).toBe('sending')
    expect((await historyOf(id)).attempts).toMatchObject([{ outcome: 'sending' }])
    world.crash()
    world.session.close(instanceId)
    await world.restarted().start()
    expect(await historyOf(id)).toMatchObject({
      status: 'unknown',
      attempts: [{ outcome: 'unknown' }],
    })
    world.connect(instanceId)
    await comesTo(id, 'sent')
    expect((await historyOf(id)).attempts.map(({ outcome }) => outcome)).toEqual([
      'unknown',
      'sent',
    ])
  })

  it('tells when a message expires, was sent and was played', async () => {
    const { id } = await accept()
    const moments = { sent_at: 5, delivered_at: 6, read_at: 7, played_at: 8, expires_at: 9 }
    await set(id, { status: 'played', ...moments })
    const told = { sentAt: 5, deliveredAt: 6, readAt: 7, playedAt: 8, expiresAt: 9 }
    expect(await historyOf(id)).toMatchObject(told)
  })

  it.each(['failed', 'expired', 'cancelled'])('calls no message sent that %s', async (status) => {
    const { id } = await accept()
    await set(id, { status, sent_at: 5, failure: 'expired', explanation: null })
    expect(await historyOf(id)).toMatchObject({
      sentAt: undefined,
      failure: { reason: 'expired', explanation: 'The message was not sent.' },
    })
  })

  it('knows nothing of the last attempt of a message that ended while it was sent', async () => {
    const { id, whatsappId } = await accept()
    const sends = JSON.stringify([{ whatsappId, claimedAt: 5 }])
    await set(id, { status: 'sending', sends })
    expect((await historyOf(id)).attempts).toMatchObject([{ outcome: 'sending' }])
    await set(id, { failure: 'unconfirmed' })
    expect((await historyOf(id)).attempts).toMatchObject([{ outcome: 'unknown' }])
  })

  it('remembers a cancelled message, and none of another instance', async () => {
    const { id } = await accept()
    await world.waiting.cancel(instanceId, id)
    expect(await historyOf(id)).toMatchObject({
      status: 'cancelled',
      endedAt: world.clock.now(),
      failure: { reason: 'cancelled' },
    })
    expect(await world.histories.find(await world.anInstance(), id)).toBeUndefined()
  })
})
