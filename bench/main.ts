/**
 * `npm run bench -- send --only loopback --runs 3`: measures Recado against the bare parts it is
 * made of, in the same run and taking turns, and prints the medians and their ratios.
 */

import { cpus } from 'node:os'
import { parseArgs } from 'node:util'
import { measureAccepts } from './accept.js'
import { measureCallbacks } from './callbacks.js'
import { measureCodes } from './codes.js'
import { measureDocuments } from './documents.js'
import { measureGrowth } from './growth.js'
import { measureLatency } from './latency.js'
import { measureMemory } from './memory.js'
import { measureNodes } from './nodes.js'
import { measurePages } from './pages.js'
import { measureSends } from './send.js'
import { type Comparison, tableOf } from './table.js'

export interface PartOptions {
  readonly runs: number
  /** Measure what has this in its name. */
  readonly only: string
  /** A file for a CPU profile of the gateway, or ''. The figures are no good then. */
  readonly profile: string
  /** Of how many connected sessions the memory is measured. */
  readonly sessions: readonly number[]
  /** How many nodes share a database, one measurement for each number. */
  readonly nodes: readonly number[]
  /** Of each node. */
  readonly instances: number
  /** Of each instance in a run. */
  readonly messages: number
}

const parts: Readonly<Record<string, (options: PartOptions) => Promise<readonly Comparison[]>>> = {
  accept: measureAccepts,
  send: measureSends,
  latency: measureLatency,
  memory: measureMemory,
  callbacks: measureCallbacks,
  growth: measureGrowth,
  documents: measureDocuments,
  pages: measurePages,
  codes: measureCodes,
  nodes: measureNodes,
}

const { values, positionals } = parseArgs({
  options: {
    runs: { type: 'string', default: '3' },
    only: { type: 'string', default: '' },
    profile: { type: 'string', default: '' },
    sessions: { type: 'string', default: '1,100' },
    nodes: { type: 'string', default: '1,2,3' },
    instances: { type: 'string', default: '300' },
    messages: { type: 'string', default: '5' },
  },
  allowPositionals: true,
})
const names = positionals.length > 0 ? positionals : Object.keys(parts)
const { runs, only, profile, sessions } = values
const options = {
  runs: Number(runs),
  only,
  profile,
  sessions: sessions.split(',').map(Number),
  nodes: values.nodes.split(',').map(Number),
  instances: Number(values.instances),
  messages: Number(values.messages),
}
const found: Comparison[] = []
for (const name of names) {
  const measure = parts[name]
  if (measure === undefined)
    throw new Error(`There is no part "${name}". There are: ${Object.keys(parts).join(', ')}.`)
  found.push(...(await measure(options)))
}
const date = new Date().toISOString().slice(0, 10)
const machine = `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, Node ${process.version}`
process.stdout.write(`${date}, ${machine}, medians of ${options.runs} runs\n\n${tableOf(found)}\n`)
// Sockets of phones and timers of Baileys are of no use any more.
process.exit(0)
