import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { eachDatabase } from '../../../test/support/databases.js'
import { EventLog } from '../../../test/support/event-log.js'
import { ManualClock } from '../../../test/support/manual-clock.js'
import { anOtp } from '../../../test/support/outgoing-message.js'
import { anOutboxWorld, type OutboxWorld } from '../../../test/support/outbox-world.js'
import type { InstanceId } from '../../domain/instance.js'
import type { OnUnknown } from '../../domain/pool.js'
import type { SendResult } from '../../domain/sending.js'

const patience = { timeout: 60_000, interval: 5 }

eachDatabase('messages of a pool', (open) => {
  let world: OutboxWorld
  let pool: InstanceId
  let first: InstanceId
  let second: InstanceId
  /** Whether the second member takes messages over. */
  let takesOver = true
  let log: EventLog

  beforeEach(async () => {
    takesOver = true
    log = new EventLog()
    const database = await open()
    world = anOutboxWorld(database, {
      log,
      clock: new ManualClock(undefined, () => database.transaction(async () => {})),
      policy: { minGapMs: 0, maxGapMs: 0 },
      members: { takeOver: async (_messages, move) => takesOver && move(second), held() {} },
    })
    pool = await world.anInstance('closed')
    first = await world.anInstance('closed')
    second = await world.anInstance()
    await world.sender.start()
  })
  afterEach(() => world.sender[Symbol.asyncDispose]())

  const accept = (code: string, onUnknown: OnUnknown = 'wait') =>
    world.outbox.accept(first, {
      recipient: { kind: 'person', phone: '5511999990001' },
      content: anOtp(code),
      pool: { id: pool, onUnknown },
    })

  async function moveAll(): Promise<void> {
    for (const message of await world.sender.moves.movable(first, 0, 100))
      await world.sender.moves.move(message, 'disconnected')
  }

  const atRest = () => world.clock.advance(0)

  const untilTold = (kind: string, count: number) =>
    vi.waitFor(() => expect(told(kind)).toHaveLength(count), patience)

  const told = (kind: string) => world.events.filter((event) => event.kind === kind)

  it('are sent by the member that takes them over, in the order of acceptance', async () => {
    const accepted = await accept('111111')
    await accept('222222')
    await accept('333333')
    await moveAll()
    await untilTold('message.sent', 3)
    expect(world.session.texts).toEqual(['111111', '222222', '333333'])
    expect(world.session.sends.every(({ instanceId }) => instanceId === second)).toBe(true)
    expect(told('message.sent')[0]).toMatchObject({
      instanceId: second,
      messageId: accepted.id,
      whatsappId: accepted.whatsappId,
      pool: { id: pool, moves: [{ from: first, to: second, why: 'disconnected' }] },
    })
  })

  it('are logged once a move, and counted by the queue that has them', async () => {
    const waits = async (instanceId: InstanceId) =>
      (await world.outbox.forecast(instanceId)).waiting.high
    world.session.close(second)
    await accept('111111')
    await accept('222222')
    expect([await waits(first), await waits(second)]).toEqual([2, 0])
    const [message] = await world.sender.moves.movable(first, 0, 1)
    if (message === undefined) throw new Error('nothing waits')
    expect(await world.sender.moves.move(message, 'disconnected')).toBe(true)
    expect([await waits(first), await waits(second)]).toEqual([0, 2])
    expect(log.count('message-moved')).toBe(1)
  })

  it('stay where one of their chat is being sent', async () => {
    const { id } = await accept('111111')
    await accept('222222')
    await world.database.query
      .updateTable('message')
      .set({ status: 'sending' })
      .where('id', '=', id)
      .execute()
    const [, behind] = await world.sender.moves.movable(first, 0, 2)
    if (behind === undefined) throw new Error('nothing waits behind')
    expect(await world.sender.moves.move(behind, 'disconnected')).toBe(false)
    expect(await world.sender.moves.movable(first, 0, 2)).toHaveLength(2)
  })

  it('stay with the one before them that ended meanwhile', async () => {
    const { id } = await accept('111111')
    await accept('222222')
    const [message] = await world.sender.moves.movable(first, 0, 1)
    if (message === undefined) throw new Error('nothing waits')
    await world.waiting.cancel(first, id)
    expect(await world.sender.moves.move(message, 'disconnected')).toBe(false)
    expect(await world.sender.moves.movable(first, 0, 2)).toHaveLength(1)
    expect(log.count('message-moved')).toBe(0)
  })

  it('leave once when they are moved between their preparation and their claim', async () => {
    let prepared: ((result: undefined) => void) | undefined
    world.session.lookUps.set(
      '5511999990001',
      new Promise((resolve) => {
        prepared = resolve
      }),
    )
    await accept('111111')
    world.connect(first)
    await atRest()
    await moveAll()
    prepared?.(undefined)
    await untilTold('message.sent', 1)
    await atRest()
    expect(world.session.sends.map(({ instanceId }) => instanceId)).toEqual([second])
    expect(told('message.sent')).toHaveLength(1)
  })

  it('move with those behind them when WhatsApp refuses the number', async () => {
    world.session.answerNext({ kind: 'refused', code: 463 })
    await accept('111111')
    await accept('222222')
    world.connect(first)
    await untilTold('message.sent', 2)
    expect(world.session.sends.map(({ instanceId }) => instanceId)).toEqual([first, second, second])
    expect(world.session.texts).toEqual(['111111', '111111', '222222'])
    expect(told('message.failed')).toEqual([])
    expect(told('message.sent')).toHaveLength(2)
  })

  it('stay when WhatsApp refuses the number for what may have arrived before', async () => {
    world.session.answerNext(
      { kind: 'unknown', cause: new Error('the link broke') },
      { kind: 'refused', code: 463 },
    )
    await accept('111111')
    world.connect(first)
    await vi.waitFor(() => expect(world.session.sends).toHaveLength(1), patience)
    world.connect(first)
    await world.clock.advance(10_000)
    await untilTold('message.failed', 1)
    expect(world.session.sends.map(({ instanceId }) => instanceId)).toEqual([first, first])
  })

  it('fail as restricted where no member takes them over', async () => {
    takesOver = false
    world.session.answerNext({ kind: 'refused', code: 463 })
    await accept('111111')
    world.connect(first)
    await untilTold('message.failed', 1)
    expect(told('message.failed')).toMatchObject([{ reason: 'restricted', instanceId: first }])
  })

  it.each<SendResult>([{ kind: 'no-such-recipient' }, { kind: 'refused', code: 400 }])(
    'stay when the end concerns the recipient: %o',
    async (result) => {
      world.session.answerNext(result)
      await accept('111111')
      world.connect(first)
      await untilTold('message.failed', 1)
      expect(world.session.sends).toHaveLength(1)
      expect(told('message.failed')).toMatchObject([{ instanceId: first, pool: { moves: [] } }])
    },
  )

  it.each([
    ['wait', 1],
    ['resend-elsewhere', 2],
  ] as const)('with onUnknown "%s" and no answer are sent %i times', async (onUnknown, times) => {
    world.session.answerNext({ kind: 'unknown', cause: new Error('the link broke') })
    await accept('111111', onUnknown)
    world.connect(first)
    await vi.waitFor(() => expect(world.session.sends).toHaveLength(times), patience)
    await moveAll()
    await atRest()
    expect(world.session.sends).toHaveLength(times)
    expect(world.session.sends.at(-1)?.instanceId).toBe(times === 1 ? first : second)
    const { moves } = await world.database.query
      .selectFrom('message')
      .select('moves')
      .executeTakeFirstOrThrow()
    expect(JSON.parse(moves ?? '[]')).toMatchObject(times === 1 ? [] : [{ why: 'unknown' }])
  })
})
