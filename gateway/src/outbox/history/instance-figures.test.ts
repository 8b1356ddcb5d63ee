/** What the page of all instances shows of each: what waits, since when, and when it last sent. */

import { expect, it } from 'vitest'
import { eachDatabase } from '../../../test/support/databases.js'
import { anOutboxWorld } from '../../../test/support/outbox-world.js'
import { MessageDays } from './day-figures.js'
import { readOldestWaiting } from './outbox-figures.js'

const content = { kind: 'text', text: 'Oi' } as const
const recipient = { kind: 'person', phone: '5511999990001' } as const

eachDatabase('each instance', (open) => {
  it('has its own waiting messages, oldest one and last send, or none', async () => {
    const database = await open()
    const world = anOutboxWorld(database)
    const [busy, quiet] = [await world.anInstance('closed'), await world.anInstance('closed')]
    await world.anInstance('closed')
    const row = async (of: typeof busy, change: object) => {
      const { id } = await world.outbox.accept(of, { recipient, content })
      await database.query.updateTable('message').set(change).where('id', '=', id).execute()
    }
    await row(busy, { status: 'sent', accepted_at: 1, sent_at: 5 })
    await row(busy, { status: 'read', accepted_at: 2, sent_at: 9 })
    await row(busy, { status: 'failed', accepted_at: 3, failure: 'cancelled' })
    await row(busy, { accepted_at: 20 })
    await row(busy, { status: 'unknown', accepted_at: 10 })
    await row(busy, { status: 'sending', accepted_at: 30 })
    await row(quiet, { status: 'sent', accepted_at: 4, sent_at: 7 })

    const days = new MessageDays({ database, clock: world.clock })
    expect([...(await days.waiting())]).toEqual([[busy, 3]])
    expect([...(await readOldestWaiting(database.query))]).toEqual([[busy, 10]])
    expect(new Map(await days.lastSends())).toEqual(
      new Map([
        [busy, 9],
        [quiet, 7],
      ]),
    )
  })
})
