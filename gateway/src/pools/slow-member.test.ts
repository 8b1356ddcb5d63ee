/** A person's member has a long queue: a code that would come too late goes by another member. */

import { afterEach, beforeEach, expect, it } from 'vitest'
import { eachDatabase } from '../../test/support/databases.js'
import { anOtp } from '../../test/support/outgoing-message.js'
import { aPoolWorld, type PoolWorld } from '../../test/support/pool-world.js'
import { text } from '../domain/content/text.js'
import { WouldExpireError } from '../domain/errors.js'
import type { InstanceId } from '../domain/instance.js'

const ana = { kind: 'person', phone: '5511999990001' } as const

eachDatabase('a member with a long queue', (open) => {
  let stage: PoolWorld

  beforeEach(async () => {
    const policy = { minGapMs: 2_000, maxGapMs: 2_000 }
    stage = await aPoolWorld(await open(), { policy })
    for (const member of [stage.first, stage.second]) stage.stand(member, 'open')
  })
  afterEach(() => stage.world.sender[Symbol.asyncDispose]())

  const accept = (expiresInSeconds: number) => {
    const { poolSends, world, pool } = stage
    const submission = { recipient: ana, content: anOtp('123456'), expiresInSeconds }
    return poolSends.accept(world.outbox, pool, { ...submission, priority: 'high' }, {})
  }
  const say = () => {
    const { poolSends, world, pool } = stage
    return poolSends.accept(world.outbox, pool, { recipient: ana, content: text('offer') }, {})
  }
  /** So many codes to other people wait there. */
  const fill = async (member: InstanceId, count: number) => {
    for (let each = 0; each < count; each += 1)
      await stage.world.outbox.accept(member, {
        recipient: { kind: 'person', phone: `551188880${1_000 + each}` },
        content: anOtp('654321'),
        expiresInSeconds: 600,
      })
  }

  it('keeps its people as long as their codes leave in time', async () => {
    await accept(600)
    await fill(stage.first, 5)
    await accept(600)
    expect(new Set((await stage.places()).filter((id) => id !== stage.first))).toEqual(new Set())
  })

  it('leaves a code to another member before its caller would hear that it is not sent', async () => {
    const { first, second } = stage
    await say()
    await fill(first, 12)
    await say()
    await accept(600)
    const places = await stage.places()
    expect([places[0], places.at(-2), places.at(-1)]).toEqual([second, second, second])
    const moved = await stage.world.database.query
      .selectFrom('message')
      .select('moves')
      .where('moves', 'is not', null)
      .execute()
    expect(moved.flatMap(({ moves }) => JSON.parse(moves ?? '[]'))).toMatchObject([
      { from: first, to: second, why: 'order' },
      { from: first, to: second, why: 'order' },
    ])
  })

  it('has the code refused if no other would send it in time either', async () => {
    const { first, second } = stage
    await accept(600)
    await fill(first, 20)
    await fill(second, 20)
    await expect(accept(30)).rejects.toThrow(WouldExpireError)
    expect(await stage.places()).toHaveLength(41)
  })
})
