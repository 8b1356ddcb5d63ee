/**
 * Several gateways on one PostgreSQL database: they are killed, stopped for longer than their lease, cut off
 * from the database, and told to end, while integrators send through all of them.
 */

import { setTimeout as delay } from 'node:timers/promises'
import { FaultProxy } from '../gateway/test/support/fault-proxy.js'
import { freePort } from '../sandbox/src/free-port.js'
import type { GatewayProcess } from '../sandbox/src/gateway-process.js'
import { Callers } from './callers.js'
import type { Random } from './deaths.js'
import { Ledger } from './ledger.js'
import { Ownership } from './ownership.js'
import { type Outcome, settled } from './run.js'
import type { MortalPostgres } from './store.js'
import { nodeLeaseSeconds, type World } from './world.js'

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
  /** The longest time in which no living node held a lease that had been held, in ms. */
  readonly longestUnownedMs: number
}

type Fault = 'SIGKILL' | 'SIGTERM' | 'stopped' | 'link cut' | 'link silent' | 'database killed'

const others: readonly Fault[] = [
  'stopped',
  'link silent',
  'SIGTERM',
  'link cut',
  'database killed',
]
/** A node that stands still for so long has lost its instances. */
const longerThanLeaseMs = nodeLeaseSeconds * 1_300
const pauseMs = 1_500
const mostDownMs = 700

/** One place for a gateway: its address stays the same, whichever process has it. */
class Place implements AsyncDisposable {
  readonly url: string
  readonly #world: World
  readonly #port: number
  readonly #link: FaultProxy
  #process: GatewayProcess | undefined
  /** What happens to it ends before the next thing begins. */
  #last: Promise<void> = Promise.resolve()

  private constructor(world: World, port: number, link: FaultProxy) {
    this.#world = world
    this.#port = port
    this.#link = link
    this.url = `http://127.0.0.1:${port}`
  }

  static async open(world: World): Promise<Place> {
    const link = await FaultProxy.before(world.store.env['RECADO_DATABASE_URL'] ?? '')
    const place = new Place(world, await freePort(), link)
    await place.#start()
    return place
  }

  suffer(fault: Fault, server: MortalPostgres, random: Random): void {
    const next = async () => {
      await this.#last
      await this.#sufferNow(fault, server, random)
    }
    this.#last = next()
  }

  /** Every fault is over, and a gateway runs there. */
  settled(): Promise<void> {
    return this.#last
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#last
    await this.#process?.[Symbol.asyncDispose]()
    await this.#link[Symbol.asyncDispose]()
  }

  async #sufferNow(fault: Fault, server: MortalPostgres, random: Random): Promise<void> {
    if (fault === 'SIGKILL' || fault === 'SIGTERM') {
      this.#process?.kill(fault)
      await this.#process?.ended
      await this.#start()
    } else if (fault === 'stopped') {
      this.#process?.kill('SIGSTOP')
      await delay(longerThanLeaseMs)
      this.#process?.kill('SIGCONT')
    } else if (fault === 'link silent') {
      this.#link.blackHole()
      await delay(longerThanLeaseMs)
      this.#link.heal()
    } else if (fault === 'link cut') this.#link.cut()
    else await server.die(random() * mostDownMs)
  }

  async #start(): Promise<void> {
    const url = this.#link.through(this.#world.store.env['RECADO_DATABASE_URL'] ?? '')
    for (let tries = 1; ; tries += 1) {
      try {
        this.#process = await this.#world.startGateway({
          env: { RECADO_PORT: String(this.#port), RECADO_DATABASE_URL: url },
        })
        return
      } catch (cause) {
        // The database died meanwhile.
        if (tries === mostStarts) throw cause
        await delay(pauseMs)
      }
    }
  }
}

const mostStarts = 20

export async function tortureNodes(options: NodesRunOptions): Promise<NodesOutcome> {
  const { world, server, nodes, faults, hasTime, random, onFault } = options
  const places: Place[] = []
  for (let n = 0; n < nodes; n += 1) places.push(await Place.open(world))
  const ledger = new Ledger(world.receiver)
  const ownership = new Ownership(world.store.env['RECADO_DATABASE_URL'] ?? '')
  const callers: Callers = new Callers({
    url: () => places[Math.floor(random() * places.length)]?.url ?? world.url,
    clientToken: world.clientToken,
    instances: world.senders,
    people: world.people.map(({ phone }) => phone.phone),
    filesUrl: world.files.url,
    random,
    atOnce: 6,
    mayCall: () => callers.accepted.length - ledger.ended < mostWaiting,
    onAccepted: () => undefined,
  })
  const byKind = new Map<string, number>()
  for (let done = 0; done < faults && hasTime(); done += 1) {
    await delay(pauseMs * random())
    const fault = done % 2 === 0 ? 'SIGKILL' : (others[(done >> 1) % others.length] ?? 'SIGKILL')
    const place = places[Math.floor(random() * places.length)]
    place?.suffer(fault, server, random)
    // No more than one kill at a time: starts are what costs.
    if (fault === 'SIGKILL') await place?.settled()
    byKind.set(fault, (byKind.get(fault) ?? 0) + 1)
    onFault()
  }
  for (const place of places) await place.settled()
  await callers.finish()
  const verdict = await settled(world, callers, ledger)
  const longestUnownedMs = await ownership.finish()
  for (const place of places) await place[Symbol.asyncDispose]()
  return {
    verdict,
    byKind,
    repeats: callers.repeats,
    bans: 0,
    complaints: await world.store.complaints(),
    unreadable: world.people.flatMap(({ phone }) => phone.waitingFor).length,
    longestUnownedMs,
  }
}

const mostWaiting = 40
