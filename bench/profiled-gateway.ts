/**
 * The gateway with a profiler in it: `BENCH_GATEWAY` is its built program, `BENCH_PROFILE` the
 * file to write. SIGUSR2 begins a profile, the next one ends and writes it.
 */

import { writeFileSync } from 'node:fs'
import { Session } from 'node:inspector'

const inspector = new Session()
inspector.connect()
inspector.post('Profiler.enable')
let isRunning = false

process.on('SIGUSR2', () => {
  if (!isRunning) inspector.post('Profiler.start')
  else
    inspector.post('Profiler.stop', (_error, { profile }) =>
      writeFileSync(process.env['BENCH_PROFILE'] ?? '', JSON.stringify(profile)),
    )
  isRunning = !isRunning
})

await import(process.env['BENCH_GATEWAY'] ?? '')
