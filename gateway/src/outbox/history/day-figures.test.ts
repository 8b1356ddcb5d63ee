import { CompiledQuery } from 'kysely'
import { expect, it, vi } from 'vitest'
import { eachDatabase } from '../../../test/support/databases.js'
import { anOutboxWorld } from '../../../test/support/outbox-world.js'
import { MessageDays } from './day-figures.js'

eachDatabase('MessageDays', (open, dialect) => {
  it('counts again what was counted quickly, and after 20 times as long what took long', async () => {
    const world = anOutboxWorld(await open())
    const { outbox, database, clock } = world
    const id = await world.anInstance('closed')
    const recipient = { kind: 'person', phone: '5511999990001' } as const
    const wish = { since: clock.now(), lateAfterMs: 20_000 }
    let now = clock.now()
    let takesMs = 40
    const days = new MessageDays({ database, clock: { now: () => (now += takesMs) } })
    const accept = () => outbox.accept(id, { recipient, content: { kind: 'text', text: 'Oi' } })
    expect((await days.figures(wish)).size).toBe(0)
    await accept()
    // As long as the clock moves with each look at it, counting takes two of its steps.
    takesMs = 400
    expect((await days.figures(wish)).size).toBe(1)
    await world.database.query.deleteFrom('message').execute()
    takesMs = 0
    now += 15_000
    expect((await days.figures(wish)).size).toBe(1)
    expect((await days.figures({ ...wish, lateAfterMs: 1 })).size).toBe(0)
    // Set back, the clock says nothing of how old the figures are.
    now -= 100_000
    expect((await days.figures(wish)).size).toBe(0)
    now += 110_000
    expect((await days.figures(wish)).size).toBe(0)
  })

  it('counts a day by indexes', async () => {
    const world = anOutboxWorld(await open())
    const { outbox, database, clock } = world
    const id = await world.anInstance('closed')
    const recipient = { kind: 'person', phone: '5511999990001' } as const
    await outbox.accept(id, { recipient, content: { kind: 'text', text: 'Oi' } })
    const asked = vi.spyOn(database.query.getExecutor(), 'executeQuery')
    const days = new MessageDays({ database, clock })
    const wish = { since: clock.now(), lateAfterMs: 20_000 }
    expect([...(await days.figures(wish))]).toEqual([[id, { sent: 0, failed: 0, late: 0 }]])
    const statements = asked.mock.calls.map(([statement]) => statement)
    expect([...(await days.figures({ ...wish, since: clock.now() + 1 }))]).toEqual([])
    vi.restoreAllMocks()
    if (dialect !== 'sqlite') return
    const plans = await Promise.all(
      statements.map(async (statement) => {
        const plan = await database.query.executeQuery<{ detail: string }>(
          CompiledQuery.raw(`explain query plan ${statement.sql}`, [...statement.parameters]),
        )
        return plan.rows.map(({ detail }) => detail).join()
      }),
    )
    expect(plans).toEqual([
      expect.stringContaining('INDEX message_by_age'),
      expect.stringContaining('COVERING INDEX message_listed'),
      expect.stringContaining('COVERING INDEX message_waiting'),
      expect.stringContaining('INDEX message_not_sent'),
      expect.stringContaining('INDEX message_by_age'),
    ])
  })

  it('tells sent, failed, cancelled, waiting and late ones of a day apart', async () => {
    const world = anOutboxWorld(await open())
    const { outbox, database, clock } = world
    const id = await world.anInstance('closed')
    const other = await world.anInstance('closed')
    const recipient = { kind: 'person', phone: '5511999990001' } as const
    const otp = { kind: 'otp-button', text: 'Oi', code: '123456', buttonText: 'Copiar' } as const
    const accept = (instanceId = id) => outbox.accept(instanceId, { recipient, content: otp })
    await accept()
    await clock.advance(60_000)
    const since = clock.now()
    const ends = [
      { status: 'sent', sent_at: since + 30_000 },
      { status: 'read', sent_at: since + 1 },
      { status: 'failed', failure: 'refused', sent_at: since + 30_000 },
      { status: 'expired', failure: 'expired' },
      { status: 'cancelled', failure: 'cancelled' },
      { status: 'unknown', sent_at: since + 1 },
    ] as const
    for (const end of ends) {
      const { id: message } = await accept()
      await database.query.updateTable('message').set(end).where('id', '=', message).execute()
    }
    await accept()
    await accept(other)
    await clock.advance(20_001)
    const days = new MessageDays({ database, clock })
    const figures = await days.figures({ since, lateAfterMs: 20_000 })
    expect(figures.get(id)).toEqual({ sent: 2, failed: 2, late: 2 })
    expect(figures.get(other)).toEqual({ sent: 0, failed: 0, late: 1 })
    expect(figures.size).toBe(2)
  })
})
