/** How much processor time a process has taken, its threads together. Linux only. */

import { readdirSync, readFileSync } from 'node:fs'

/** In milliseconds, since its threads began. Exact to the microsecond, where `stat` counts ticks of ten milliseconds. */
export function cpuMsOf(pid: number): number {
  const threads = readdirSync(`/proc/${pid}/task`)
  const nanoseconds = threads.map((thread) => {
    // The first of three numbers is the time on a processor.
    const [running = '0'] = readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')
    return Number(running)
  })
  return nanoseconds.reduce((sum, each) => sum + each, 0) / 1e6
}
