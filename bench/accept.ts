/**
 * (a) Accepting a code: what the door, the checks and the commit cost, against a Fastify that
 * only checks the same body. The instance is not linked, so nothing is sent meanwhile.
 */

import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import autocannon from 'autocannon'
import { cpuMsOf } from './process-cpu.js'
import { Stage } from './stage.js'
import type { Comparison } from './table.js'

/** Fewer than may wait in the line of an instance that is not connected. */
const requestsARun = 900
const ratePerSecond = 500
const door = fileURLToPath(new URL('bare-door.ts', import.meta.url))

export async function measureAccepts({
  runs,
  profile,
}: {
  readonly runs: number
  readonly profile: string
}): Promise<readonly Comparison[]> {
  // The codes of earlier runs wait for ever. Telling that they do is no part of accepting.
  await using stage = await Stage.open(profile, { RECADO_UNDELIVERABLE_AFTER_SECONDS: '0' })
  const child = fork(door, [], { execArgv: ['--import', 'tsx'] })
  const [port] = (await once(child, 'message')) as [number]
  // What is compiled on the way of the first thousands is not what we ask about.
  for (let run = 0; run < warmUps; run += 1)
    await comparison(stage, child.pid, port, run, 'as fast')
  if (profile !== '') stage.gateway.kill('SIGUSR2')
  const fast = await inTurns(runs, (run) => comparison(stage, child.pid, port, run, 'as fast'))
  const paced = await inTurns(runs, (run) => comparison(stage, child.pid, port, run, 'at a rate'))
  if (profile !== '') stage.gateway.kill('SIGUSR2')
  child.kill('SIGKILL')
  return [
    {
      ...pick(fast, 'accept, CPU', 'ms a request', (run) => run.cpuMs),
      goal: { better: 'less', ratio: 2.5 },
    },
    pick(fast, `accept, ${connectionsAtOnce} at once`, 'requests/s', (run) => run.rate),
    pick(paced, `accept at ${ratePerSecond}/s, CPU`, 'ms a request', (run) => run.cpuMs),
    pick(paced, `accept at ${ratePerSecond}/s, p50`, 'ms', (run) => run.p50),
    {
      ...pick(paced, `accept at ${ratePerSecond}/s, p99`, 'ms', (run) => run.p99),
      goal: { better: 'less', atMost: 25 },
    },
  ]
}

interface Run {
  readonly cpuMs: number
  readonly p50: number
  readonly p99: number
  readonly rate: number
}

interface Pair {
  readonly ours: Run
  readonly bare: Run
}

const warmUps = 4
const connectionsAtOnce = 50

async function inTurns(
  runs: number,
  measure: (run: number) => Promise<Pair>,
): Promise<readonly Pair[]> {
  const pairs: Pair[] = []
  for (let run = 0; run < runs; run += 1) pairs.push(await measure(run))
  return pairs
}

function pick(
  pairs: readonly Pair[],
  name: string,
  unit: string,
  of: (run: Run) => number,
): Comparison {
  return {
    name,
    unit,
    ours: pairs.map(({ ours }) => of(ours)),
    bare: pairs.map(({ bare }) => of(bare)),
  }
}

async function comparison(
  stage: Stage,
  barePid: number | undefined,
  barePort: number,
  run: number,
  pace: Pace,
): Promise<Pair> {
  // A queue without a consumer is soon full, so each run has its own.
  const { id, token } = await stage.client.createInstance(`accept ${run}`)
  const path = `/instances/${id}/token/${token}/send-button-otp`
  const ours = () => measured(stage.gateway.pid, stage.gateway.url + path, stage.clientToken, pace)
  const bare = () => measured(barePid ?? -1, `http://127.0.0.1:${barePort}${path}`, '', pace)
  // The second one finds the machine in another state.
  if (run % 2 === 0) return { bare: await bare(), ours: await ours() }
  return { ours: await ours(), bare: await bare() }
}

type Pace = 'as fast' | 'at a rate'

async function measured(pid: number, url: string, clientToken: string, pace: Pace): Promise<Run> {
  const before = cpuMsOf(pid)
  const result = await autocannon({
    url,
    method: 'POST',
    headers: { 'content-type': 'application/json', 'client-token': clientToken },
    body: JSON.stringify({
      phone: '5511999990001',
      message: 'Seu código de acesso',
      code: '845201',
    }),
    connections: pace === 'as fast' ? connectionsAtOnce : 10,
    ...(pace === 'as fast' ? {} : { overallRate: ratePerSecond }),
    amount: requestsARun,
  })
  if (result.non2xx > 0 || result.errors > 0)
    throw new Error(`${result.non2xx} requests were refused, ${result.errors} failed`)
  const { p50, p99 } = result.latency
  // Of a closed loop: autocannon itself looks at its watch once a second only.
  const rate = (connectionsAtOnce * 1_000) / result.latency.average
  return { cpuMs: (cpuMsOf(pid) - before) / requestsARun, p50, p99, rate }
}
