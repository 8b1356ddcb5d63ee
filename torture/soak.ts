/**
 * `npm run soak -- --minutes 60 [--rate 4]`: a gateway under steady load, whose connections
 * break every minute. It prints its memory and its handles each minute; at the end
 * they have to be flat, and everything accepted on the phones once and told.
 */

import { setTimeout as delay } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { buildGateway } from '../gateway/test/support/build.js'
import { Callers } from './callers.js'
import { seeded } from './deaths.js'
import { growthOf, type Sample, sampleOf } from './flat.js'
import { Ledger } from './ledger.js'
import { isAllClean, report } from './report.js'
import { settled } from './run.js'
import { World } from './world.js'

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '60' },
    rate: { type: 'string', default: '4' },
  },
})
const minutes = positive('minutes')
/** Messages a second. */
const rate = positive('rate')
const minuteMs = 60_000
/** Memory may grow by so much between the second quarter and the last one. */
const mostGrowth = 0.1

await using built = await buildGateway()
const program = await built.withFirst(new URL('mortal-gateway.ts', import.meta.url))
await using world = await World.open({
  program,
  server: undefined,
  instances: 2,
  people: 20,
  hasPool: false,
  hasNodes: false,
  hasShortLives: false,
})
const gateway = await world.startGateway()
const ledger = new Ledger(world.receiver)
const startedAt = Date.now()
const callers: Callers = new Callers({
  url: () => world.url,
  clientToken: world.clientToken,
  instances: world.senders,
  people: world.people.map(({ phone }) => phone.phone),
  filesUrl: world.files.url,
  random: seeded(1),
  atOnce: 4,
  mayCall: () => callers.accepted.length < ((Date.now() - startedAt) / 1_000) * rate,
  onAccepted: () => undefined,
})

print('minute  accepted   sent  heap MB   RSS MB  handles  files')
const samples: Sample[] = []
for (let minute = 1; minute <= minutes; minute += 1) {
  await delay(startedAt + minute * minuteMs - Date.now())
  gateway.kill('SIGUSR2')
  // The signal may be heard after the first of them.
  await world.figures()
  const sample = sampleOf(await world.figures())
  samples.push(sample)
  const { heapMb, rssMb, handles, files } = sample
  const row = [minute, callers.accepted.length, ledger.ended, heapMb, rssMb, handles, files]
  const widths = [6, 10, 7, 9, 9, 9, 7]
  print(row.map((value, index) => value.toFixed(0).padStart(widths[index] ?? 0)).join(''))
  await world.cutConnections()
}

await callers.finish()
const verdict = await settled(world, callers, ledger)
await gateway[Symbol.asyncDispose]()
const unreadable = world.people.flatMap(({ phone }) => phone.waitingFor).length
const complaints = await world.store.complaints()
const { repeats } = callers
const outcome = { verdict, byKind: new Map(), repeats, bans: 0, complaints, unreadable }
const seconds = Math.round((Date.now() - startedAt) / 1_000)
print(report([outcome], { kills: 0, database: 'sqlite', serverKills: 0, seed: 1, seconds }))
const grown = growthOf(samples)
for (const [name, growth] of Object.entries(grown))
  print(`${name.padEnd(18)}${growth >= 0 ? '+' : ''}${(growth * 100).toFixed(1)} %`)
const isFlat = Object.values(grown).every((growth) => growth <= mostGrowth)
print(
  isFlat
    ? 'flat'
    : `not flat: more than ${mostGrowth * 100} % between the second quarter and the last`,
)
process.exitCode = isFlat && isAllClean([outcome]) ? 0 : 1

function positive(name: 'minutes' | 'rate'): number {
  const number = Number(values[name])
  if (Number.isFinite(number) && number > 0) return number
  throw new Error(`--${name} takes a number above 0`)
}

function print(text: string): void {
  process.stdout.write(`${text}\n`)
}
