/** What waits for one person in a pool, and moving one of these messages. */

import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { eachDatabase } from '../../../test/support/databases.js'
import { EventLog } from '../../../test/support/event-log.js'
import { ManualClock } from '../../../test/support/manual-clock.js'
import { anOtp } from '../../../test/support/outgoing-message.js'
import { anOutboxWorld, type OutboxWorld } from '../../../test/support/outbox-world.js'
import type { Recipient } from '../../domain/chat.js'
import type { InstanceId } from '../../domain/instance.js'
import type { OnUnknown } from '../../domain/pool.js'
import type { MessageStatus } from '../../domain/message-status.js'

const patience = { timeout: 60_000, interval: 5 }
const ana = { kind: 'person', phone: '5511999990001' } as const
const anaByLid = { kind: 'lid', lid: '111111111111111' } as const
const bia = { kind: 'person', phone: '5511999990002' } as const

eachDatabase('messages of a pool to one person', (open) => {
  let world: OutboxWorld
  let pool: InstanceId
  let first: InstanceId
  let second: InstanceId
  let log: EventLog

  beforeEach(async () => {
    const database = await open()
    log = new EventLog()
    world = anOutboxWorld(database, {
      log,
      clock: new ManualClock(1_000, () => database.transaction(async () => {})),
      policy: { minGapMs: 0, maxGapMs: 0 },
    })
    pool = await world.anInstance('closed')
    first = await world.anInstance('closed')
    second = await world.anInstance('closed')
    await world.sender.start()
  })
  afterEach(() => world.sender[Symbol.asyncDispose]())

  const accept = (member: InstanceId, recipient: Recipient, onUnknown: OnUnknown = 'wait') =>
    world.outbox.accept(member, {
      recipient,
      content: anOtp(),
      pool: { id: pool, onUnknown },
    })

  const waiting = (person: { readonly phone?: string; readonly lid?: string }) =>
    world.sender.moves.ofPerson(world.database.query, pool, person)

  const idsOf = async (person: { readonly phone?: string; readonly lid?: string }) =>
    (await waiting(person)).map(({ id }) => id)

  const moveFirst = async (to: InstanceId) => {
    const [message] = await waiting({ phone: ana.phone })
    if (message === undefined) throw new Error('nothing waits')
    return world.database.transaction((transaction) =>
      world.sender.moves.moveTo(to, message, 'removed', transaction),
    )
  }

  const become = (status: MessageStatus) =>
    world.database.query.updateTable('message').set({ status }).execute()

  const places = async () => {
    const rows = await world.database.query
      .selectFrom('message')
      .select(['instance_id', 'moves'])
      .orderBy('sequence')
      .execute()
    return rows.map((row) => [row.instance_id, JSON.parse(row.moves ?? '[]')])
  }

  it('are found under each of its names, whichever member has them, in the order of acceptance', async () => {
    const accepted = [
      await accept(first, ana),
      await accept(second, anaByLid),
      await accept(first, ana),
    ].map(({ id }) => id)
    await accept(first, bia)
    await world.outbox.accept(first, { recipient: ana, content: anOtp() })
    await world.outbox.accept(first, {
      recipient: ana,
      content: anOtp(),
      pool: { id: await world.anInstance('closed'), onUnknown: 'wait' },
    })
    expect(await idsOf({ phone: ana.phone, lid: anaByLid.lid })).toEqual(accepted)
    expect(await idsOf({ phone: ana.phone })).toEqual([accepted[0], accepted[2]])
    expect(await idsOf({ lid: anaByLid.lid })).toEqual([accepted[1]])
  })

  it('move to another member, whose queue sends them', async () => {
    await accept(first, ana)
    expect(await moveFirst(second)).toBe(true)
    expect(await places()).toEqual([
      [second, [{ at: 1_000, from: first, to: second, why: 'removed' }]],
    ])
    expect(log.count('message-moved')).toBe(1)
    world.connect(second)
    await vi.waitFor(() => expect(world.session.sends).toHaveLength(1), patience)
    expect(world.session.sends[0]?.instanceId).toBe(second)
  })

  it('that are being sent are found, and stay', async () => {
    await accept(first, ana)
    await become('sending')
    expect(await waiting({ phone: ana.phone })).toHaveLength(1)
    expect(await moveFirst(second)).toBe(false)
    expect(await places()).toEqual([[first, []]])
  })

  it('that may have arrived move only if their caller allows a second copy', async () => {
    await accept(first, ana, 'wait')
    await become('unknown')
    expect(await waiting({ phone: ana.phone })).toEqual([])
    await accept(first, ana, 'resend-elsewhere')
    await become('unknown')
    expect(await moveFirst(second)).toBe(true)
    expect((await places()).map(([member]) => member)).toEqual([first, second])
  })
})
