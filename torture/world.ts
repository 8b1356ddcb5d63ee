/** The world of a run: a pretend WhatsApp, people with a companion each, a receiver, and one gateway after the other. */

import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Phone, type Simulator, startSimulator } from '@recado/simulator'
import { sqliteEdition } from '../gateway/src/db/sqlite-library.js'
import { CallbackReceiver } from '../sandbox/src/callback-receiver.js'
import { freePort } from '../sandbox/src/free-port.js'
import { GatewayClient, type SandboxInstance } from '../sandbox/src/gateway-client.js'
import { type GatewayProcess, startGatewayProcess } from '../sandbox/src/gateway-process.js'
import { pair, placeOf, sandboxSettings } from '../sandbox/src/sandbox.js'
import { type Companion, linkCompanion } from '../simulator/test/support/companion.js'
import { FileServer } from './file-server.js'
import { type MortalPostgres, sqliteIn, type Store } from './store.js'

export interface Person {
  readonly phone: Phone
  readonly companion: Companion
}

export interface WorldOptions {
  /** The gateway with `mortal-gateway.ts` before it. */
  readonly program: string
  /** A program of the version before, which pairs the instances and which nodes run until they are started again. */
  readonly older?: string | undefined
  /** Where its database is made; a file without it. */
  readonly server: MortalPostgres | undefined
  readonly instances: number
  readonly people: number
  /** Whether the instances are the members of a pool, through which all is sent. */
  readonly hasPool: boolean
  /** Whether several gateways share the database. */
  readonly hasNodes: boolean
  /** Whether gateways die before they have sent much. */
  readonly hasShortLives: boolean
}

/** A start makes more than a small nursery holds; `mortal-gateway.ts` collects when it is told to. */
const nodeOptions = ['--min-semi-space-size=64', '--max-semi-space-size=64', '--expose-gc']
/** A short life ends before V8's optimizer pays. */
const shortLifeOptions = ['--no-opt']

/** Shorter than the default, so that more of them end in a run. */
export const nodeLeaseSeconds = 6

function nodesEnv(): Readonly<Record<string, string>> {
  return {
    // Releases before the first that shares a database unasked need it.
    RECADO_NODES: 'true',
    RECADO_NODE_LEASE_SECONDS: String(nodeLeaseSeconds),
    RECADO_MASTER_KEY: randomBytes(32).toString('base64'),
  }
}

export class World implements AsyncDisposable {
  readonly simulator: Simulator
  readonly receiver: CallbackReceiver
  /** Has the documents that messages give by their URL. */
  readonly files: FileServer
  readonly store: Store
  readonly people: Person[] = []
  readonly instances: SandboxInstance[] = []
  /** What integrators send through: the instances, or their pool. */
  readonly senders: SandboxInstance[] = []
  readonly hasPool: boolean
  readonly clientToken = `F${randomBytes(16).toString('hex')}S`
  readonly #partnerToken = randomBytes(24).toString('hex')
  readonly #nodesEnv: Readonly<Record<string, string>>
  readonly #ownPhones: string[] = []
  readonly #dataDir: string
  readonly #program: string
  /** Undefined without one. */
  readonly older: string | undefined
  readonly #nodeOptions: readonly string[]
  readonly #port: number
  readonly #opened: AsyncDisposable[]

  private constructor(parts: {
    readonly simulator: Simulator
    readonly receiver: CallbackReceiver
    readonly files: FileServer
    readonly store: Store
    readonly dataDir: string
    readonly options: WorldOptions
    readonly port: number
    readonly opened: AsyncDisposable[]
  }) {
    this.simulator = parts.simulator
    this.receiver = parts.receiver
    this.files = parts.files
    this.store = parts.store
    this.#dataDir = parts.dataDir
    this.#program = parts.options.program
    this.older = parts.options.older
    this.hasPool = parts.options.hasPool
    this.#nodesEnv = parts.options.hasNodes ? nodesEnv() : {}
    this.#nodeOptions = parts.options.hasShortLives
      ? [...nodeOptions, ...shortLifeOptions]
      : nodeOptions
    this.#port = parts.port
    this.#opened = parts.opened
  }

