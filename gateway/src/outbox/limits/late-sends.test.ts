/** A message that would expire before its turn. */

import { beforeEach, describe, expect, it } from 'vitest'
import { eachDatabase } from '../../../test/support/databases.js'
import { anOtp } from '../../../test/support/outgoing-message.js'
import { anOutboxWorld, type OutboxWorld } from '../../../test/support/outbox-world.js'
import type { Database } from '../../db/database.js'
import { text } from '../../domain/content/text.js'
import { WouldExpireError } from '../../domain/errors.js'
import type { InstanceId } from '../../domain/instance.js'
import type { Submission } from '../submission.js'

const gapMs = 10_000
const policy = { minGapMs: gapMs, maxGapMs: gapMs }

eachDatabase('a message whose turn is after its expiry', (openDatabase) => {
  let database: Database
  let world: OutboxWorld
  let instanceId: InstanceId
  let count = 0

  beforeEach(async () => {
    database = await openDatabase()
    world = anOutboxWorld(database, { policy })
    instanceId = await world.anInstance('closed')
  })

  const accept = (content: Submission['content'], expiresInSeconds?: number) => {
    count += 1
    const phone = String(5_511_888_880_000 + count)
    const submission = { recipient: { kind: 'person', phone }, content, expiresInSeconds } as const
    return world.outbox.accept(instanceId, submission)
  }

  describe('is refused', () => {
    it('with the seconds until it would not be, and stored nowhere', async () => {
      for (let codes = 0; codes < 5; codes += 1) await accept(anOtp())
      world.session.open(instanceId)
      const refusal = await accept(anOtp(), 30).catch((cause: unknown) => cause)
      expect(refusal).toBeInstanceOf(WouldExpireError)
      expect(refusal).toMatchObject({ statusCode: 429, retryAfterSeconds: 20 })
      expect(await world.waiting.count(instanceId)).toBe(5)
      await accept(anOtp(), 60)
    })

    it('only behind what leaves before it: a campaign of texts delays no code', async () => {
      for (let texts = 0; texts < 8; texts += 1) await accept(text('offer'))
      world.session.open(instanceId)
      expect(await accept(anOtp(), 30)).not.toHaveProperty('lateAt')
    })

    it('never while the instance is disconnected: its turn is not known', async () => {
      for (let codes = 0; codes < 5; codes += 1) await accept(anOtp())
      expect(await accept(anOtp(), 30)).not.toHaveProperty('lateAt')
    })

    it('never without an expiry', async () => {
      for (let codes = 0; codes < 5; codes += 1) await accept(anOtp())
      world.session.open(instanceId)
      expect(await accept(text('whenever'))).not.toHaveProperty('lateAt')
    })
  })

  it('is accepted where the instance is set so, and the answer tells the moment', async () => {
    world = anOutboxWorld(database, { policy, lateSends: 'accept' })
    instanceId = await world.anInstance('closed')
    for (let codes = 0; codes < 5; codes += 1) await accept(anOtp())
    world.session.open(instanceId)
    const accepted = await accept(anOtp(), 30)
    expect(accepted.lateAt).toBe(accepted.acceptedAt + 5 * gapMs)
    expect(await accept(anOtp(), 120)).not.toHaveProperty('lateAt')
  })

  it('is told when each of those that wait will leave', async () => {
    for (let texts = 0; texts < 3; texts += 1) await accept(text(`text ${texts}`))
    await accept(anOtp('123456'))
    expect((await world.waiting.page(instanceId, { limit: 1 })).messages[0]).not.toHaveProperty(
      'expectedAt',
    )
    world.session.open(instanceId)
    const now = world.clock.now()
    const moments: unknown[] = []
    let after: number | undefined
    do {
      const page = await world.waiting.page(instanceId, { after, limit: 2 })
      moments.push(...page.messages.map(({ expectedAt = 0 }) => expectedAt - now))
      after = page.next
    } while (after !== undefined)
    expect(moments).toEqual([0, gapMs, 2 * gapMs, 3 * gapMs])
  })
})
