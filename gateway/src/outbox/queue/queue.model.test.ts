/**
 * Plays random days of two instances and checks what holds whatever happens: order within a chat,
 * no chat held up by another, the more urgent first, pacing, expiry, the cap, idempotency, one ending
 * each. About 800 operations in the suite; `npm run model -- 100000` goes on for longer.
 */

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { modelOperations, modelSeed } from '../../../test/support/long-runs.js'
import { ManualClock } from '../../../test/support/manual-clock.js'
import { anOutboxWorld } from '../../../test/support/outbox-world.js'
import {
  anOperation,
  type Kind,
  maxWaiting,
  type Operation,
  Play,
  pretendMedia,
  withGaps,
  withoutGaps,
} from '../../../test/support/queue-play.js'
import {
  expectNoSendAfterCancelling,
  expectNothingHeldUp,
  expectNothingKept,
  expectNothingLate,
  expectOneEndingEach,
  expectOrder,
  expectPacing,
  expectUrgentFirst,
} from '../../../test/support/queue-rules.js'
import type { Database } from '../../db/database.js'
import { openDatabase } from '../../db/open-database.js'

/** A database that many plays have filled is slow, and shows no more than a new one. */
const mostOperationsADatabase = 2_000

async function inNewDatabase<T>(act: (database: Database) => Promise<T>): Promise<T> {
  const dataDir = await mkdtemp(join(tmpdir(), 'recado-test-queue-'))
  const database = await openDatabase({ dataDir })
  try {
    return await act(database)
  } finally {
    await database[Symbol.asyncDispose]()
    await rm(dataDir, { recursive: true, force: true })
  }
}

async function play(
  database: Database,
  operations: readonly Operation[],
  seed: number,
  kind: Kind,
): Promise<Play> {
  let state = seed
  const random = () => {
    state = (state * 48_271) % 2_147_483_647
    return state / 2_147_483_647
  }
  const clock = new ManualClock(undefined, () => database.transaction(async () => {}))
  const { policy } = kind
  const media = pretendMedia(clock, random)
  const world = anOutboxWorld(database, { policy, maxWaiting, random, clock, media })
  const instances = [await world.anInstance(), await world.anInstance('closed')]
  const game = new Play(world, instances, kind)
  await world.sender.start()
  try {
    for (const each of operations) await game.run(each)
    await game.drain()
  } finally {
    await world.sender[Symbol.asyncDispose]()
  }
  return game
}

it.each([
  ['with gaps', withGaps],
  ['without gaps', withoutGaps],
])(
  '%s it keeps order, pacing, expiry and the cap, and ends everything in exactly one way',
  async (name, kind) => {
    const databases = Math.ceil(modelOperations / 2 / mostOperationsADatabase)
    const least = Math.ceil(modelOperations / 2 / databases)
    if (databases > 1) process.stdout.write(`${name}: seed ${modelSeed}\n`)
    for (let done = 1; done <= databases; done += 1) {
      const seed = databases > 1 ? modelSeed + done : undefined
      const played = await inNewDatabase((database) => playMany(database, kind, least, seed))
      expect(played).toBeGreaterThanOrEqual(least)
      if (databases > 1) process.stdout.write(`${name}: ${done * least} operations\n`)
    }
  },
  7_200_000,
)

/** Plays at least so many operations; resolves to how many it were. */
async function playMany(
  database: Database,
  kind: Kind,
  least: number,
  given: number | undefined,
): Promise<number> {
  let played = 0
  await fc.assert(
    fc.asyncProperty(
      fc.array(anOperation, { minLength: 5, maxLength: 60, size: 'max' }),
      fc.integer({ min: 1, max: 1_000_000 }),
      async (operations, seed) => {
        if (played >= least) return
        played += operations.length
        const game = await play(database, operations, seed, kind)
        expectOneEndingEach(game)
        expectOrder(game)
        expectNothingHeldUp(game)
        expectUrgentFirst(game)
        expectPacing(game)
        expectNothingLate(game)
        expectNoSendAfterCancelling(game)
        expect(
          game.refusals.filter(({ waiting, isOpen }) => isOpen || waiting < maxWaiting),
        ).toEqual([])
        await expectNothingKept(database, game)
      },
    ),
    { numRuns: Math.ceil(least / 5), ...(given !== undefined && { seed: given }) },
  )
  return played
}