  /** Pairs the instances and links the companions; the gateway that did it is stopped again. */
  static async open(options: WorldOptions): Promise<World> {
    const directory = await mkdtemp(join(tmpdir(), 'recado-torture-'))
    const dataDir = join(directory, 'gateway')
    const simulator = await startSimulator({ dataDir: join(directory, 'simulator') })
    const receiver = await CallbackReceiver.start()
    const files = await FileServer.start()
    const world = new World({
      simulator,
      receiver,
      files,
      store: (await options.server?.newDatabase()) ?? sqliteIn(dataDir),
      dataDir,
      options,
      port: await freePort(),
      opened: [
        { [Symbol.asyncDispose]: () => rm(directory, { recursive: true, force: true }) },
        simulator,
        receiver,
        files,
      ],
    })
    await world.#populate(options)
    return world
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`
  }

  /** What `/metrics` of the running gateway says. */
  async figures(): Promise<string> {
    const headers = { authorization: `Bearer ${this.#partnerToken}` }
    const response = await fetch(`${this.url}/metrics`, { headers })
    if (!response.ok) throw new Error(`/metrics answered ${response.status}`)
    return response.text()
  }

  /** Cuts the connection of every instance, as a network does. */
  async cutConnections(): Promise<void> {
    const connections = this.#ownPhones.map((phone) => ({ phone, device: 1, action: 'drop' }))
    await this.#setFaults({ connections })
  }

  /** WhatsApp lets this number in no more: it is banned when it connects next, which is now. Gives its instance. */
  async ban(index: number): Promise<SandboxInstance> {
    const phone = this.#ownPhones[index % this.#ownPhones.length]
    const instance = this.instances[index % this.instances.length]
    if (phone === undefined || instance === undefined) throw new Error('nothing to ban')
    await this.#setFaults({ logins: [{ code: 403, phone }] })
    await this.#setFaults({ connections: [{ phone, action: 'drop' }] })
    return instance
  }

  /** Every number is let in again. */
  async letIn(): Promise<void> {
    await this.#setFaults({ logins: [] })
  }

  async #setFaults(faults: object): Promise<void> {
    const response = await fetch(`${this.simulator.controlUrl}/faults`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(faults),
    })
    if (!response.ok) throw new Error(`PUT /faults: ${await response.text()}`)
  }

  /** `planted` is a death in the words of `mortal-gateway.ts`. Rejects with `StartError` when it dies before it listens. */
  startGateway(
    death: {
      readonly planted?: string
      readonly end?: AbortSignal
      readonly env?: Readonly<Record<string, string>>
      readonly program?: string | undefined
    } = {},
  ): Promise<GatewayProcess> {
    return startGatewayProcess({
      env: {
        ...sandboxSettings,
        ...placeOf(this.simulator, this.#dataDir),
        ...this.store.env,
        RECADO_PORT: String(this.#port),
        RECADO_CLIENT_TOKEN: this.clientToken,
        RECADO_PARTNER_TOKEN: this.#partnerToken,
        RECADO_API_DOCS: 'false',
        TORTURE_SQLITE: sqliteEdition,
        TORTURE_DEATH: death.planted ?? '',
        ...this.#nodesEnv,
        ...death.env,
      },
      program: death.program ?? this.#program,
      nodeOptions: this.#nodeOptions,
      ...(death.end === undefined ? {} : { end: death.end }),
    })
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const { companion } of this.people) await companion.end()
    for (const each of this.#opened.toReversed()) await each[Symbol.asyncDispose]()
  }

  async #populate({ instances, people, hasPool }: WorldOptions): Promise<void> {
    await using gateway = await this.startGateway({ program: this.older })
    const client = new GatewayClient(gateway.url, this.clientToken, this.#partnerToken)
    for (let index = 0; index < instances; index += 1) {
      const instance = await client.createInstance(`torture ${index}`)
      const phone = await this.simulator.addPhone({ phone: `55118888${pad(index)}`, name: 'Loja' })
      const value = this.receiver.url
      await client.onInstance(instance, 'PUT', 'update-every-webhooks', { value })
      await pair(client, instance, phone)
      this.instances.push(instance)
      this.#ownPhones.push(phone.phone)
    }
    if (hasPool) this.senders.push(await client.createPool('torture', this.instances))
    else this.senders.push(...this.instances)
    const linked = Array.from({ length: people }, async (_, index): Promise<Person> => {
      const phone = await this.simulator.addPhone({ phone: `55119999${pad(index)}` })
      return { phone, companion: await linkCompanion(this.simulator, phone) }
    })
    this.people.push(...(await Promise.all(linked)))
  }
}

function pad(index: number): string {
  return String(index).padStart(5, '0')
}
