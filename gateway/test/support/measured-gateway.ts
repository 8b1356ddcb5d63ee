/**
 * Runs before the gateway, and measures how long one turn of its event loop takes of the CPU.
 *
 * Time by the clock would tell of other programs too. SIGUSR2 begins to measure; the next one ends it.
 * Then the file that the variable names has two figures in milliseconds: the longest turn, and what
 * the machine takes for the least that an image costs in one turn (`bareMs`).
 */

import { readFileSync, writeFileSync } from 'node:fs'

const file = process.env['LONGEST_TURN_FILE'] ?? ''
const mostCopies = 10
let isMeasuring = false
let longestMs = 0
let beforeMs = 0
let longestBareMs = 0
const copies: object[] = []

/** Of the main thread, with the precision of the scheduler: about 4 ms. */
function cpuMs(): number {
  const [nanoseconds] = readFileSync(`/proc/self/task/${process.pid}/schedstat`, 'latin1').split(
    ' ',
  )
  return Number(nanoseconds) / 1e6
}

/**
 * What the database driver `pg` does with an image of 5 MB: its text in hex, and the bytes of that.
 * The copies are kept, so that each one needs fresh memory, which is what costs most on some machines.
 */
function copyBare(): void {
  const before = cpuMs()
  const text = Buffer.alloc(5_000_000, 7).toString('hex')
  copies.push({ text, bytes: Buffer.from(text, 'hex') })
  longestBareMs = Math.max(longestBareMs, cpuMs() - before)
}

function turn(): void {
  const nowMs = cpuMs()
  longestMs = Math.max(longestMs, nowMs - beforeMs)
  if (copies.length < mostCopies) copyBare()
  beforeMs = cpuMs()
  if (isMeasuring) setImmediate(turn)
  else writeFileSync(file, `${longestMs} ${longestBareMs}`)
}

process.on('SIGUSR2', () => {
  isMeasuring = !isMeasuring
  if (!isMeasuring) return
  longestMs = 0
  copies.length = 0
  beforeMs = cpuMs()
  setImmediate(turn)
})
