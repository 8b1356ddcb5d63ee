/**
 * Several nodes over one PostgreSQL: what they accept and send together, and what a message costs each of them and
 * the database. The pretend WhatsApp, the callers and PostgreSQL run on the same machine.
 */

import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { Agent, request } from 'node:http'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { setTimeout as delay } from 'node:timers/promises'
import { type Simulator, startSimulator } from '@recado/simulator'
import { openMasterKey } from '../gateway/src/db/master-key.js'
import { buildGateway } from '../gateway/test/support/build.js'
import { type OwnPostgres, startOwnPostgres } from '../gateway/test/support/own-postgres.js'
import { type GatewayProcess, startGatewayProcess } from '../sandbox/src/gateway-process.js'
import { placeOf, sandboxSettings } from '../sandbox/src/sandbox.js'
import { linkDevices } from './linked-devices.js'
import { addPeople } from './people.js'
import { postgresCost } from './postgres-cost.js'
import { cpuMsOf } from './process-cpu.js'
import { fillStore } from './stored.js'
import { type StoredInstance, storeDevices } from './stored-devices.js'
import type { Comparison } from './table.js'

export interface NodesOptions {
  readonly runs: number
  /** How many nodes to measure, one after the other. */
  readonly nodes: readonly number[]
  /** Of each node. */
  readonly instances: number
  /** Of each instance in a run. */
  readonly messages: number
}

const people = 20
const callersAtOnce = 16
const settleMs = 1_000

interface Run {
  readonly accepted: number
  readonly sent: number
  readonly nodeCpuMs: number
  readonly postgresCpuMs: number
  /** Of this process: the pretend WhatsApp, the phones and the callers. */
  readonly othersCpuMs: number
  /** All of that together, at each moment. As many as there are: the processor is what limits. */
  readonly coresInUse: number
  readonly statements: number
}

export async function measureNodes(options: NodesOptions): Promise<readonly Comparison[]> {
  await using built = await buildGateway()
  const found: Comparison[] = []
  for (const count of options.nodes) {
    const directory = await mkdtemp(join(tmpdir(), 'recado-bench-'))
    try {
      await using server = await startOwnPostgres(['-cshared_preload_libraries=pg_stat_statements'])
      await using stage = await NodesStage.open({ ...options, count, server, directory, ...built })
      await stage.sendAll(1)
      const runs: Run[] = []
      for (let run = 0; run < options.runs; run += 1)
        runs.push(await stage.measure(options.messages))
      found.push(...rowsOf(`${count} × ${options.instances}`, runs))
    } finally {
      await rm(directory, { recursive: true, force: true })
    }
  }
  return found
}

function rowsOf(name: string, runs: readonly Run[]): readonly Comparison[] {
  const row = (what: string, unit: string, pick: (run: Run) => number): Comparison => ({
    name: `${name}: ${what}`,
    unit,
    ours: runs.map(pick),
    bare: [],
  })
  const share = ({ postgresCpuMs, nodeCpuMs }: Run): number =>
    (100 * postgresCpuMs) / (postgresCpuMs + nodeCpuMs)
  return [
    row('accepted', 'a second', ({ accepted }) => accepted),
    row('sent', 'a second', ({ sent }) => sent),
    row('CPU of the nodes', 'ms a message', ({ nodeCpuMs }) => nodeCpuMs),
    row('CPU of PostgreSQL', 'ms a message', ({ postgresCpuMs }) => postgresCpuMs),
    row("PostgreSQL's share of both", '%', share),
    row('CPU of WhatsApp and the callers', 'ms a message', ({ othersCpuMs }) => othersCpuMs),
    row(`cores in use, of ${cpus().length}`, '', ({ coresInUse }) => coresInUse),
    row('statements', 'a message', ({ statements }) => statements),
  ]
}

function ownCpuMs(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1_000
}

interface StageOptions {
  readonly count: number
  readonly instances: number
  readonly server: OwnPostgres
  readonly directory: string
  readonly program: string
}

class NodesStage implements AsyncDisposable {
  readonly #simulator: Simulator
  readonly #url: string
  readonly #clientToken: string
  readonly #partnerToken: string
  readonly #nodes: readonly GatewayProcess[]
  readonly #instances: readonly StoredInstance[]
  readonly #people: readonly string[]
  readonly #agent = new Agent({ keepAlive: true })

  private constructor(parts: {
    readonly simulator: Simulator
    readonly url: string
    readonly clientToken: string
    readonly partnerToken: string
    readonly nodes: readonly GatewayProcess[]
    readonly instances: readonly StoredInstance[]
    readonly people: readonly string[]
  }) {
    this.#simulator = parts.simulator
    this.#url = parts.url
    this.#clientToken = parts.clientToken
    this.#partnerToken = parts.partnerToken
    this.#nodes = parts.nodes
    this.#instances = parts.instances
    this.#people = parts.people
  }

