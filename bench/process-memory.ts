import { readFileSync } from 'node:fs'

/** What a process holds in memory now. Linux alone tells it. */
export function rssMbOf(pid: number): number {
  const [, kilobytes = ''] =
    /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
  return Number(kilobytes) / 1_024
}
