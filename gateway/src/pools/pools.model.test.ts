/**
 * Plays random days of a pool of three members and checks what holds whatever happens: nothing is
 * lost or sent twice, order within a chat, one member a person, each move for its cause, nothing
 * waits for a member that is away. About 800 operations in the suite; `npm run model -- 100000` goes
 * on for longer.
 */

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { modelOperations, modelSeed } from '../../test/support/long-runs.js'
import { aPoolOperation, type PoolOperation, PoolPlay } from '../../test/support/pool-play.js'
import {
  doubled,
  late,
  outOfOrder,
  wrongEndings,
  wrongMoves,
} from '../../test/support/pool-rules.js'
import { aPoolWorld, by } from '../../test/support/pool-world.js'
import type { Database } from '../db/database.js'
import { openDatabase } from '../db/open-database.js'

/** The suite plays the same days each time; a long run plays new ones. */
const suiteSeed = 20_261_129

/** A database that many plays have filled is slow, and shows no more than a new one. */
const mostOperationsADatabase = 2_000

const policies = [
  { minGapMs: 0, maxGapMs: 0 },
  { minGapMs: 1_000, maxGapMs: 3_000 },
] as const

async function inNewDatabase<T>(act: (database: Database) => Promise<T>): Promise<T> {
  const dataDir = await mkdtemp(join(tmpdir(), 'recado-test-pools-'))
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
  operations: readonly PoolOperation[],
  seed: number,
): Promise<readonly string[]> {
  let state = seed
  const random = () => {
    state = (state * 48_271) % 2_147_483_647
    return state / 2_147_483_647
  }
  const policy = policies[seed % 2] ?? policies[0]
  const stage = await aPoolWorld(database, { policy, random })
  const third = await stage.world.anInstance()
  await stage.pools.setMember(stage.pool, third, 1, by)
  stage.stand(third, 'open')
  const game = new PoolPlay(stage, third)
  await stage.world.sender.start()
  stage.failover.start()
  try {
    for (const each of operations) await game.run(each)
    await game.drain()
  } finally {
    await stage.failover[Symbol.asyncDispose]()
    await stage.world.sender[Symbol.asyncDispose]()
  }
  const rows = await game.rows()
  return [
    ...game.wrong,
    ...wrongEndings(game),
    ...doubled(game),
    ...outOfOrder(game, rows),
    ...late(game),
    ...wrongMoves(game, rows),
  ]
}

async function playMany(database: Database, least: number, seed: number): Promise<number> {
  let played = 0
  await fc.assert(
    fc.asyncProperty(
      fc.array(aPoolOperation, { minLength: 5, maxLength: 60, size: 'max' }),
      fc.integer({ min: 1, max: 1_000_000 }),
      async (operations, chance) => {
        if (played >= least) return
        played += operations.length
        expect(await play(database, operations, chance)).toEqual([])
      },
    ),
    { numRuns: Math.ceil(least / 5), seed },
  )
  return played
}

it('sends each message once, in the order of its chat and by the member of its person, whatever happens to its members', async () => {
  const databases = Math.ceil(modelOperations / mostOperationsADatabase)
  const least = Math.ceil(modelOperations / databases)
  const seed = modelOperations < mostOperationsADatabase ? suiteSeed : modelSeed
  if (databases > 1) process.stdout.write(`pools: seed ${seed}\n`)
  for (let done = 1; done <= databases; done += 1) {
    const played = await inNewDatabase((database) => playMany(database, least, seed + done))
    expect(played).toBeGreaterThanOrEqual(least)
    if (databases > 1) process.stdout.write(`pools: ${done * least} operations\n`)
  }
}, 7_200_000)
