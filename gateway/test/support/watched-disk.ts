/** What this process asks the disk to keep (fsync, fdatasync): seen, and held up if the test wants so. */

import { type FileHandle, open, stat } from 'node:fs/promises'

type Wait = (this: FileHandle) => Promise<void>

const waits = ['sync', 'datasync']

export class WatchedDisk implements Disposable {
  /** The inode of each file and folder that was synced, in order. */
  readonly synced: number[] = []
  readonly #restore: () => void
  readonly #waiting = new Set<() => void>()
  readonly #watchers = new Set<() => void>()
  #isHeld = false

  /** @param handles what all open files inherit from */
  constructor(handles: FileHandle) {
    const originals = waits.map((name): [string, Wait] => [name, Reflect.get(handles, name)])
    this.#restore = () => Object.assign(handles, Object.fromEntries(originals))
    const watched = (file: FileHandle, wait: Wait) => this.#sync(file, wait)
    for (const [name, wait] of originals)
      Reflect.set(handles, name, function (this: FileHandle) {
        return watched(this, wait)
      })
  }

  /** From now on, and until `release`, a sync waits before it reaches the disk. */
  hold(): void {
    this.#isHeld = true
  }

  get isHeld(): boolean {
    return this.#isHeld
  }

  /** Resolves as soon as a sync waits. */
  async held(): Promise<void> {
    while (this.#waiting.size === 0) await new Promise<void>((look) => this.#watchers.add(look))
  }

  /** Lets the syncs go on that wait now; later ones still wait. */
  letGo(): void {
    for (const go of this.#waiting) go()
    this.#waiting.clear()
  }

  release(): void {
    this.#isHeld = false
    this.letGo()
  }

  [Symbol.dispose](): void {
    this.release()
    this.#restore()
  }

  async #sync(file: FileHandle, wait: Wait): Promise<void> {
    if (this.#isHeld) {
      const released = new Promise<void>((go) => this.#waiting.add(go))
      for (const look of this.#watchers) look()
      this.#watchers.clear()
      await released
    }
    await wait.call(file)
    this.synced.push((await file.stat()).ino)
  }
}

/** The syncs really happen. Dispose of it within the test. */
export async function watchDisk(): Promise<WatchedDisk> {
  const file = await open(process.execPath, 'r')
  await file.close()
  return new WatchedDisk(Object.getPrototypeOf(file))
}

export async function inodeOf(path: string): Promise<number> {
  return (await stat(path)).ino
}
