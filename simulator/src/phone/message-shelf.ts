/** The messages that a phone keeps, and waiting for one. */

import type { PhoneMessage, ShownStatus } from '../model.js'

const ORDER: Readonly<Record<ShownStatus, number>> = { sent: 0, delivered: 1, read: 2 }

export interface ShelfEvents {
  /** A message is on the screen (its image fetched, or given up). */
  message: [PhoneMessage]
  /** Its status moved forward. */
  status: [PhoneMessage]
  /** A later message changed it: a reaction, a correction, a vote. */
  changed: [PhoneMessage]
  /** It is on the shelf, one of its own too. */
  put: [PhoneMessage]
  /** The chat was cleared or deleted: it is not there any more. */
  removed: [PhoneMessage]
}

/** As much of an event emitter as the shelf needs. */
export interface ShelfEmitter {
  emit(name: keyof ShelfEvents, message: PhoneMessage): unknown
  on(name: keyof ShelfEvents, listener: (message: PhoneMessage) => void): unknown
  off(name: keyof ShelfEvents, listener: (message: PhoneMessage) => void): unknown
}

type Predicate = (message: PhoneMessage) => boolean

export class MessageShelf {
  readonly #messages = new Map<string, PhoneMessage>()
  readonly #events: ShelfEmitter
  readonly #unreadable: () => number

  /** `unreadable` counts the messages that came and could not be read: it explains why one is missed. */
  constructor(events: ShelfEmitter, unreadable: () => number) {
    this.#events = events
    this.#unreadable = unreadable
  }

  get messages(): readonly PhoneMessage[] {
    return [...this.#messages.values()]
  }

  /** By its key, or by its id and author. */
  find(key: string, from?: string): PhoneMessage | undefined {
    const first = this.#messages.get(key)
    if (from === undefined || first?.from === from) return first
    return this.#messages.get(`${key} ${from}`)
  }

  /** Adds a message, or replaces the one of the same id and author. Gives it with its key. */
  put(message: PhoneMessage): PhoneMessage {
    const { id, from } = message
    const key = this.find(id, from)?.key ?? (this.#messages.has(id) ? `${id} ${from}` : id)
    const kept = { ...message, key }
    this.#messages.set(key, kept)
    this.#events.emit('put', kept)
    return kept
  }

  /** Replaces a message by what a later one made of it. */
  change(message: PhoneMessage): void {
    this.#messages.set(message.key, message)
    this.#events.emit('changed', message)
  }

  remove(predicate: Predicate): void {
    for (const message of this.messages.filter(predicate)) {
      this.#messages.delete(message.key)
      this.#events.emit('removed', message)
    }
  }

  /** A status never goes back. */
  advance(key: string, status: ShownStatus): void {
    const message = this.#messages.get(key)
    if (message === undefined || ORDER[status] <= ORDER[message.status]) return
    const advanced = { ...message, status }
    this.#messages.set(key, advanced)
    this.#events.emit('status', advanced)
  }

  /** The next message that is shown from now on. Rejects after `timeoutMs`. */
  async next(predicate: Predicate, timeoutMs: number): Promise<PhoneMessage> {
    return this.#hear(['message'], predicate, timeoutMs)
  }

  /** A message that is there or comes, in the state asked for. Rejects after `timeoutMs`. */
  async until(predicate: Predicate, timeoutMs: number): Promise<PhoneMessage> {
    const there = this.messages.find(predicate)
    return there ?? this.#hear(['message', 'status', 'changed'], predicate, timeoutMs)
  }

  async #hear(
    names: readonly (keyof ShelfEvents)[],
    predicate: Predicate,
    timeoutMs: number,
  ): Promise<PhoneMessage> {
    return new Promise<PhoneMessage>((resolve, reject) => {
      const stop = (): void => {
        clearTimeout(timer)
        for (const name of names) this.#events.off(name, look)
      }
      const look = (message: PhoneMessage): void => {
        if (!predicate(message)) return
        stop()
        resolve(message)
      }
      const timer = setTimeout(() => {
        stop()
        const seen = `${this.#messages.size} shown, ${this.#unreadable()} unreadable`
        reject(new Error(`no such message in ${timeoutMs} ms; ${seen}`))
      }, timeoutMs)
      for (const name of names) this.#events.on(name, look)
    })
  }
}
