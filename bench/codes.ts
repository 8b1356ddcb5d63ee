/**
 * How many codes reach the phone in time while a campaign waits: a pool of three numbers that keep
 * their gaps of 1 to 3 seconds, against the same pool where everything leaves first come, first
 * served. And the same with one number banned in the middle.
 */

import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay, performance } from 'node:perf_hooks'
import { setTimeout as delay } from 'node:timers/promises'
import { type Phone, type Simulator, startSimulator } from '@recado/simulator'
import { buildGateway } from '../gateway/test/support/build.js'
import { GatewayClient, type SandboxInstance } from '../sandbox/src/gateway-client.js'
import { type GatewayProcess, startGatewayProcess } from '../sandbox/src/gateway-process.js'
import { pair, placeOf, sandboxSettings } from '../sandbox/src/sandbox.js'
import { addPeople } from './people.js'
import type { Comparison } from './table.js'

const numbers = 3
const campaign = 500
/** Of the campaign: each gets several texts. */
const readers = 100
/** One a second. With a mean gap of 2 s three numbers send 1.5 messages a second. */
const codes = 100
const everyMs = 1_000
const inTimeMs = 5_000
const lateMs = 10_000
/** After a ban the two that are left send as many as come: what waits by then takes its time. */
const patienceMs = 180_000

interface Pool {
  readonly self: SandboxInstance
  readonly members: readonly { readonly instance: SandboxInstance; readonly phone: Phone }[]
  /** Of the campaign. */
  readonly readers: readonly Phone[]
  /** Each gets a code. */
  readonly people: readonly Phone[]
}

/** From the POST to the phone, in ms, of the codes that arrived. */
interface Codes {
  readonly people: readonly Phone[]
  readonly tookMs: readonly number[]
}

export async function measureCodes({
  runs,
  only,
}: {
  readonly runs: number
  readonly only: string
}): Promise<readonly Comparison[]> {
  const found: Comparison[] = []
  if ('behind a campaign'.includes(only)) found.push(...(await behindACampaign(runs)))
  if ('one number banned'.includes(only)) found.push(...(await oneBanned(runs)))
  return found
}

/** Both at once: each has numbers of its own. */
async function behindACampaign(runs: number): Promise<readonly Comparison[]> {
  const [ours, fifo]: [Codes[], Codes[]] = [[], []]
  const stops: number[] = []
  for (let run = 0; run < runs; run += 1) {
    await using stage = await PoolStage.open()
    const [pool, plain] = [await stage.pool(), await stage.pool()]
    await Promise.all([stage.begin(pool), stage.begin(plain)])
    const both = [stage.send(pool, {}), stage.send(plain, { priority: 'normal' })] as const
    const stop = monitorEventLoopDelay()
    stop.enable()
    const [first, second] = await Promise.all(both)
    stops.push(stop.max / 1e6)
    ours.push(first)
    fifo.push(second)
  }
  const share = (of: readonly Codes[], ms: number) =>
    of.map(({ tookMs }) => (100 * tookMs.filter((each) => each <= ms).length) / codes)
  const name = `codes behind ${campaign} texts`
  return [
    {
      name: `${name}, on the phone within 5 s`,
      unit: '%',
      ours: share(ours, inTimeMs),
      bare: share(fifo, inTimeMs),
      goal: { better: 'more', atLeast: 99 },
    },
    {
      name: `${name}, within 10 s`,
      unit: '%',
      ours: share(ours, lateMs),
      bare: share(fifo, lateMs),
    },
    {
      name: 'the longest stop of the pretend WhatsApp meanwhile',
      unit: 'ms',
      ours: stops,
      bare: [],
    },
  ]
}

async function oneBanned(runs: number): Promise<readonly Comparison[]> {
  const lost: number[] = []
  const doubled: number[] = []
  const inTime: number[] = []
  for (let run = 0; run < runs; run += 1) {
    await using stage = await PoolStage.open()
    const pool = await stage.pool()
    await stage.begin(pool)
    const sending = stage.send(pool, {}, patienceMs)
    await delay((codes / 2) * everyMs)
    await stage.ban(pool.members[0]?.phone)
    const { people, tookMs } = await sending
    lost.push(people.filter(({ messages }) => messages.length === 0).length)
    doubled.push(people.filter(({ messages }) => messages.length > 1).length)
    inTime.push((100 * tookMs.filter((ms) => ms <= lateMs).length) / codes)
  }
  const none = { better: 'less', atMost: 0 } as const
  const name = `codes, one of ${numbers} numbers banned`
  return [
    { name: `${name}, lost`, unit: 'codes', ours: lost, bare: [], goal: none },
    { name: `${name}, twice on the phone`, unit: 'codes', ours: doubled, bare: [], goal: none },
    { name: `${name}, within 10 s`, unit: '%', ours: inTime, bare: [] },
  ]
}

class PoolStage implements AsyncDisposable {
  readonly #simulator: Simulator
  readonly #gateway: GatewayProcess
  readonly #client: GatewayClient
  readonly #partnerToken: string
  readonly #opened: readonly AsyncDisposable[]
  #numbersMade = 0

