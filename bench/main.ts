/**
 * `npm run bench -- send --only loopback --runs 3`: measures Recado against the bare parts it is
 * made of, in the same run and taking turns, and prints the medians and their ratios.
 */

import { cpus } from 'node:os'
import { parseArgs } from 'node:util'
import { measureAccepts } from './accept.js'
import { measureLatency } from './latency.js'
import { measureSends } from './send.js'
import { type Comparison, tableOf } from './table.js'

export interface PartOptions {
  readonly runs: number
  /** Measure what has this in its name. */
  readonly only: string
  /** A file for a CPU profile of the gateway, or ''. The figures are no good then. */
  readonly profile: string
}

const parts: Readonly<Record<string, (options: PartOptions) => Promise<readonly Comparison[]>>> = {
  accept: measureAccepts,
  send: measureSends,
  latency: measureLatency,
}

const { values, positionals } = parseArgs({
  options: {
    runs: { type: 'string', default: '3' },
    only: { type: 'string', default: '' },
    profile: { type: 'string', default: '' },
  },
  allowPositionals: true,
})
const names = positionals.length > 0 ? positionals : Object.keys(parts)
const options = { runs: Number(values.runs), only: values.only, profile: values.profile }
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
