/** Several gateways on one PostgreSQL database, with one simulator: what is common to journeys of nodes. */

import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Phone, type Simulator, startSimulator } from '@recado/simulator'
import { Client } from 'pg'
import { vi } from 'vitest'
import { CallbackReceiver, type ReceivedCallback } from '../../../sandbox/src/callback-receiver.js'
import { GatewayClient, type SandboxInstance } from '../../../sandbox/src/gateway-client.js'
import { type GatewayProcess, startGatewayProcess } from '../../../sandbox/src/gateway-process.js'
import { pair, placeOf, sandboxSettings } from '../../../sandbox/src/sandbox.js'
import { createTestPostgres } from './databases.js'
import { FaultProxy } from './fault-proxy.js'
import { clientToken, partnerToken, type SendAnswer } from './journey.js'
import { type CommandEnd, recado } from './recado-command.js'

/** The first start makes the tables. */
const longestStartMs = 120_000
/** What `restart` takes on two cores that do nothing else. */
const quietRestartMs = 250

export interface HandoverRow {
  readonly is_planned: number
  /** How long no node ran the instance. */
  readonly free_ms: number
  /** How long it had no open session, the time until its silence was noticed included. */
  readonly closed_ms: number
}

export interface NodeOfJourney {
  readonly process: GatewayProcess
  readonly client: GatewayClient
  readonly dataDir: string
}

export class NodeJourney implements AsyncDisposable {
  readonly simulator: Simulator
  readonly callbacks: CallbackReceiver
  readonly nodes: NodeOfJourney[] = []
  readonly #proxies: FaultProxy[] = []
  readonly #folder: string
  readonly #database: Awaited<ReturnType<typeof createTestPostgres>>
  readonly masterKey = randomBytes(32).toString('base64')
  #made = 0

  private constructor(
    folder: string,
    database: Awaited<ReturnType<typeof createTestPostgres>>,
    simulator: Simulator,
    callbacks: CallbackReceiver,
  ) {
    this.#folder = folder
    this.#database = database
    this.simulator = simulator
    this.callbacks = callbacks
  }

  static async start(count: number, settings: Readonly<Record<string, string>> = {}) {
    const folder = await mkdtemp(join(tmpdir(), 'recado-nodes-'))
    const simulator = await startSimulator({ dataDir: join(folder, 'simulator') })
    const callbacks = await CallbackReceiver.start()
    const journey = new NodeJourney(folder, await createTestPostgres(), simulator, callbacks)
    for (let n = 0; n < count; n += 1) await journey.addNode(settings)
    return journey
  }

