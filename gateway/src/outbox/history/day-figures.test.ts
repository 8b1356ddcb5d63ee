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
    now += 10_000
    expect((await days.figures(wish)).size).toBe(0)
  })

  it('counts a day by reading the rows of that day, and no others', async () => {
    const world = anOutboxWorld(await open())
    const { outbox, database, clock } = world
    const id = await world.anInstance('closed')
    const recipient = { kind: 'person', phone: '5511999990001' } as const
    await outbox.accept(id, { recipient, content: { kind: 'text', text: 'Oi' } })
    const asked = vi.spyOn(database.query.getExecutor(), 'executeQuery')
    const days = new MessageDays({ database, clock })
    const wish = { since: clock.now(), lateAfterMs: 20_000 }
    expect([...(await days.figures(wish))]).toEqual([[id, { sent: 0, failed: 0, late: 0 }]])
    expect([...(await days.figures({ ...wish, since: clock.now() + 1 }))]).toEqual([])
    const statement = asked.mock.calls[0]?.[0]
    vi.restoreAllMocks()
    if (dialect !== 'sqlite' || statement === undefined) return
    const plan = await database.query.executeQuery<{ detail: string }>(
      CompiledQuery.raw(`explain query plan ${statement.sql}`, [...statement.parameters]),
    )
    expect(plan.rows.map(({ detail }) => detail).join()).toContain('INDEX message_by_age')
  })
})
