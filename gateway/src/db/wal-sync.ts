/**
 * Waits until SQLite's write-ahead log is on the disk, without keeping this thread.
 *
 * With `synchronous=NORMAL` SQLite itself waits for the disk only where it copies the log into
 * the database; a commit has written the log and is visible. One sync of the file after that makes
 * it, and every commit before it, as durable as `FULL` would have: it is the same file and
 * the same call, only later and from another thread.
 */

import { type FileHandle, open } from 'node:fs/promises'

export interface WalSyncOptions {
  /** Of the log. SQLite keeps it as long as it has the database open. */
  readonly path: string
  /** Brings everything in the log into the database, and that to the disk. Throws when it cannot. */
  readonly checkpoint: () => void
}

export class WalSync {
  readonly #options: WalSyncOptions
  #file: FileHandle | undefined
  /** Counts up with each change, and what of it is on the disk. */
  #written = 0
  #synced = 0
  /** A page that the disk refused once may be forgotten by the system: only writing it again helps. */
  #isBroken = false
  #last: Promise<void> = Promise.resolve()

  constructor(options: WalSyncOptions) {
    this.#options = options
  }

  /** Something was written, or is about to be. */
  changed(): void {
    this.#written += 1
  }

  /** Resolves when everything that was committed before the call is on the disk. Throws what the system says. */
  sync(): Promise<void> {
    const upTo = this.#written
    const synced = this.#last.catch(() => {}).then(() => this.#syncUpTo(upTo))
    this.#last = synced
    return synced
  }

  async close(): Promise<void> {
    await this.#last.catch(() => {})
    await this.#file?.close()
    this.#file = undefined
  }

  async #syncUpTo(upTo: number): Promise<void> {
    if (this.#synced >= upTo) return
    const written = this.#written
    if (this.#isBroken) this.#options.checkpoint()
    else {
      try {
        this.#file ??= await open(this.#options.path, 'r')
        await this.#file.datasync()
      } catch (cause) {
        this.#isBroken = true
        throw cause
      }
    }
    this.#isBroken = false
    this.#synced = written
  }
}
