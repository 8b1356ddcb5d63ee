/**
 * (e) Callbacks a second, and what endpoints that never answer cost the others. All are owed when
 * the gateway starts; the bare part is a loop around `fetch` with as many in the air.
 */

import { fork } from 'node:child_process'
import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { fileURLToPath } from 'node:url'
import { bodyContext, insertDelivery } from '../gateway/src/webhooks/delivery-store.js'
import { buildGateway } from '../gateway/test/support/build.js'
import { startGatewayProcess } from '../sandbox/src/gateway-process.js'
import { sandboxSettings } from '../sandbox/src/sandbox.js'
import { cpuMsOf } from './process-cpu.js'
import { fillStore } from './stored.js'
import { type Comparison, percentile } from './table.js'

const endpoints = 100
const lanesAnEndpoint = 4
const callbacksALane = 5
const poster = fileURLToPath(new URL('bare-poster.ts', import.meta.url))

interface Run {
  readonly rate: number
  readonly cpuMs: number
  readonly lagMs: number
}

export async function measureCallbacks({
  runs,
}: {
  readonly runs: number
}): Promise<readonly Comparison[]> {
  await using built = await buildGateway()
  const found: Comparison[] = []
  for (const blackHoled of [0, 5]) {
    const ours: Run[] = []
    const bare: Run[] = []
    for (let run = 0; run < runs; run += 1) {
      if (run % 2 === 0) bare.push(await throughBare(blackHoled))
      ours.push(await throughGateway(built.program, blackHoled))
      if (run % 2 === 1) bare.push(await throughBare(blackHoled))
    }
    const name =
      blackHoled === 0 ? 'callbacks' : `callbacks, ${blackHoled} % of endpoints black-holed`
    found.push(
      {
        name: blackHoled === 0 ? name : `${name}, to the others`,
        unit: 'callbacks/s',
        ours: ours.map(({ rate }) => rate),
        bare: bare.map(({ rate }) => rate),
      },
      {
        name: 'CPU of it',
        unit: 'ms a callback',
        ours: ours.map(({ cpuMs }) => cpuMs),
        bare: bare.map(({ cpuMs }) => cpuMs),
      },
      {
        name: 'lag behind the first, p99',
        unit: 'ms',
        ours: ours.map(({ lagMs }) => lagMs),
        bare: bare.map(({ lagMs }) => lagMs),
      },
    )
  }
  return found
}

