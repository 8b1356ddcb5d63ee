/**
 * Several gateways on one PostgreSQL database: they are killed, stopped for longer than their lease, and told to
 * end, and each of their links is cut and made silent, while integrators send through all of them.
 */

import { setTimeout as delay } from 'node:timers/promises'
import { Callers } from './callers.js'
import type { Random } from './deaths.js'
import { Ledger } from './ledger.js'
import { inAll, type Ownership, ownershipIn } from './ownership.js'
import { databaseUrl, otherFaults, Place } from './place.js'
import { Questions } from './questions.js'
import { type Outcome, settled } from './run.js'
import type { MortalPostgres } from './store.js'
import type { World } from './world.js'

export interface NodesRunOptions {
  readonly world: World
  readonly server: MortalPostgres
  readonly nodes: number
  /** How many faults, of which every second is a SIGKILL. */
  readonly faults: number
  readonly hasTime: () => boolean
  readonly random: Random
  /** Called after each fault has begun. */
  readonly onFault: () => void
}

export interface NodesOutcome extends Outcome {
  readonly ownership: Ownership
  /** Calls that another node answered. */
  readonly answered: number
}

const pauseMs = 1_500
const mostWaiting = 40
/** On a machine on which the nodes alone took all the time. */
const leastFaults = 4

export async function tortureNodes(options: NodesRunOptions): Promise<NodesOutcome> {
  const { world, server, nodes, random } = options
  const places = await Promise.all(Array.from({ length: nodes }, () => Place.open(world)))
  const openedAt = Date.now()
  const ledger = new Ledger(world.receiver)
  const url = (): string => places[Math.floor(random() * places.length)]?.url ?? world.url
  const { clientToken } = world
  const questions = new Questions({ url, clientToken, instances: world.instances, random })
  const callers: Callers = new Callers({
    url,
    clientToken,
    instances: world.senders,
    people: world.people.map(({ phone }) => phone.phone),
    filesUrl: world.files.url,
    random,
    atOnce: 6,
    mayCall: () => callers.accepted.length - ledger.ended < mostWaiting,
    onAccepted: () => undefined,
  })
  const byKind = await sufferAll(places, options)
  const [last] = places
  if (world.older !== undefined && last !== undefined) {
    last.suffer('SIGTERM', server, random)
    await last.settled()
  }
  await callers.finish()
  const wrongAnswers = await questions.finish()
  const verdict = await settled(world, callers, ledger)
  const allDown = [...inAll(places.map(({ downs }) => downs)), ...server.downs]
  const ownership = await ownershipIn(databaseUrl(world), allDown, openedAt)
  for (const place of places) await place[Symbol.asyncDispose]()
  const tooLong = `an instance had no node for ${ownership.longestUnownedMs} ms`
  return {
    verdict,
    byKind,
    repeats: callers.repeats,
    bans: 0,
    complaints: [
      ...(await world.store.complaints()),
      ...wrongAnswers,
      ...(ownership.isTooLong ? [tooLong] : []),
    ],
    unreadable: world.people.flatMap(({ phone }) => phone.waitingFor).length,
    ownership,
    answered: questions.answered,
  }
}

/** Gives how often each fault was made, after all of them are over. */
async function sufferAll(
  places: readonly Place[],
  { world, server, faults, hasTime, random, onFault }: NodesRunOptions,
): Promise<ReadonlyMap<string, number>> {
  /** The first of an upgrade keeps the older version until all is over. */
  const ending = world.older === undefined ? places : places.slice(1)
  const byKind = new Map<string, number>()
  // A short run has other faults with each seed.
  const first = Math.floor(random() * otherFaults.length)
  for (let done = 0; done < faults && (done < leastFaults || hasTime()); done += 1) {
    await delay(pauseMs * random())
    const other = otherFaults[(first + (done >> 1)) % otherFaults.length]
    const fault = done % 2 === 1 ? 'SIGKILL' : (other ?? 'SIGKILL')
    const struck = fault === 'SIGKILL' || fault === 'SIGTERM' ? ending : places
    const place = struck[Math.floor(random() * struck.length)]
    place?.suffer(fault, server, random)
    // No more than one kill at a time: starts are what costs.
    if (fault === 'SIGKILL') await place?.settled()
    byKind.set(fault, (byKind.get(fault) ?? 0) + 1)
    onFault()
  }
  for (const place of places) await place.settled()
  return byKind
}
