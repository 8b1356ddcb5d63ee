/**
 * The tests of random play for as long as you like: `npm run fuzz -- --seconds 60`,
 * `npm run model -- 100000` (operations of each model; `--seed 7` plays the same days again),
 * `npm run hostile -- 2000` (runs).
 */

import { spawn } from 'node:child_process'
import { parseArgs } from 'node:util'

const plays = {
  fuzz: ['FUZZ_SECONDS', 'journeys', 'gateway/test/architecture/fuzz.test.ts'],
  model: [
    'MODEL_OPERATIONS',
    'unit',
    'gateway/src/outbox/queue/queue.model.test.ts',
    'gateway/src/pools/pools.model.test.ts',
  ],
  hostile: ['HOSTILE_RUNS', 'journeys', 'gateway/test/journeys/engine-hostile.test.ts'],
} as const

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { seconds: { type: 'string' }, seed: { type: 'string' } },
})
const [name = '', first = ''] = positionals
const play = Object.entries(plays).find(([each]) => each === name)?.[1]
const amount = values.seconds ?? first
if (play === undefined || !/^[1-9]\d*$/u.test(amount)) {
  process.stderr.write(`Say how much: npm run ${name} -- 60\n`)
  process.exitCode = 1
} else {
  const [variable, project, ...files] = play
  const run = spawn('npx', ['vitest', 'run', '--project', project, ...files], {
    stdio: 'inherit',
    env: {
      ...process.env,
      [variable]: amount,
      ...(values.seed !== undefined && { MODEL_SEED: values.seed }),
    },
  })
  run.on('exit', (code) => {
    process.exitCode = code ?? 1
  })
}
