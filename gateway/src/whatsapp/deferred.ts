/** Points in time as promises. */

import { EventEmitter, once } from 'node:events'

/** A point in time that others can wait for. */
export class Deferred {
  hasCome = false
  readonly promise: Promise<undefined>
  readonly #bell = new EventEmitter()

  constructor() {
    this.promise = once(this.#bell, 'come').then(() => undefined)
  }

  come(): void {
    this.hasCome = true
    this.#bell.emit('come')
  }
}

/**
 * What `work` comes to, or what `instead` gives or throws if the signal aborts
 * first. Leaves nothing behind on the signal: a connection lives for months,
 * and every message waits on its end.
 */
export function unlessAborted<T, U>(
  signal: AbortSignal,
  work: Promise<T>,
  instead: () => U,
): Promise<T | U> {
  return new Promise<T | U>((resolve, reject) => {
    const giveUp = (): void => {
      try {
        resolve(instead())
      } catch (cause) {
        reject(cause)
      }
    }
    if (signal.aborted) giveUp()
    else signal.addEventListener('abort', giveUp, { once: true })
    void work.then(resolve, reject).finally(() => signal.removeEventListener('abort', giveUp))
  })
}