  private constructor(
    simulator: Simulator,
    gateway: GatewayProcess,
    tokens: { readonly client: string; readonly partner: string },
    opened: readonly AsyncDisposable[],
  ) {
    this.#simulator = simulator
    this.#gateway = gateway
    this.#client = new GatewayClient(gateway.url, tokens.client, tokens.partner)
    this.#partnerToken = tokens.partner
    this.#opened = opened
  }

  static async open(): Promise<PoolStage> {
    const directory = await mkdtemp(join(tmpdir(), 'recado-bench-'))
    const opened: AsyncDisposable[] = [
      { [Symbol.asyncDispose]: () => rm(directory, { recursive: true, force: true }) },
    ]
    const built = await buildGateway()
    opened.push(built)
    const simulator = await startSimulator({ dataDir: join(directory, 'simulator') })
    opened.push(simulator)
    const tokens = {
      client: randomBytes(16).toString('hex'),
      partner: randomBytes(16).toString('hex'),
    }
    const gateway = await startGatewayProcess({
      program: built.program,
      env: {
        ...sandboxSettings,
        ...placeOf(simulator, join(directory, 'gateway')),
        RECADO_PACING_MIN_MS: '1000',
        RECADO_PACING_MAX_MS: '3000',
        RECADO_PORT: '0',
        RECADO_CLIENT_TOKEN: tokens.client,
        RECADO_PARTNER_TOKEN: tokens.partner,
      },
    })
    opened.push(gateway)
    return new PoolStage(simulator, gateway, tokens, opened)
  }

  async pool(): Promise<Pool> {
    const self = (await this.#asPartner('POST', '', { name: 'bench' })) as SandboxInstance
    const members: { readonly instance: SandboxInstance; readonly phone: Phone }[] = []
    for (let each = 0; each < numbers; each += 1) {
      const instance = await this.#client.createInstance('bench')
      this.#numbersMade += 1
      const number = String(5_511_988_880_000 + this.#numbersMade)
      const phone = await this.#simulator.addPhone({ phone: number, name: 'Loja' })
      await pair(this.#client, instance, phone)
      await this.#asPartner('PUT', `/${self.id}/members/${instance.id}`, { weight: 1 })
      members.push({ instance, phone })
    }
    // Before anything is sent: making their keys stops the pretend WhatsApp, which acknowledges nothing then.
    const made = await addPeople(this.#simulator, readers, 1)
    const people = await addPeople(this.#simulator, codes, 1)
    return { self, members, readers: made, people }
  }

  /** The campaign is accepted: all of it waits. */
  async begin({ self, readers: people }: Pool): Promise<void> {
    for (let text = 0; text < campaign; text += 1)
      await this.#client.onInstance(self, 'POST', 'send-text', {
        phone: people[text % readers]?.phone,
        message: 'Só hoje: frete grátis',
      })
  }

  /** A code a second, each to another person. Gives those that arrived until so long after the last one. */
  async send({ self, people }: Pool, more: object, waitMs = lateMs): Promise<Codes> {
    const tookMs: number[] = []
    const beganAt = performance.now()
    const sends = people.map(async (person, index) => {
      await delay(Math.max(0, beganAt + index * everyMs - performance.now()))
      const body = { phone: person.phone, message: 'Seu código', code: '845201', ...more }
      const sentAt = performance.now()
      const shown = person.untilMessage(() => true, codes * everyMs + waitMs)
      await this.#client.onInstance(self, 'POST', 'send-button-otp', body)
      await shown
      tookMs.push(performance.now() - sentAt)
    })
    const patience = new AbortController()
    const all = Promise.allSettled(sends).then(() => patience.abort())
    await Promise.race([
      all,
      delay(codes * everyMs + waitMs, undefined, { signal: patience.signal }),
    ]).catch(() => {})
    return { people, tookMs }
  }

  /** WhatsApp ends its connection and lets it log in no more. */
  async ban(phone: Phone | undefined): Promise<void> {
    if (phone === undefined) throw new Error('the pool has no members')
    await this.#fault({ logins: [{ code: 403, phone: phone.phone }] })
    await this.#fault({ connections: [{ phone: phone.phone, action: 'drop' }] })
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const each of this.#opened.toReversed()) await each[Symbol.asyncDispose]()
  }

  async #fault(change: object): Promise<void> {
    const url = `${this.#simulator.controlUrl}/faults`
    const headers = { 'content-type': 'application/json' }
    const response = await fetch(url, { method: 'PUT', headers, body: JSON.stringify(change) })
    if (!response.ok) throw new Error(`PUT /faults: ${await response.text()}`)
  }

  async #asPartner(method: string, path: string, body: object): Promise<unknown> {
    const url = `${this.#gateway.url}/instances/integrator/pools${path}`
    const headers = {
      authorization: `Bearer ${this.#partnerToken}`,
      'content-type': 'application/json',
    }
    const response = await fetch(url, { method, headers, body: JSON.stringify(body) })
    if (!response.ok) throw new Error(`${method} ${path}: ${await response.text()}`)
    return response.json()
  }
}
