/** The messages that a phone keeps, and waiting for one. */

import type { PhoneMessage, ShownStatus } from '../model.js'

const ORDER: Readonly<Record<ShownStatus, number>> = { sent: 0, delivered: 1, read: 2 }

export interface ShelfEvents {
  /** A message is on the screen (its image fetched, or given up). */
  message: [PhoneMessage]
  /** Its status moved forward. */
  status: [PhoneMessage]
}

/** As much of an event emitter as the shelf needs. */
export interface ShelfEmitter {
  emit(name: keyof ShelfEvents, message: PhoneMessage): unknown
  on(name: keyof ShelfEvents, listener: (message: PhoneMessage) => void): unknown
  off(name: keyof ShelfEvents, listener: (message: PhoneMessage) => void): unknown
}

export class MessageShelf {
  readonly #messages = new Map<string, PhoneMessage>()
  readonly #events: ShelfEmitter

  constructor(events: ShelfEmitter) {
    this.#events = events
  }

  get messages(): readonly PhoneMessage[] {
    return [...this.#messages.values()]
  }

  find(id: string): PhoneMessage | undefined {
    return this.#messages.get(id)
  }

  /** Adds a message, or replaces the one of the same id. */
  put(message: PhoneMessage): void {
    this.#messages.set(message.id, message)
  }

  /** A status never goes back. */
  advance(id: string, status: ShownStatus): void {
    const message = this.#messages.get(id)
    if (message === undefined || ORDER[status] <= ORDER[message.status]) return
    const advanced = { ...message, status }
    this.#messages.set(id, advanced)
    this.#events.emit('status', advanced)
  }
}

/** Rejects after `timeoutMs`. `describe` says what was missed. */
export async function waitForEvent<T>(
  events: ShelfEmitter,
  names: readonly (keyof ShelfEvents)[],
  pick: (message: PhoneMessage) => T | undefined,
  timeout: { readonly timeoutMs: number; readonly describe: () => string },
): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const stop = (): void => {
      clearTimeout(timer)
      for (const name of names) events.off(name, look)
    }
    const look = (message: PhoneMessage): void => {
      const picked = pick(message)
      if (picked === undefined) return
      stop()
      resolve(picked)
    }
    const timer = setTimeout(() => {
      stop()
      reject(new Error(timeout.describe()))
    }, timeout.timeoutMs)
    for (const name of names) events.on(name, look)
  })
}
