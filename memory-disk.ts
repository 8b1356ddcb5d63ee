/**
 * Where the tests keep what they throw away: in memory, if there is room.
 *
 * SQLite and PostgreSQL wait for the disk at every commit, as they must; on a
 * disk that others use too, that is a third of what the tests of the stores
 * cost. What a kill leaves behind is the same in memory: only a power cut
 * tells the two apart, and no test makes one.
 */

import { readFileSync, statfsSync } from 'node:fs'

const memoryDisk = '/dev/shm'
const roomBytes = 4 * 1024 ** 3

/** Sets TMPDIR for this process and those it starts, unless somebody has set it. */
export function useMemoryDisk(): void {
  if (process.env['TMPDIR'] === undefined && isRoomy()) process.env['TMPDIR'] = memoryDisk
}

/** A container often has 64 MB there, and forbids to run programs from it, which PostgreSQL's copy needs. */
function isRoomy(): boolean {
  try {
    const { bavail, bsize } = statfsSync(memoryDisk)
    const mount = readFileSync('/proc/mounts', 'utf8')
      .split('\n')
      .findLast((line) => line.split(' ')[1] === memoryDisk)
    return bavail * bsize >= roomBytes && mount !== undefined && !mount.includes('noexec')
  } catch {
    return false
  }
}
