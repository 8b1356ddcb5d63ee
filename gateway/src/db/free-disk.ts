/**
 * How much may still be written where SQLite keeps its file. Asked before a
 * message is stored, so that a disk fills up with an error that names the cure
 * and keeps room for receipts, callbacks and codes.
 */

import { statfs } from 'node:fs/promises'
import { DiskNearlyFullError } from '../domain/errors.js'

export interface FreeDiskOptions {
  /** A folder on the disk. */
  readonly path: string
  /** Below it no files are taken, and below a quarter of it nothing. 0: no limit. */
  readonly minFreeBytes: number
  /** Of this user; for tests. */
  readonly freeBytesAt?: (path: string) => Promise<number>
}

/** Larger contents hold a file. */
const largeBytes = 65_536
const readEveryMs = 1_000

export class FreeDisk {
  readonly #options: FreeDiskOptions
  readonly #freeBytesAt: (path: string) => Promise<number>
  #freeBytes = Number.POSITIVE_INFINITY
  #readAt = Number.NEGATIVE_INFINITY

  constructor(options: FreeDiskOptions) {
    this.#options = options
    this.#freeBytesAt = options.freeBytesAt ?? freeBytesOfUser
  }

  /** Throws `DiskNearlyFullError`. Knows the disk as it was a second ago. */
  check(bytes: number): void {
    if (this.#options.minFreeBytes === 0) return
    if (performance.now() - this.#readAt >= readEveryMs) void this.read()
    const isLarge = bytes > largeBytes
    if (this.#freeBytes - bytes < this.#leastBytes(isLarge)) throw new DiskNearlyFullError(isLarge)
  }

  /** Looks now. What cannot be read does not hold up messages. */
  async read(): Promise<void> {
    this.#readAt = performance.now()
    this.#freeBytes = await this.#freeBytesAt(this.#options.path).catch(
      () => Number.POSITIVE_INFINITY,
    )
  }

  /** How many bytes are free now; `undefined` if it cannot be read. */
  async free(): Promise<number | undefined> {
    await this.read()
    return Number.isFinite(this.#freeBytes) ? this.#freeBytes : undefined
  }

  #leastBytes(isLarge: boolean): number {
    const { minFreeBytes } = this.#options
    return isLarge ? minFreeBytes : minFreeBytes / 4
  }
}

async function freeBytesOfUser(path: string): Promise<number> {
  const { bavail, bsize } = await statfs(path)
  return bavail * bsize
}
