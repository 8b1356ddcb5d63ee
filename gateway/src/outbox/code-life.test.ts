/** How long a code may wait: as its caller says, else its instance or pool, else the configuration. */

import { beforeEach, expect, it } from 'vitest'
import { eachDatabase } from '../../test/support/databases.js'
import { anOtp } from '../../test/support/outgoing-message.js'
import { anOutboxWorld } from '../../test/support/outbox-world.js'
import type { Database } from '../db/database.js'
import { text } from '../domain/content/text.js'
import type { InstanceId } from '../domain/instance.js'
import type { Submission } from './submission.js'

const recipient = { kind: 'person', phone: '5511999990001' } as const

eachDatabase('what is accepted', (open) => {
  let database: Database

  beforeEach(async () => {
    database = await open()
  })

  /** In seconds. `ofPool`: as a message of a pool whose codes live so long. */
  const lifeOf = async (
    given: Partial<Submission>,
    { own, ofPool }: { readonly own?: number; readonly ofPool?: number } = {},
  ) => {
    const lives = new Map<InstanceId, number>()
    const world = anOutboxWorld(database, {
      codeLifeMs: 120_000,
      codeLifeSeconds: (id) => lives.get(id),
    })
    const [pool, instanceId] = [await world.anInstance('closed'), await world.anInstance('closed')]
    if (own !== undefined) lives.set(instanceId, own)
    if (ofPool !== undefined) lives.set(pool, ofPool)
    const { id, acceptedAt } = await world.outbox.accept(instanceId, {
      recipient,
      content: anOtp(),
      ...(ofPool === undefined ? {} : { pool: { id: pool, onUnknown: 'wait' } }),
      ...given,
    })
    const row = await database.query
      .selectFrom('message')
      .select('expires_at')
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
    return row.expires_at === null ? undefined : (row.expires_at - acceptedAt) / 1_000
  }

  it('lives as the configuration says, if it is a code and nothing else says how long', async () => {
    expect(await lifeOf({})).toBe(120)
    expect(await lifeOf({ content: text('Abrimos às 8') })).toBeUndefined()
  })

  it('lives as its instance says rather than the configuration, and as its pool rather than its member', async () => {
    expect(await lifeOf({}, { own: 60 })).toBe(60)
    expect(await lifeOf({}, { own: 60, ofPool: 30 })).toBe(30)
  })

  it('lives as its caller says, code or not', async () => {
    expect(await lifeOf({ expiresInSeconds: 15 }, { own: 60 })).toBe(15)
    expect(await lifeOf({ expiresInSeconds: 15, content: text('Abrimos às 8') })).toBe(15)
  })
  it('waits for a member of a pool no longer than until its caller is told, or it expires', async () => {
    const world = anOutboxWorld(database, { codeLifeMs: 120_000 })
    const id = await world.anInstance('closed')
    const patienceMs = (given: Partial<Submission>) =>
      world.outbox.patienceMs(id, { recipient, content: anOtp(), ...given })
    expect(await patienceMs({})).toBe(20_000)
    expect(await patienceMs({ expiresInSeconds: 15 })).toBe(15_000)
    expect(await patienceMs({ content: text('Abrimos às 8') })).toBeUndefined()
  })
})
