/**
 * `npm run torture -- --kills 200 [--within SECONDS] [--accepts N] [--database sqlite|postgres]
 * [--worlds N] [--seed N] [--pool] [--nodes N] [--older COMMIT]`:
 * integrators send codes while the gateway is killed again and again; then
 * everything accepted is looked for on the phones, on their companions and among
 * the callbacks. Several worlds at once, because a gateway that starts mostly waits. With `--pool` the
 * integrators send through a pool of three numbers, of which one after the other is banned and let in again.
 * With `--nodes 3` three gateways share one PostgreSQL database; `--kills` counts all faults then, at least four of
 * them (`nodes.ts`). With `--older` the nodes begin with the program
 * of that commit, and each one that is killed or ended comes back with this version: the first one at the end.
 * It fails if there was time for no kill at all.
 */

import { parseArgs } from 'node:util'
import { buildGateway } from '../gateway/test/support/build.js'
import { seeded } from './deaths.js'
import { type NodesOutcome, tortureNodes } from './nodes.js'
import { olderProgram } from './older.js'
import { isAllClean, report } from './report.js'
import { torture } from './run.js'
import { MortalPostgres } from './store.js'
import { World } from './world.js'

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '200' },
    accepts: { type: 'string', default: '0' },
    within: { type: 'string', default: '0' },
    worlds: { type: 'string', default: '3' },
    database: { type: 'string', default: 'both' },
    pool: { type: 'boolean', default: false },
    nodes: { type: 'string', default: '0' },
    older: { type: 'string' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
  },
})
const kills = wholeNumber('kills')
const seed = wholeNumber('seed')
const nodes = wholeNumber('nodes')
const worldCount = nodes > 0 ? 1 : Math.max(1, Math.min(wholeNumber('worlds'), kills))
const database = nodes > 0 ? 'postgres' : values.database
if (database !== 'sqlite' && database !== 'postgres' && database !== 'both')
  throw new Error('--database takes sqlite, postgres or both')
/** Of both, every third world is on PostgreSQL: their deaths cost most. */
const postgresEach = { sqlite: Infinity, postgres: 1, both: 3 }[database]
const accepts = wholeNumber('accepts')
/** When the last may die, counted from when the numbers are paired: a slow machine kills fewer. 0 for as long as it takes. */
const withinSeconds = wholeNumber('within') || Infinity
/** Enough that most lives send something. */
const leastAcceptsALife = 5
/** Most deaths come before the end of a life. */
const ofALife = 0.5
const acceptsALife = Math.max(leastAcceptsALife, Math.ceil(accepts / kills / ofALife))
const lifeMs = 1_200

const startedAt = Date.now()
await using built = await buildGateway()
const program = await built.withFirst(new URL('mortal-gateway.ts', import.meta.url))
await using older = values.older === undefined ? undefined : await olderProgram(values.older)
await using server = database === 'sqlite' ? undefined : await MortalPostgres.start()
const openWorld = (index: number): Promise<World> =>
  World.open({
    program,
    older: older?.program,
    server: serverOf(index),
    instances: nodes > 0 ? nodes + 1 : values.pool ? 3 : 2,
    hasPool: values.pool,
    hasNodes: nodes > 0,
    people: nodes > 0 ? 3 : 4,
    hasShortLives: accepts === 0 && nodes === 0,
  })
// The first leaves the compiled program to the others.
const first = await openWorld(0)
const others = Array.from({ length: worldCount - 1 }, (_, index) => openWorld(index + 1))
const opened = [first, ...(await Promise.all(others))]
print(`${worldCount} worlds opened after ${seconds()} s`)

const killUntil = Date.now() + withinSeconds * 1_000
let killed = 0
let accepted = 0
const outcomes = await Promise.all(
  opened.map((world, index) =>
    nodes > 0
      ? onNodes(world)
      : torture({
          world,
          server: serverOf(index),
          kills: Math.floor((kills + index) / worldCount),
          accepts: Math.ceil(accepts / worldCount),
          lives: {
            lifeMs,
            accepts: acceptsALife,
            isCounted: accepts > 0,
            hasServer: serverOf(index) !== undefined,
          },
          hasTime: () => Date.now() < killUntil,
          random: seeded(seed * worldCount + index),
          onKill: showProgress,
        }),
  ),
)
for (const world of opened) await world[Symbol.asyncDispose]()
const serverKills = server?.kills ?? 0
print(report(outcomes, { kills: killed, database, serverKills, seed, seconds: seconds() }))
const wasProven = killed > 0 || kills === 0
if (!wasProven) print('Nothing was killed, so this proves nothing: give it more time by --within.')
process.exitCode = isAllClean(outcomes) && wasProven ? 0 : 1

async function onNodes(world: World): Promise<NodesOutcome> {
  if (server === undefined) throw new Error('nodes need PostgreSQL')
  const outcome = await tortureNodes({
    world,
    server,
    nodes,
    faults: kills,
    hasTime: () => Date.now() < killUntil,
    random: seeded(seed),
    onFault: () => showProgress(0),
  })
  const { handovers, longestUnownedMs } = outcome.ownership
  print(`${handovers} hand-overs, longest time without a node ${longestUnownedMs} ms`)
  print(`${outcome.answered} calls answered by or for another node`)
  return outcome
}

function serverOf(index: number): MortalPostgres | undefined {
  return (index + 1) % postgresEach === 0 ? server : undefined
}

function wholeNumber(name: 'nodes' | 'kills' | 'accepts' | 'within' | 'worlds' | 'seed'): number {
  const number = Number(values[name])
  if (Number.isInteger(number) && number >= 0) return number
  throw new Error(`--${name} takes a whole number`)
}

function showProgress(acceptedSince: number): void {
  killed += 1
  accepted += acceptedSince
  if (killed % 10 !== 0) return
  print(`${killed} of ${kills} kills, ${accepted} accepted, ${seconds()} s`)
}

function seconds(): number {
  return Math.round((Date.now() - startedAt) / 1_000)
}

function print(text: string): void {
  process.stdout.write(`${text}\n`)
}