  static async open(options: StageOptions): Promise<NodesStage> {
    const { count, directory, server, program } = options
    const simulator = await startSimulator({ dataDir: join(directory, 'simulator') })
    const devices = await linkDevices(simulator, count * options.instances, 1)
    const dataDir = join(directory, 'gateway')
    const { url } = server
    const instances = await fillStore(dataDir, (store) => storeDevices(store, devices), url)
    const { key } = await openMasterKey({ configured: undefined, dataDir })
    const clientToken = randomBytes(16).toString('hex')
    const partnerToken = randomBytes(16).toString('hex')
    const env = {
      ...sandboxSettings,
      ...placeOf(simulator, dataDir),
      RECADO_DATABASE_URL: url,
      RECADO_MASTER_KEY: Buffer.from(key).toString('base64'),
      RECADO_PORT: '0',
      RECADO_CLIENT_TOKEN: clientToken,
      RECADO_PARTNER_TOKEN: partnerToken,
    }
    const starts = Array.from({ length: count }, () => startGatewayProcess({ program, env }))
    const nodes = await Promise.all(starts)
    const found = await addPeople(simulator, people, 1)
    const parts = { simulator, url, clientToken, partnerToken, nodes, instances }
    const stage = new NodesStage({ ...parts, people: found.map(({ phone }) => phone) })
    await stage.#balanced()
    return stage
  }

  /** So many messages of each instance, through all nodes in turn. Resolves when WhatsApp has the last one. */
  async sendAll(each: number): Promise<{ readonly accepted: number; readonly sent: number }> {
    const count = this.#instances.length * each
    const arrived = this.#arrivals(count)
    const left = Array.from({ length: count }, (_, index) => index).values()
    const startedAt = performance.now()
    const post = async (): Promise<void> => {
      for (const index of left) await this.#post(index)
    }
    await Promise.all(Array.from({ length: callersAtOnce }, post))
    const acceptedMs = performance.now() - startedAt
    await arrived
    const sentMs = performance.now() - startedAt
    return { accepted: (count * 1_000) / acceptedMs, sent: (count * 1_000) / sentMs }
  }

  async measure(each: number): Promise<Run> {
    await delay(settleMs)
    const count = this.#instances.length * each
    const cpu = (): number => this.#nodes.reduce((sum, { pid }) => sum + cpuMsOf(pid), 0)
    const [before, cpuBefore, ownBefore] = [await postgresCost(this.#url), cpu(), ownCpuMs()]
    const rates = await this.sendAll(each)
    const sendingMs = (count * 1_000) / rates.sent
    await delay(settleMs)
    const [after, cpuAfter] = [await postgresCost(this.#url), cpu()]
    const nodeCpuMs = (cpuAfter - cpuBefore) / count
    const postgresCpuMs = (after.cpuMs - before.cpuMs) / count
    const othersCpuMs = (ownCpuMs() - ownBefore) / count
    return {
      ...rates,
      nodeCpuMs,
      postgresCpuMs,
      othersCpuMs,
      coresInUse: ((nodeCpuMs + postgresCpuMs + othersCpuMs) * count) / sendingMs,
      statements: (after.statements - before.statements) / count,
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#agent.destroy()
    await Promise.all(this.#nodes.map((node) => node[Symbol.asyncDispose]()))
    await this.#simulator[Symbol.asyncDispose]()
  }

  /** Every session is open, and every node has its share. */
  async #balanced(): Promise<void> {
    const share = this.#instances.length / this.#nodes.length
    for (;;) {
      const open = await Promise.all(this.#nodes.map((node) => this.#openOn(node)))
      if (open.every((each) => each === share)) return
      await delay(settleMs)
    }
  }

  async #openOn({ url }: GatewayProcess): Promise<number> {
    const headers = { authorization: `Bearer ${this.#partnerToken}` }
    const text = await (await fetch(new URL('/metrics', url), { headers })).text()
    return Number(/^recado_sessions\{state="open"\} (\d+)$/mu.exec(text)?.[1] ?? 0)
  }

  async #post(index: number): Promise<void> {
    const { id, token } = this.#instances[index % this.#instances.length] ?? { id: '', token: '' }
    const node = this.#nodes[index % this.#nodes.length]
    const phone = this.#people[index % this.#people.length]
    const url = new URL(`/instances/${id}/token/${token}/send-text`, node?.url)
    const headers = { 'client-token': this.#clientToken, 'content-type': 'application/json' }
    await new Promise<void>((resolve, reject) => {
      const asked = request(url, { agent: this.#agent, method: 'POST', headers }, (answer) => {
        answer.resume()
        answer.on('end', () => {
          if (answer.statusCode === 200) resolve()
          else reject(new Error(`answered ${answer.statusCode}`))
        })
      })
      asked.on('error', reject)
      asked.end(JSON.stringify({ phone, message: `Number ${index}` }))
    })
  }

  #arrivals(count: number): Promise<void> {
    const { network } = this.#simulator
    const senders = new Set(this.#people)
    const ids = new Set<string>()
    return new Promise((resolve) => {
      const hear = (heard: {
        stanza: { tag: string; attrs: { id?: string } }
        from: { account: { phone: string } }
      }): void => {
        if (heard.stanza.tag !== 'message' || senders.has(heard.from.account.phone)) return
        ids.add(heard.stanza.attrs.id ?? '')
        if (ids.size < count) return
        network.off('stanza', hear)
        resolve()
      }
      network.on('stanza', hear)
    })
  }
}
