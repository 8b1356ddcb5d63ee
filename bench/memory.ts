/**
 * (d) How much memory an idle connected session takes, and how long it takes
 * until all of them are back after a start.
 */

import { fork } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { BufferJSON } from 'baileys'
import { type Simulator, startSimulator } from '@recado/simulator'
import { buildGateway } from '../gateway/test/support/build.js'
import { startGatewayProcess } from '../sandbox/src/gateway-process.js'
import { placeOf, sandboxSettings } from '../sandbox/src/sandbox.js'
import { rssMbOf } from './process-memory.js'
import { type LinkedDevice, linkDevices } from './linked-devices.js'
import { fillStore } from './stored.js'
import { storeDevices } from './stored-devices.js'
import type { Comparison } from './table.js'

/** So long after the last one is open: what only the opening needed is collected by then. */
const settleMs = 15_000
const crowd = fileURLToPath(new URL('bare-crowd.ts', import.meta.url))

interface Run {
  readonly rssMb: number
  readonly backSeconds: number
}

export async function measureMemory({
  sessions,
}: {
  /** The counts to measure, the smallest first. */
  readonly sessions: readonly number[]
}): Promise<readonly Comparison[]> {
  await using built = await buildGateway()
  const found: { readonly count: number; readonly ours: Run; readonly bare: Run }[] = []
  for (const count of sessions) {
    const directory = await mkdtemp(join(tmpdir(), 'recado-bench-'))
    try {
      await using simulator = await startSimulator({ dataDir: join(directory, 'simulator') })
      const devices = await linkDevices(simulator, count)
      const uploads = uploadsTo(simulator)
      // One after the other: a device has one connection.
      const bare = await inBare(simulator, devices, join(directory, 'devices.json'))
      const ours = await inGateway(simulator, devices, built.program, join(directory, 'gateway'))
      if (uploads.length > 0) throw new Error(`${uploads.length} clients uploaded keys`)
      found.push({ count, ours, bare })
    } finally {
      await rm(directory, { recursive: true, force: true })
    }
  }
  return [...found.flatMap(rowsOf), ...perSession(found)]
}

/** Fills with the clients that upload keys: their memory would be that of making keys. */
function uploadsTo({ network }: Simulator): readonly string[] {
  const uploads: string[] = []
  network.on('question', ({ stanza, from }) => {
    const { xmlns, type } = stanza.attrs
    if (xmlns === 'encrypt' && type === 'set') uploads.push(from.jid('pn'))
  })
  return uploads
}

type Found = { readonly count: number; readonly ours: Run; readonly bare: Run }

function rowsOf({ count, ours, bare }: Found): readonly Comparison[] {
  return [
    {
      name: `memory with ${count} connected`,
      unit: 'MB',
      ours: [ours.rssMb],
      bare: [bare.rssMb],
    },
    {
      name: `${count} back after a start`,
      unit: 's',
      ours: [ours.backSeconds],
      bare: [bare.backSeconds],
      ...(count >= 500 ? { goal: { better: 'less', atMost: 30 } as const } : {}),
    },
  ]
}

/** From the smallest count to the largest: what a process takes without any is not a session's. */
function perSession(found: readonly Found[]): readonly Comparison[] {
  const [first, last] = [found[0], found.at(-1)]
  if (first === undefined || last === undefined || first === last) return []
  const each = (pick: (run: Found) => number): number =>
    (pick(last) - pick(first)) / (last.count - first.count)
  return [
    {
      name: `memory of each, from ${first.count} to ${last.count}`,
      unit: 'MB a session',
      ours: [each(({ ours }) => ours.rssMb)],
      bare: [each(({ bare }) => bare.rssMb)],
      goal: { better: 'less', atMost: 2 },
    },
  ]
}

async function inBare(
  simulator: Simulator,
  devices: readonly LinkedDevice[],
  path: string,
): Promise<Run> {
  await writeFile(path, JSON.stringify(devices, BufferJSON.replacer))
  const startedAt = performance.now()
  const args = [simulator.url, simulator.rootKey, path]
  const child = fork(crowd, args, { execArgv: ['--import', 'tsx'] })
  await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(() => Promise.reject(new Error('bare Baileys ended'))),
  ])
  const backSeconds = (performance.now() - startedAt) / 1_000
  await delay(settleMs)
  const rssMb = rssMbOf(child.pid ?? -1)
  const ended = once(child, 'exit')
  child.kill('SIGKILL')
  await ended
  return { rssMb, backSeconds }
}

async function inGateway(
  simulator: Simulator,
  devices: readonly LinkedDevice[],
  program: string,
  dataDir: string,
): Promise<Run> {
  await fillStore(dataDir, (store) => storeDevices(store, devices))
  const startedAt = performance.now()
  await using gateway = await startGatewayProcess({
    program,
    env: {
      ...sandboxSettings,
      ...placeOf(simulator, dataDir),
      RECADO_PORT: '0',
      RECADO_CLIENT_TOKEN: randomBytes(16).toString('hex'),
      RECADO_PARTNER_TOKEN: randomBytes(16).toString('hex'),
    },
  })
  const opened = (): number =>
    gateway.output.filter((line) => line.includes('"session-opened"')).length
  while (opened() < devices.length) await delay(50)
  const backSeconds = (performance.now() - startedAt) / 1_000
  await delay(settleMs)
  return { rssMb: rssMbOf(gateway.pid), backSeconds }
}
