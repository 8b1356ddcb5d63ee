/**
 * Tells open pages that something changed, so that they ask again.
 *
 * A change carries no content: what a page may see is decided where it asks.
 * Many changes of one kind within a moment become one. States of sessions are
 * looked at while a page listens, because no event tells of each.
 */

import type { GatewayEvent } from '../domain/gateway-event.js'
import type { InstanceId } from '../domain/instance.js'
import type { Clock } from '../runtime/clock.js'
import type { Change } from './change-answers.js'

export interface LiveFeedOptions {
  readonly clock: Clock
  /** How each session stands now. */
  readonly states: () => ReadonlyMap<InstanceId, string>
}

type Listener = (changes: readonly Change[]) => void

/** Short for people, long enough for a burst of receipts. */
const gatherMs = 200
const lookMs = 1_000

export class LiveFeed implements AsyncDisposable {
  readonly #options: LiveFeedOptions
  readonly #listeners = new Set<Listener>()
  readonly #gathered = new Map<string, Change>()
  readonly #ended = new AbortController()
  #states: ReadonlyMap<InstanceId, string> = new Map()
  #looking: Promise<void> | undefined
  #telling: Promise<void> | undefined

  constructor(options: LiveFeedOptions) {
    this.#options = options
  }

  /** Call what it gives to hear no more. */
  listen(listener: Listener): () => void {
    this.#listeners.add(listener)
    if (this.#looking === undefined) {
      this.#states = this.#options.states()
      this.#looking = this.#look()
    }
    return () => this.#listeners.delete(listener)
  }

  /** Cheap, and cheaper while no page listens. */
  changed(change: Change): void {
    if (this.#listeners.size === 0) return
    this.#gathered.set(`${change.instanceId} ${change.topic}`, change)
    this.#telling ??= this.#tellSoon()
  }

  /** A delivery of this is owed, and pages may show it. */
  told({ instanceId, kind }: Pick<GatewayEvent, 'instanceId' | 'kind'>): void {
    this.changed({ instanceId, topic: kind.startsWith('message.') ? 'messages' : 'session' })
    this.changed({ instanceId, topic: 'callbacks' })
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#listeners.clear()
    this.#ended.abort()
    await Promise.all([this.#looking, this.#telling])
  }

  async #tellSoon(): Promise<void> {
    await this.#options.clock.sleep(gatherMs, this.#ended.signal)
    this.#telling = undefined
    const changes = [...this.#gathered.values()]
    this.#gathered.clear()
    for (const listener of this.#listeners) listener(changes)
  }

  async #look(): Promise<void> {
    while (this.#listeners.size > 0) {
      await this.#options.clock.sleep(lookMs, this.#ended.signal)
      const states = this.#options.states()
      for (const instanceId of new Set([...states.keys(), ...this.#states.keys()]))
        if (states.get(instanceId) !== this.#states.get(instanceId))
          this.changed({ instanceId, topic: 'session' })
      this.#states = states
    }
    this.#looking = undefined
  }
}
