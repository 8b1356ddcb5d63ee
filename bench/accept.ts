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
  await using stage = await Stage.open(profile)
  const child = fork(door, [], { execArgv: ['--import', 'tsx'] })
  const [port] = (await once(child, 'message')) as [number]
  const ours: Run[] = []
  const bare: Run[] = []
  if (profile !== '') stage.gateway.kill('SIGUSR2')
  for (let run = 0; run < runs; run += 1) {
    // A line that nobody empties is soon full, so each run has its own.
    const { id, token } = await stage.client.createInstance(`accept ${run}`)
    const path = `/instances/${id}/token/${token}/send-button-otp`
    const measureOurs = async (): Promise<void> => {
      ours.push(await measured(stage.gateway.pid, stage.gateway.url + path, stage.clientToken))
    }
    const measureBare = async (): Promise<void> => {
      bare.push(await measured(child.pid ?? -1, `http://127.0.0.1:${port}${path}`, ''))
    }
    for (const measure of run % 2 === 0 ? [measureBare, measureOurs] : [measureOurs, measureBare])
      await measure()
  }
  if (profile !== '') stage.gateway.kill('SIGUSR2')
  child.kill('SIGKILL')
  const pick = (name: string, unit: string, of: (run: Run) => number): Comparison => ({
    name,
    unit,
    ours: ours.map(of),
    bare: bare.map(of),
  })
  return [
    {
      ...pick('accept, CPU', 'ms a request', (run) => run.cpuMs),
      goal: { better: 'less', ratio: 2.5 },
    },
    pick(`accept at ${ratePerSecond}/s, p50`, 'ms', (run) => run.p50),
    pick(`accept at ${ratePerSecond}/s, p99`, 'ms', (run) => run.p99),
    pick(`accept, as asked for ${ratePerSecond}/s`, 'requests/s', (run) => run.rate),
  ]
}

interface Run {
  readonly cpuMs: number
  readonly p50: number
  readonly p99: number
  readonly rate: number
}

async function measured(pid: number, url: string, clientToken: string): Promise<Run> {
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
    connections: 10,
    overallRate: ratePerSecond,
    amount: requestsARun,
  })
  if (result.non2xx > 0 || result.errors > 0)
    throw new Error(`${result.non2xx} requests were refused, ${result.errors} failed`)
  const { p50, p99 } = result.latency
  const rate = requestsARun / ((Number(result.finish) - Number(result.start)) / 1_000)
  return { cpuMs: (cpuMsOf(pid) - before) / requestsARun, p50, p99, rate }
}
