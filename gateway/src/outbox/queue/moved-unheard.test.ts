/** A queue that has not heard yet that its message was moved to another member does not send it. */

import { expect, it, vi } from 'vitest'
import { eachDatabase } from '../../../test/support/databases.js'
import { ManualClock } from '../../../test/support/manual-clock.js'
import { anOtp } from '../../../test/support/outgoing-message.js'
import { anOutboxWorld } from '../../../test/support/outbox-world.js'

const [ana, bia, caio] = ['5511999990001', '5511999990002', '5511999990003']
const patience = { timeout: 60_000, interval: 5 }

eachDatabase('a message that was moved, which its queue has not heard', (open) => {
  it('is not sent by its old member', async () => {
    const database = await open()
    const clock = new ManualClock(undefined, () => database.transaction(async () => {}))
    const policy = { minGapMs: 5_000, maxGapMs: 5_000 }
    const world = anOutboxWorld(database, { clock, policy })
    const { session, sender } = world
    const pool = await world.anInstance('closed')
    const first = await world.anInstance()
    const second = await world.anInstance('closed')
    const accept = (phone: string, code: string) =>
      world.outbox.accept(first, {
        recipient: { kind: 'person', phone },
        content: anOtp(code),
        pool: { id: pool, onUnknown: 'wait' },
      })
    await sender.start()
    await accept(bia, '000000')
    await clock.advance(0)
    await vi.waitFor(() => expect(session.texts).toEqual(['000000']), patience)
    // Until its end is stored it would be the first that can move.
    await vi.waitFor(async () => {
      const rows = await database.query.selectFrom('message').select('status').execute()
      expect(rows).toEqual([{ status: 'sent' }])
    }, patience)
    // They wait for the gap, and the queue knows them.
    await accept(ana, '111111')
    await accept(caio, '222222')
    await clock.advance(1_000)
    const { moves } = anOutboxWorld(database, {
      clock,
      members: { takeOver: (_messages, move) => move(second), held() {} },
    }).sender
    const [message] = await moves.movable(first, 0, 1)
    if (message === undefined) throw new Error('nothing waits')
    expect(await moves.move(message, 'disconnected')).toBe(true)
    await clock.advance(20_000)
    await vi.waitFor(() => expect(session.texts).toContain('222222'), patience)
    expect(session.texts).toEqual(['000000', '222222'])
    await sender[Symbol.asyncDispose]()
  })
})
