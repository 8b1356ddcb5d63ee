/** Prepare, commit, write: what holds between the three steps. */

import { sql } from 'kysely'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { eachDatabase } from '../../../test/support/databases.js'
import { anOtp } from '../../../test/support/outgoing-message.js'
import { anOutboxWorld, type OutboxWorld } from '../../../test/support/outbox-world.js'
import type { Database } from '../../db/database.js'
import type { InstanceId } from '../../domain/instance.js'

const [bia, ana] = ['5511999990001', '5511999990002']

const eventually = (look: () => unknown) => vi.waitFor(look, { timeout: 60_000, interval: 2 })

/** No row of `message` becomes `sending` any more. Gives what allows it again. */
async function forbidClaims({ dialect, query }: Database): Promise<() => Promise<unknown>> {
  const [forbid, allow] =
    dialect === 'sqlite'
      ? [
          `create trigger no_claims before update on message when new.status = 'sending'
           begin select raise(abort, 'not now'); end`,
          'drop trigger no_claims',
        ]
      : [
          `alter table message add constraint no_claims check (status <> 'sending')`,
          'alter table message drop constraint no_claims',
        ]
  await sql.raw(forbid).execute(query)
  return () => sql.raw(allow).execute(query)
}

eachDatabase('an attempt to send', (openDatabase) => {
  let world: OutboxWorld
  let instanceId: InstanceId

  beforeEach(async () => {
    world = anOutboxWorld(await openDatabase(), { policy: { minGapMs: 0, maxGapMs: 0 } })
    instanceId = await world.anInstance()
  })

  afterEach(() => world.sender[Symbol.asyncDispose]())

  const accept = (phone = ana, more = {}) =>
    world.outbox.accept(instanceId, {
      recipient: { kind: 'person', phone },
      content: anOtp(phone),
      ...more,
    })

  const row = (id: string) =>
    world.database.query
      .selectFrom('message')
      .select(['status', 'attempts'])
      .where('id', '=', id)
      .executeTakeFirstOrThrow()

  /** Preparing a message to this person waits until the function is called. */
  const lookUpOf = (phone: string): (() => void) => {
    let done: (() => void) | undefined
    const lookUp = new Promise<undefined>((resolve) => (done = () => resolve(undefined)))
    world.session.lookUps.set(phone, lookUp)
    return () => done?.()
  }

  it('is claimed and keeps what it needs in one transaction, before it is written', async () => {
    world.failToKeep(new Error('no room on the disk'))
    const { id, whatsappId } = await accept()
    await world.sender.start()
    await eventually(() => expect(world.clock.sleepingMs).toContain(375))
    expect(await row(id)).toEqual({ status: 'queued', attempts: 0 })
    expect([world.session.sends, world.kept]).toEqual([[], []])

    world.failToKeep(undefined)
    await world.clock.advance(375)
    await eventually(() => expect(world.session.sends).toHaveLength(1))
    expect(world.kept).toEqual([whatsappId])
    // What was ready stays ready.
    expect(world.session.prepared).toEqual([whatsappId])
  })

  it('keeps nothing of a message that ended before its turn', async () => {
    const isFound = lookUpOf(ana)
    const { id } = await accept()
    await world.sender.start()
    await eventually(() => expect(world.clock.sleepingMs).toContain(30_000))
    expect(await world.waiting.cancel(instanceId, id)).toBe('cancelled')
    isFound()
    await accept(bia)
    await eventually(() => expect(world.session.texts).toEqual([bia]))
    expect(world.kept).toHaveLength(1)
  })

  it('is not written when its time was over before its turn', async () => {
    const isFound = lookUpOf(ana)
    const { id } = await accept(ana, { expiresInSeconds: 30 })
    await world.sender.start()
    await eventually(() => expect(world.clock.sleepingMs).toContain(30_000))
    await world.clock.advance(30_000)
    isFound()
    await eventually(async () => expect(await row(id)).toEqual({ status: 'expired', attempts: 0 }))
    expect([world.session.sends, world.kept]).toEqual([[], []])
  })

  it('is prepared again at once when its connection ended before its turn', async () => {
    let leave: (() => void) | undefined
    const leaving = new Promise<void>((resolve) => (leave = resolve))
    world.session.answerNext(async () => {
      await leaving
      return { kind: 'not-sent', cause: 'the connection was lost' }
    })
    const [biaIsFound, anaIsFound] = [lookUpOf(bia), lookUpOf(ana)]
    const first = await accept(bia)
    const second = await accept(ana)
    await world.sender.start()
    await eventually(() => expect(world.clock.sleepingMs).toContain(500))
    await world.clock.advance(500)
    anaIsFound()
    await eventually(() => expect(world.session.texts).toEqual([ana]))
    biaIsFound()
    await eventually(() => expect(world.session.prepared).toHaveLength(2))
    world.session.close(instanceId)
    leave?.()
    await eventually(async () =>
      expect(await row(second.id)).toEqual({ status: 'queued', attempts: 0 }),
    )
    const reopenedAt = world.clock.now()
    world.connect(instanceId)
    await eventually(() => expect(world.session.texts).toEqual([ana, bia, ana]))
    const prepared = [second, first, first, second].map(({ whatsappId }) => whatsappId)
    expect(world.session.prepared).toEqual(prepared)
    // No wait was spent on it.
    expect(world.session.sends[1]?.at).toBe(reopenedAt)
    await eventually(async () =>
      expect(await row(first.id)).toEqual({ status: 'sent', attempts: 1 }),
    )
  })

  it('gets its turn after claims have failed, also while others are being prepared', async () => {
    const allow = await forbidClaims(world.database)
    const biaIsFound = lookUpOf(bia)
    await accept(bia)
    await accept(ana)
    await world.sender.start()
    await eventually(() => expect(world.clock.sleepingMs).toContain(500))
    await world.clock.advance(500)
    await eventually(() => expect(world.clock.sleepingMs).toContain(375))
    const anaIsFound = lookUpOf(ana)
    await allow()
    biaIsFound()
    anaIsFound()
    await world.clock.advance(375)
    await eventually(() => expect(world.session.texts.toSorted()).toEqual([bia, ana]))
  })

  it('waits longer and longer between claims that fail, whatever else there is to send', async () => {
    const allow = await forbidClaims(world.database)
    for (let index = 0; index < 20; index += 1) await accept(`55119999900${10 + index}`)
    await world.sender.start()
    for (const ms of [375, 750, 1_500, 3_000]) {
      await eventually(() => expect(world.clock.sleepingMs).toContain(ms))
      await world.clock.advance(ms)
    }
    await eventually(() => expect(world.clock.sleepingMs).toContain(6_000))
    await allow()
    await world.clock.advance(6_000)
    await eventually(() => expect(world.session.sends).toHaveLength(20))
  })
})
