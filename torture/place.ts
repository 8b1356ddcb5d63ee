/** One place for a gateway: its address stays the same, whichever process has it. Its links go through proxies of ours. */

import { setTimeout as delay } from 'node:timers/promises'
import { FaultProxy } from '../gateway/test/support/fault-proxy.js'
import { freePort } from '../sandbox/src/free-port.js'
import type { GatewayProcess } from '../sandbox/src/gateway-process.js'
import type { Random } from './deaths.js'
import type { MortalPostgres } from './store.js'
import { nodeLeaseSeconds, type World } from './world.js'

/** To PostgreSQL, to WhatsApp, and from the other nodes. */
const linkNames = ['database', 'WhatsApp', 'nodes'] as const
type LinkName = (typeof linkNames)[number]

export type Fault =
  | 'SIGKILL'
  | 'SIGTERM'
  | 'stopped'
  | 'database killed'
  | `${LinkName} link ${'cut' | 'silent'}`

/** Between each two of them comes a SIGKILL. */
export const otherFaults: readonly Fault[] = [
  'stopped',
  'WhatsApp link silent',
  'database link silent',
  'nodes link silent',
  'SIGTERM',
  'WhatsApp link cut',
  'database link cut',
  'nodes link cut',
  'database killed',
]

/** A node that stands still for so long has lost its instances. */
const longerThanLeaseMs = nodeLeaseSeconds * 1_300
const pauseMs = 1_500
const mostDownMs = 700
const mostStarts = 20

/** Epoch milliseconds. */
export interface Span {
  readonly from: number
  readonly to: number
}

export class Place implements AsyncDisposable {
  readonly url: string
  /** When no gateway here could take an instance. */
  readonly downs: Span[] = []
  readonly #world: World
  readonly #port: number
  readonly #links: Readonly<Record<LinkName, FaultProxy>>
  #process: GatewayProcess | undefined
  /** The version before runs here until the first fault that ends it. */
  #program: string | undefined
  /** What happens to it ends before the next thing begins. */
  #last: Promise<void> = Promise.resolve()

  private constructor(world: World, port: number, links: Readonly<Record<LinkName, FaultProxy>>) {
    this.#world = world
    this.#port = port
    this.#links = links
    this.#program = world.older
    this.url = `http://127.0.0.1:${port}`
  }

  static async open(world: World): Promise<Place> {
    const port = await freePort()
    const place = new Place(world, port, {
      database: await FaultProxy.before(databaseUrl(world)),
      WhatsApp: await FaultProxy.before(world.simulator.url),
      nodes: await FaultProxy.before(`http://127.0.0.1:${port}`),
    })
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
    for (const name of linkNames) await this.#links[name][Symbol.asyncDispose]()
  }

  async #sufferNow(fault: Fault, server: MortalPostgres, random: Random): Promise<void> {
    if (fault === 'SIGKILL' || fault === 'SIGTERM')
      await this.#whileDown(async () => {
        this.#process?.kill(fault)
        await this.#process?.ended
        this.#program = undefined
        await this.#start()
      })
    else if (fault === 'stopped')
      await this.#whileDown(async () => {
        this.#process?.kill('SIGSTOP')
        await delay(longerThanLeaseMs)
        this.#process?.kill('SIGCONT')
      })
    else if (fault === 'database killed') await server.die(random() * mostDownMs)
    else if (fault === 'database link silent')
      await this.#whileDown(() => this.#silence('database'))
    else for (const name of linkNames) await this.#sufferLink(fault, name)
  }

  async #sufferLink(fault: Fault, name: LinkName): Promise<void> {
    if (fault === `${name} link cut`) this.#links[name].cut()
    if (fault === `${name} link silent`) await this.#silence(name)
  }

  async #silence(name: LinkName): Promise<void> {
    this.#links[name].blackHole()
    await delay(longerThanLeaseMs)
    this.#links[name].heal()
  }

  async #whileDown(act: () => Promise<void>): Promise<void> {
    const from = Date.now()
    try {
      await act()
    } finally {
      this.downs.push({ from, to: Date.now() })
    }
  }

  async #start(): Promise<void> {
    const { database, WhatsApp, nodes } = this.#links
    for (let tries = 1; ; tries += 1) {
      try {
        this.#process = await this.#world.startGateway({
          program: this.#program,
          env: {
            RECADO_PORT: String(this.#port),
            RECADO_NODE_URL: new URL(nodes.through(this.url)).origin,
            RECADO_DATABASE_URL: database.through(databaseUrl(this.#world)),
            RECADO_WHATSAPP_URL: WhatsApp.through(this.#world.simulator.url),
          },
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

export function databaseUrl({ store }: World): string {
  return store.env['RECADO_DATABASE_URL'] ?? ''
}
