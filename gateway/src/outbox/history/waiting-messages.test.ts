import { beforeEach, expect, it } from 'vitest'
import { eachDatabase } from '../../../test/support/databases.js'
import { anOtp } from '../../../test/support/outgoing-message.js'
import { anOutboxWorld, type OutboxWorld } from '../../../test/support/outbox-world.js'
import { NotConnectedError } from '../../domain/errors.js'
import type { InstanceId } from '../../domain/instance.js'
import type { MessageId } from '../../domain/message.js'

const recipient = { kind: 'person', phone: '5511999990001' } as const

eachDatabase('WaitingMessages', (openDatabase) => {
  let world: OutboxWorld
  let instanceId: InstanceId

  beforeEach(async () => {
    world = anOutboxWorld(await openDatabase())
    instanceId = await world.anInstance('closed')
  })

  const accept = async (code?: string, of = instanceId) =>
    (await world.outbox.accept(of, { recipient, content: anOtp(code) })).id
  const setStatus = (id: MessageId, status: string) =>
    world.database.query.updateTable('message').set({ status }).where('id', '=', id).execute()
  const statuses = async () =>
    (
      await world.database.query
        .selectFrom('message')
        .select('status')
        .where('instance_id', '=', instanceId)
        .orderBy('sequence')
        .execute()
    ).map(({ status }) => status)

  it('lists what waits in the order of the line, page by page, without its code', async () => {
    const ids = [await accept('111111'), await accept('222222'), await accept('333333')]
    await accept('999999', await world.anInstance())
    await setStatus(ids[0]!, 'unknown')
    const first = await world.waiting.page(instanceId, { limit: 2 })
    expect(first.messages).toMatchObject([
      { id: ids[0], status: 'unknown', code: '••••11', recipient, typingMs: 0 },
      { id: ids[1], status: 'queued', code: '••••22' },
    ])
    expect(JSON.stringify(first)).not.toContain('111111')
    const whole = await world.waiting.page(instanceId, { limit: 3 })
    expect(whole).toMatchObject({ messages: { length: 3 }, next: undefined })
    // What ends between two pages moves nothing out of the second one.
    await setStatus(ids[0]!, 'sent')
    const second = await world.waiting.page(instanceId, { limit: 2, after: first.next })
    expect(second.messages.map(({ id }) => id)).toEqual([ids[2]])
    expect(second.next).toBeUndefined()
    expect(await world.waiting.count(instanceId)).toBe(2)
  })

  it('takes one back, erases it and tells so', async () => {
    const id = await accept()
    expect(await world.waiting.cancel(instanceId, id)).toBe('cancelled')
    expect(await world.waiting.cancel(instanceId, id)).toBe('cancelled-before')
    expect(world.events).toMatchObject([
      { kind: 'message.failed', messageId: id, reason: 'cancelled', recipient },
    ])
    const row = await world.database.query.selectFrom('message').selectAll().executeTakeFirst()
    expect(row).toMatchObject({ status: 'cancelled', failure: 'cancelled', content_sealed: null })
  })

  it.each(['sending', 'unknown', 'sent', 'read', 'failed', 'expired'])(
    'does not take back what is %s',
    async (status) => {
      const id = await accept()
      await setStatus(id, status)
      expect(await world.waiting.cancel(instanceId, id)).toBe('too-late')
      expect(await statuses()).toEqual([status])
      expect(world.events).toEqual([])
    },
  )

  it('knows no messages of other instances', async () => {
    const id = await accept()
    const other = await world.anInstance()
    expect(await world.waiting.cancel(other, id)).toBe('unheard-of')
    expect(await world.waiting.cancelAll(other)).toEqual({ cancelled: 0, kept: 0 })
    expect(await statuses()).toEqual(['queued'])
  })

  it('takes back all that it can, in more than one bite, and counts what it cannot', async () => {
    const ids: MessageId[] = []
    for (let count = 0; count < 130; count += 1) ids.push(await accept())
    await setStatus(ids[0]!, 'sending')
    await setStatus(ids[1]!, 'unknown')
    expect(await world.waiting.cancelAll(instanceId)).toEqual({ cancelled: 128, kept: 2 })
    expect((await statuses()).slice(0, 3)).toEqual(['sending', 'unknown', 'cancelled'])
    expect(world.events.map((event) => 'messageId' in event && event.messageId)).toEqual(
      ids.slice(2),
    )
    expect(await world.waiting.count(instanceId)).toBe(2)
  })

  it('ends a message in one way when cancelling and claiming race', async () => {
    for (let round = 0; round < 10; round += 1) await accept()
    await world.sender.start()
    world.connect(instanceId)
    const [one, other] = await Promise.all([
      world.waiting.cancelAll(instanceId),
      world.waiting.cancelAll(instanceId),
    ])
    await expect
      .poll(async () => {
        await world.clock.advance(3_000)
        return world.waiting.count(instanceId)
      })
      .toBe(0)
    await world.sender[Symbol.asyncDispose]()
    const sent = world.events.filter(({ kind }) => kind === 'message.sent')
    const cancelled = world.events.filter(({ kind }) => kind === 'message.failed')
    expect(cancelled).toHaveLength(one.cancelled + other.cancelled)
    expect(sent).toHaveLength(10 - cancelled.length)
    expect(world.session.sends).toHaveLength(sent.length)
  })

  it('moves the line on when its head is taken back', async () => {
    await world.sender.start()
    world.connect(instanceId)
    const first = await accept('111111')
    await expect.poll(() => world.session.texts).toEqual(['111111'])
    await world.outbox.accept(instanceId, { recipient, content: anOtp('222222') })
    world.session.answerNext({ kind: 'refused', code: 503 })
    await expect
      .poll(async () => {
        await world.clock.advance(1_000)
        return world.session.texts
      })
      .toEqual(['111111', '222222'])
    await accept('333333')
    const { messages } = await world.waiting.page(instanceId, { limit: 1 })
    expect(await world.waiting.cancel(instanceId, messages[0]!.id)).toBe('cancelled')
    expect(messages[0]!.id).not.toBe(first)
    await expect
      .poll(async () => {
        await world.clock.advance(500)
        return world.session.texts
      })
      .toEqual(['111111', '222222', '333333'])
    await world.sender[Symbol.asyncDispose]()
  })

  it('accepts nothing while disconnected, if that is asked for', async () => {
    world = anOutboxWorld(world.database, { refuseWhileDisconnected: true })
    instanceId = await world.anInstance('closed')
    await expect(accept()).rejects.toThrow(NotConnectedError)
    expect(await statuses()).toEqual([])
    world.session.open(instanceId)
    await accept()
    expect(await statuses()).toEqual(['queued'])
  })
})