  async addNode(settings: Readonly<Record<string, string>> = {}): Promise<NodeOfJourney> {
    this.#made += 1
    const dataDir = join(this.#folder, `node-${this.#made}`)
    const process = await startGatewayProcess({
      startTimeoutMs: longestStartMs,
      env: {
        ...sandboxSettings,
        RECADO_LOG_LEVEL: 'debug',
        ...placeOf(this.simulator, dataDir),
        RECADO_DATABASE_URL: this.#database.url,
        RECADO_NODE_LEASE_SECONDS: '6',
        RECADO_MASTER_KEY: this.masterKey,
        RECADO_CLIENT_TOKEN: clientToken,
        RECADO_PARTNER_TOKEN: partnerToken,
        ...settings,
        RECADO_PORT: '0',
      },
    })
    const client = new GatewayClient(process.url, clientToken, partnerToken)
    const node = { process, client, dataDir }
    this.nodes.push(node)
    return node
  }

  /** A bad network in front of the database. Give its `url` to a node as `RECADO_DATABASE_URL`. */
  async databaseLink(): Promise<{ readonly proxy: FaultProxy; readonly url: string }> {
    const proxy = await FaultProxy.before(this.#database.url)
    this.#proxies.push(proxy)
    return { proxy, url: proxy.through(this.#database.url) }
  }

  get databaseUrl(): string {
    return this.#database.url
  }

  async newPhone(options: { readonly asksForPasskey?: 'on' } = {}): Promise<Phone> {
    this.#made += 1
    const phone = `551197${String(this.#made).padStart(7, '0')}`
    const name = `Person ${this.#made}`
    return this.simulator.addPhone({ phone, name, business: false, ...options })
  }

  /** A command of `recado` for this node. */
  command(
    { process, dataDir }: NodeOfJourney,
    args: readonly string[],
    settings: Readonly<Record<string, string>> = {},
  ): Promise<CommandEnd> {
    const place = { simulator: this.simulator, dataDir, gateway: process }
    const database = { RECADO_DATABASE_URL: this.#database.url, RECADO_MASTER_KEY: this.masterKey }
    return recado(place, args, { ...database, ...settings })
  }

  /** Linked by way of this node, whichever runs it. */
  async pairedInstance({ client }: NodeOfJourney): Promise<SandboxInstance> {
    const instance = await client.createInstance('journey')
    await client.onInstance(instance, 'PUT', 'update-every-webhooks', { value: this.callbacks.url })
    await pair(client, instance, await this.newPhone())
    return instance
  }

  async sendOtp(
    { client }: NodeOfJourney,
    instance: SandboxInstance,
    person: Phone,
  ): Promise<SendAnswer> {
    const code = `QZX${randomBytes(5).toString('hex').toUpperCase()}`
    const body = { phone: person.phone, message: 'Seu código', code }
    return (await client.onInstance(instance, 'POST', 'send-button-otp', body)) as SendAnswer
  }

  /** Sets what goes wrong, as a user can: through the simulator's control API. */
  async setFaults(change: object): Promise<void> {
    const response = await fetch(`${this.simulator.controlUrl}/faults`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(change),
    })
    if (!response.ok) throw new Error(`PUT /faults: ${await response.text()}`)
  }

  /** The nodes that the database names, and the one that runs the instance. */
  async ownerOf(instance: SandboxInstance): Promise<NodeOfJourney | undefined> {
    const [row] = await this.query<{ url: string }>(
      `select node.url from instance_lease join node on node.id = node_id where instance_id = '${instance.id}'`,
    )
    return this.nodes.find(({ process }) => process.url === row?.url)
  }

  /** The last hand-over of the instance, once its session is open again. Moments are the database's. */
  async handedOver(instance: SandboxInstance): Promise<HandoverRow> {
    return vi.waitFor(
      async () => {
        const [row] = await this.query<HandoverRow>(
          `select is_planned, (taken_at - free_since)::float as free_ms, (open_at - free_since)::float as closed_ms
           from handover where instance_id = '${instance.id}' and open_at is not null
           order by epoch desc limit 1`,
        )
        if (row === undefined) throw new Error('no session was opened after a hand-over')
        return row
      },
      { timeout: 60_000, interval: 200 },
    )
  }

  /** How much longer a session takes to open now than on a machine that does nothing else. At least 1. */
  async slowness({ client }: NodeOfJourney, instance: SandboxInstance): Promise<number> {
    const startedAt = performance.now()
    await client.onInstance(instance, 'GET', 'restart')
    return Math.max(1, (performance.now() - startedAt) / quietRestartMs)
  }

  async query<Row>(statement: string): Promise<readonly Row[]> {
    const client = new Client({ connectionString: this.#database.url })
    await client.connect()
    try {
      return (await client.query(statement)).rows
    } finally {
      await client.end()
    }
  }

  delivery(zaapId: string): Promise<ReceivedCallback> {
    return this.callbacks.next(
      ({ body }) => body['type'] === 'DeliveryCallback' && body['zaapId'] === zaapId,
    )
  }

  /** Resolves when the log of the node has this event so often. */
  async logged({ process }: NodeOfJourney, event: string, times = 1): Promise<void> {
    const isThere = (): void => {
      const count = process.output.filter((line) => line.includes(`"${event}"`)).length
      if (count < times) throw new Error(`${event} is in the log ${count} times`)
    }
    await vi.waitFor(isThere, { timeout: 60_000, interval: 50 })
  }

  /** How often this message was told as sent or failed so far. */
  deliveries(zaapId: string): number {
    return this.callbacks.received.filter(
      ({ body }) => body['type'] === 'DeliveryCallback' && body['zaapId'] === zaapId,
    ).length
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const { process } of this.nodes) {
      process.kill('SIGCONT')
      await process[Symbol.asyncDispose]()
    }
    for (const proxy of this.#proxies) await proxy[Symbol.asyncDispose]()
    await this.callbacks[Symbol.asyncDispose]()
    await this.simulator[Symbol.asyncDispose]()
    await this.#database.drop()
    await rm(this.#folder, { recursive: true, force: true })
    const { failures } = this.simulator.network
    if (failures.length > 0) throw new AggregateError(failures, 'The simulator failed.')
  }
}