/** Counts what arrives at those that answer. */
class Receiver implements AsyncDisposable {
  readonly #server = createServer((request, response) => {
    this.#firstAt ??= performance.now()
    if (isBlackHole(request.url ?? '', this.#blackHoled)) return
    request.resume()
    response.writeHead(200).end()
    this.#lags.push(performance.now() - this.#firstAt)
    if (this.arrived === healthy(this.#blackHoled)) this.#tellDone?.()
  })
  readonly #blackHoled: number
  #firstAt: number | undefined
  /** Of each that arrived, in milliseconds after the first: all of them are owed from the start. */
  readonly #lags: number[] = []
  #tellDone: (() => void) | undefined
  /** Resolves when all of them have arrived. */
  readonly done: Promise<void>

  constructor(blackHoled: number) {
    this.#blackHoled = blackHoled
    this.done = new Promise((tell) => {
      this.#tellDone = tell
    })
  }

  async open(): Promise<string> {
    this.#server.listen(0, '127.0.0.1')
    await once(this.#server, 'listening')
    const address = this.#server.address() as AddressInfo
    return `http://127.0.0.1:${address.port}`
  }

  get arrived(): number {
    return this.#lags.length
  }

  /** From the first that arrived to the last, in callbacks a second. */
  get rate(): number {
    return (this.arrived * 1_000) / (this.#lags.at(-1) ?? Number.NaN)
  }

  /** Of all but the last hundredth. */
  get lagMs(): number {
    return percentile(this.#lags, 0.99)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections()
    this.#server.close()
    await once(this.#server, 'close')
  }
}

function runOf({ rate, lagMs, arrived }: Receiver, cpuMs: number): Run {
  return { rate, lagMs, cpuMs: cpuMs / arrived }
}

const healthy = (blackHoled: number): number =>
  (endpoints - blackHoled) * lanesAnEndpoint * callbacksALane

function isBlackHole(path: string, blackHoled: number): boolean {
  return Number(path.slice(1)) < blackHoled
}

async function throughGateway(program: string, blackHoled: number): Promise<Run> {
  const dataDir = await mkdtemp(join(tmpdir(), 'recado-bench-'))
  await using receiver = new Receiver(blackHoled)
  try {
    await owe(dataDir, await receiver.open())
    await using gateway = await startGatewayProcess({
      program,
      env: {
        ...sandboxSettings,
        RECADO_DATA_DIR: dataDir,
        RECADO_PORT: '0',
        RECADO_CLIENT_TOKEN: randomBytes(16).toString('hex'),
        RECADO_PARTNER_TOKEN: randomBytes(16).toString('hex'),
      },
    })
    await receiver.done
    // With its start, which takes as long however much is owed: `startCpuMs` is taken off.
    const cpuMs = cpuMsOf(gateway.pid) - (await startCpuMs(program))
    return runOf(receiver, cpuMs)
  } finally {
    await rm(dataDir, { recursive: true, force: true })
  }
}

let knownStartCpuMs: number | undefined

/** What a gateway takes that owes nothing. */
async function startCpuMs(program: string): Promise<number> {
  if (knownStartCpuMs !== undefined) return knownStartCpuMs
  const dataDir = await mkdtemp(join(tmpdir(), 'recado-bench-'))
  try {
    await fillStore(dataDir, async () => {})
    await using gateway = await startGatewayProcess({
      program,
      env: {
        ...sandboxSettings,
        RECADO_DATA_DIR: dataDir,
        RECADO_PORT: '0',
        RECADO_CLIENT_TOKEN: randomBytes(16).toString('hex'),
        RECADO_PARTNER_TOKEN: randomBytes(16).toString('hex'),
      },
    })
    knownStartCpuMs = cpuMsOf(gateway.pid)
    return knownStartCpuMs
  } finally {
    await rm(dataDir, { recursive: true, force: true })
  }
}

async function owe(dataDir: string, origin: string): Promise<void> {
  await fillStore(dataDir, async ({ database, vault, instances }) => {
    const { instance } = await instances.create({ name: 'callbacks' })
    const instanceId = instance.id
    await database.transaction(async ({ query }) => {
      for (const { url, lane } of eachCallback(origin)) {
        const id = randomUUID()
        await insertDelivery(query, {
          id,
          instanceId,
          eventKind: 'message.sent',
          subject: {},
          url,
          lane: createHash('sha256').update(`${url} ${lane}`).digest('base64url'),
          bodySealed: vault.seal(Buffer.from(aBody), bodyContext({ id, instanceId })),
          createdAt: Date.now(),
        })
      }
    })
  })
}

const aBody = JSON.stringify({
  type: 'DeliveryCallback',
  phone: '5511999990001',
  zaapId: 'Z',
  messageId: 'M',
})

function* eachCallback(origin: string): Generator<{ readonly url: string; readonly lane: number }> {
  for (let count = 0; count < callbacksALane; count += 1)
    for (let lane = 0; lane < lanesAnEndpoint; lane += 1)
      for (let endpoint = 0; endpoint < endpoints; endpoint += 1)
        yield { url: `${origin}/${endpoint}`, lane }
}

async function throughBare(blackHoled: number): Promise<Run> {
  await using receiver = new Receiver(blackHoled)
  const origin = await receiver.open()
  const child = fork(poster, [], { execArgv: ['--import', 'tsx'] })
  await once(child, 'message')
  const before = cpuMsOf(child.pid ?? -1)
  child.send({ urls: [...eachCallback(origin)].map(({ url }) => url), body: aBody })
  // One that it gave up does not come again.
  await Promise.race([receiver.done, once(child, 'message')])
  const cpuMs = cpuMsOf(child.pid ?? -1) - before
  child.kill('SIGKILL')
  return runOf(receiver, cpuMs)
}
