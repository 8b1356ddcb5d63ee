/**
 * `npm run torture -- --kills 200`: integrators send codes while the gateway is
 * killed again and again; then everything accepted is looked for on the phones,
 * on their companions and among the callbacks.
 */

import { setTimeout as delay } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import type { ReceivedCallback } from '../sandbox/src/callback-receiver.js'
import { Callers } from './callers.js'
import { seeded } from './deaths.js'
import { Kills } from './kills.js'
import {
  type Accepted,
  isClean,
  judge,
  type Seen,
  type ToldCallback,
  type Verdict,
} from './verdict.js'
import { World } from './world.js'

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '200' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
  },
})
const kills = wholeNumber('kills')
const seed = wholeNumber('seed')
/** How long what is in flight at the end may take, in milliseconds. Longer than any code lives. */
const settleMs = 150_000
const lookAgainMs = 200
/** Accepted and not yet told to be sent or failed. */
const mostInLine = 24

const startedAt = Date.now()
const random = seeded(seed)
await using world = await World.open({ instances: 2, people: 4 })
const killing = new Kills({ world, kills, random, onKill: showProgress })
const callers: Callers = new Callers({
  url: world.url,
  clientToken: world.clientToken,
  instances: world.instances,
  people: world.people.map(({ phone }) => phone.phone),
  random,
  atOnce: 4,
  mayCall: () => callers.accepted.length - endedSoFar() < mostInLine,
  onAccepted: () => killing.accepted(),
})
await killing.run()
const last = await world.startGateway()
await callers.finish()
await untilSettled(callers.accepted)
await last[Symbol.asyncDispose]()
const verdict = judge(callers.accepted, seenIn(world))
const complaints = world.databaseComplaints()
report(verdict, complaints)
process.exitCode = isClean(verdict) && complaints.length === 0 ? 0 : 1

function wholeNumber(name: keyof typeof values): number {
  const number = Number(values[name])
  if (Number.isInteger(number) && number >= 0) return number
  throw new Error(`--${name} takes a whole number`)
}

/** Until everything is as it should be, or for as long as it could still become so. */
async function untilSettled(accepted: readonly Accepted[]): Promise<void> {
  const deadline = Date.now() + settleMs
  while (Date.now() < deadline && !isClean(judge(accepted, seenIn(world)))) await delay(lookAgainMs)
}

function endedSoFar(): number {
  const zaapIds = world.receiver.received.flatMap(({ body }) =>
    body['type'] === 'DeliveryCallback' ? [body['zaapId']] : [],
  )
  return new Set(zaapIds).size
}

function seenIn({ people, receiver }: World): Seen {
  return {
    phones: new Map(
      people.map(({ phone }) => [
        phone.phone,
        phone.messages.map(({ text, at }) => ({ text, at })),
      ]),
    ),
    companions: new Map(people.map(({ phone, companion }) => [phone.phone, companion.texts()])),
    callbacks: receiver.received.map(told),
  }
}

function told({ headers, body }: ReceivedCallback): ToldCallback {
  const text = (name: string): string | undefined =>
    typeof body[name] === 'string' ? body[name] : undefined
  return {
    deliveryId: String(headers['webhook-id']),
    type: text('type') ?? '',
    zaapId: text('zaapId'),
    error: text('error'),
    status: text('status'),
    ids: Array.isArray(body['ids']) ? body['ids'].map(String) : [],
  }
}

function showProgress(done: number): void {
  if (done % 10 !== 0 && done !== kills) return
  print(`${done} of ${kills} kills, ${callers.accepted.length} accepted, ${seconds()} s`)
}

function report(found: Verdict, ofDatabase: readonly string[]): void {
  const moments = [...killing.byKind].map(([kind, count]) => `${kind} ${count}`).join(', ')
  const waits = world.people.flatMap(({ phone }) => phone.waitingFor)
  print(`
kills             ${kills} (${moments})
accepted          ${found.accepted}, after ${callers.repeats} repeated requests
on the phones     ${found.shown}
expired or failed ${found.ended}, each with its callback
unconfirmed       ${found.unconfirmed}
lost              ${found.lost.length}
doubled           ${found.doubled.length}
late              ${found.late.length}
callbacks missing ${found.untold.length}
callbacks wrong   ${found.toldWrong.length}
unreadable        ${waits.length}
database          ${ofDatabase.length === 0 ? 'intact' : ofDatabase.join('; ')}
took              ${seconds()} s, seed ${seed}`)
  for (const name of ['lost', 'doubled', 'late', 'untold', 'toldWrong'] as const)
    if (found[name].length > 0) print(`${name}: ${found[name].slice(0, 20).join(' ')}`)
}

function seconds(): number {
  return Math.round((Date.now() - startedAt) / 1_000)
}

function print(text: string): void {
  process.stdout.write(`${text}\n`)
}
