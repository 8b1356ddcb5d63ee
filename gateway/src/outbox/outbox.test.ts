import { beforeEach, expect, it } from 'vitest'
import { eachDatabase } from '../../test/support/databases.js'
import { anOtp, whatsappIdOf } from '../../test/support/outgoing-message.js'
import { anOutboxWorld, type OutboxWorld } from '../../test/support/outbox-world.js'
import { OutboxFullError } from '../domain/errors.js'
import type { InstanceId } from '../domain/instance.js'
import type { WhatsappId } from '../domain/message.js'
import type { ReceiptStatus } from '../domain/message-status.js'

const recipient = { kind: 'person', phone: '5511999990001' } as const

eachDatabase('Outbox', (openDatabase) => {
  let world: OutboxWorld
  let instanceId: InstanceId

  beforeEach(async () => {
    world = anOutboxWorld(await openDatabase(), { maxWaiting: 3 })
    instanceId = await world.anInstance('closed')
  })

  const accept = (code?: string) =>
    world.outbox.accept(instanceId, { recipient, content: anOtp(code) })

  const receiptAt = () => world.clock.now() + 7_000

  const advance = async (whatsappId: WhatsappId, status: ReceiptStatus, at = receiptAt()) => {
    const message = await world.database.transaction((transaction) =>
      world.outbox.advance(instanceId, whatsappId, { status, at, chat: recipient }, transaction),
    )
    if (message === undefined) return undefined
    const { isNews, ...moved } = message
    return isNews ? moved : undefined
  }

  const rows = () =>
    world.database.query.selectFrom('message').selectAll().orderBy('sequence').execute()

  it('gives ids in the forms that callers know, and keeps the content sealed', async () => {
    const { id, whatsappId } = await accept('845201')
    expect(id).toMatch(/^[0-9A-F]{32}$/)
    expect(whatsappId).toMatch(/^[0-9A-F]{22}$/)
    const [row] = await rows()
    expect(row).toMatchObject({ id, whatsapp_id: whatsappId, status: 'queued', attempts: 0 })
    const everything =
      JSON.stringify(row) + Buffer.from(row?.content_sealed ?? []).toString('latin1')
    expect(everything).not.toContain('845201')
  })

  it('refuses one too many while disconnected, and takes any number while connected', async () => {
    await accept()
    await accept()
    await accept()
    await expect(accept()).rejects.toThrow(OutboxFullError)
    expect(await rows()).toHaveLength(3)
    world.session.open(instanceId)
    await accept()
    expect(await rows()).toHaveLength(4)
  })

  it('lets no more in when many come at the same moment', async () => {
    const trials = await Promise.allSettled(Array.from({ length: 10 }, () => accept()))
    expect(trials.filter(({ status }) => status === 'fulfilled')).toHaveLength(3)
    expect(await rows()).toHaveLength(3)
  })

  it("counts each instance's own line", async () => {
    await Promise.all([accept(), accept(), accept()])
    const other = await world.anInstance('closed')
    const accepted = world.outbox.accept(other, { recipient, content: anOtp() })
    await expect(accepted).resolves.toBeDefined()
  })

  it('moves a sent message forward only, and erases nothing but its content', async () => {
    const { id, whatsappId } = await accept()
    world.session.open(instanceId)
    await world.sender.start()
    await expect.poll(() => world.events.length).toBe(2)
    await world.sender[Symbol.asyncDispose]()
    expect(await advance(whatsappId, 'read')).toEqual({ messageId: id, recipient, at: receiptAt() })
    expect(await advance(whatsappId, 'delivered')).toBeUndefined()
    expect(await advance(whatsappId, 'read')).toBeUndefined()
    expect(await rows()).toMatchObject([{ id, status: 'read', content_sealed: null }])
    expect(world.events).toHaveLength(2)
  })

  it('dates no step before the one that led to it, however coarse the receipts are', async () => {
    await world.clock.advance(10_500)
    const { whatsappId } = await accept()
    world.session.open(instanceId)
    await world.sender.start()
    await expect.poll(() => world.events.length).toBe(2)
    await world.sender[Symbol.asyncDispose]()
    const sentAt = world.clock.now()
    expect(world.events.map(({ occurredAt }) => occurredAt)).toEqual([sentAt, sentAt])

    const cutOff = sentAt - 500
    await world.clock.advance(1_600)
    const delivered = await advance(whatsappId, 'delivered', cutOff)
    expect(delivered?.at).toBe(sentAt)
    const [row] = await rows()
    const read = await advance(whatsappId, 'read', cutOff)
    expect(read?.at).toBe(row?.delivered_at)
  })

  it('tells of a send that a receipt confirms no moment before its acceptance', async () => {
    await world.clock.advance(10_500)
    const { whatsappId } = await accept()
    await world.database.query.updateTable('message').set({ status: 'unknown' }).execute()
    await advance(whatsappId, 'read', 10_000)
    const acceptedAt = world.clock.now()
    expect(world.events.map(({ occurredAt }) => occurredAt)).toEqual([acceptedAt, acceptedAt])
  })

  it('is not moved by a receipt for what it never sent', async () => {
    const { whatsappId } = await accept()
    expect(await advance(whatsappId, 'delivered')).toBeUndefined()
    expect(await advance(whatsappIdOf('3EB0ELSEWHERE'), 'delivered')).toBeUndefined()
    const other = await world.anInstance()
    const foreign = await world.database.transaction((transaction) =>
      world.outbox.advance(
        other,
        whatsappId,
        { status: 'delivered', at: 0, chat: recipient },
        transaction,
      ),
    )
    expect(foreign).toBeUndefined()
  })

  it.each(['sending', 'unknown'])(
    'takes a receipt for a message that is still %s as the news that it was sent',
    async (status) => {
      const { id, whatsappId } = await accept()
      await world.database.query.updateTable('message').set({ status }).execute()
      expect(await advance(whatsappId, 'delivered')).toEqual({
        messageId: id,
        recipient,
        at: receiptAt(),
      })
      expect(world.events).toEqual([
        {
          kind: 'message.sent',
          instanceId,
          occurredAt: receiptAt(),
          messageId: id,
          whatsappId,
          recipient,
          chat: recipient,
          content: { masked: expect.anything(), full: expect.anything() },
          fallback: undefined,
        },
        {
          kind: 'message.status-changed',
          instanceId,
          occurredAt: receiptAt(),
          whatsappIds: [whatsappId],
          status: 'sent',
          chat: recipient,
        },
      ])
      expect(await rows()).toMatchObject([{ status: 'delivered', content_sealed: null }])
    },
  )

  it('leaves the telling of the status that came to the one who brought it', async () => {
    const { whatsappId } = await accept()
    await world.database.query.updateTable('message').set({ status: 'unknown' }).execute()
    await advance(whatsappId, 'sent')
    expect(world.events.map(({ kind }) => kind)).toEqual(['message.sent'])
  })

  it('ends in one way when ack and receipts race', async () => {
    const { whatsappId } = await accept()
    await world.database.query.updateTable('message').set({ status: 'sending' }).execute()
    const statuses: ReceiptStatus[] = ['delivered', 'sent', 'read', 'delivered', 'sent']
    await Promise.all(statuses.map((status) => advance(whatsappId, status)))
    expect(world.events.filter(({ kind }) => kind === 'message.sent')).toHaveLength(1)
    expect(await rows()).toMatchObject([{ status: 'read' }])
  })
})
