/**
 * Runs before the gateway, and measures how long one turn of its event loop takes of the CPU.
 *
 * Time by the clock would tell of other programs too. SIGUSR2 begins to measure; the next one ends it,
 * and the longest turn is written into the file that the variable names, in milliseconds.
 */

import { readFileSync, writeFileSync } from 'node:fs'

const file = process.env['LONGEST_TURN_FILE'] ?? ''
let isMeasuring = false
let longestMs = 0
let beforeMs = 0

/** Of the main thread, with the precision of the scheduler: about 4 ms. */
function cpuMs(): number {
  const [nanoseconds] = readFileSync(`/proc/self/task/${process.pid}/schedstat`, 'latin1').split(
    ' ',
  )
  return Number(nanoseconds) / 1e6
}

function turn(): void {
  const nowMs = cpuMs()
  longestMs = Math.max(longestMs, nowMs - beforeMs)
  beforeMs = nowMs
  if (isMeasuring) setImmediate(turn)
  else writeFileSync(file, String(longestMs))
}

process.on('SIGUSR2', () => {
  isMeasuring = !isMeasuring
  if (!isMeasuring) return
  longestMs = 0
  beforeMs = cpuMs()
  setImmediate(turn)
})
