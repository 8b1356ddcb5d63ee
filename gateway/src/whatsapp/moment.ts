/** Points in time as promises. */

import { EventEmitter, once } from 'node:events'

/** A point in time that others can wait for. */
export class Moment {
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

/** Resolves when the signal aborts; at once if it has. */
export function aborted(signal: AbortSignal): Promise<undefined> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve(undefined)
    else signal.addEventListener('abort', () => resolve(undefined), { once: true })
  })
}
