/**
 * Tells open pages that something changed, so that they ask again.
 *
 * A change carries no content: what a page may see is decided where it asks.
 * Many changes of one kind within a moment become one. States of sessions are
 * looked at while a page listens, because no event tells of each.
 *
 * With several nodes, one on which a page is open says so again and again, and the others tell it
 * what changes on them, as long as they hear that.
 */

import type { GatewayEvent } from '../domain/gateway-event.js'
import { type InstanceId, isInstanceId } from '../domain/instance.js'
import type { Clock } from '../runtime/clock.js'
import { type Change, changeTopics } from './change-answers.js'

/** Between the nodes of a database. It does nothing where there is one alone. */
export interface NewsPort {
  tellNews(news: 'page-open' | `seen-${Change['topic']}`, id: string): void
  /** Call what it gives to hear no more. */
  onNews(hear: (news: string, id: string) => void): () => void
}

export interface LiveFeedOptions {
  readonly clock: Clock
  /** How each session stands now. */
  readonly states: () => ReadonlyMap<InstanceId, string>
  readonly signals: NewsPort
}

type Listener = (changes: readonly Change[]) => void

/** Short for people, long enough for a burst of receipts. */
const gatherMs = 200
const lookMs = 1_000
/** Other nodes tell what changes for so long after they heard that a page is open. */
const watchedForMs = 20_000
const sayEveryMs = 5_000

export class LiveFeed implements AsyncDisposable {
  readonly #options: LiveFeedOptions
  readonly #listeners = new Set<Listener>()
  readonly #gathered = new Map<string, Change>()
  readonly #ended = new AbortController()
  #states: ReadonlyMap<InstanceId, string> = new Map()
  #looking: Promise<void> | undefined
  #telling: Promise<void> | undefined

  readonly #unhear: () => void
  /** Until then a page is open on another node, as far as was heard. */
  #watchedUntil = 0
  #saidAt = -sayEveryMs

  constructor(options: LiveFeedOptions) {
    this.#options = options
    this.#unhear = options.signals.onNews((news, id) => this.#hear(news, id))
  }

  /** Call what it gives to hear no more. */
  listen(listener: Listener): () => void {
    this.#listeners.add(listener)
    this.#lookFromNow()
    return () => this.#listeners.delete(listener)
  }

  /** Cheap, and cheaper while no page listens. */
  changed(change: Change): void {
    if (!this.#isWatched) return
    this.#gathered.set(`${change.instanceId} ${change.topic}`, change)
    this.#telling ??= this.#tellSoon()
  }

  /** A delivery of this is owed, and pages may show it. */
  told({ instanceId, kind }: Pick<GatewayEvent, 'instanceId' | 'kind'>): void {
    this.changed({ instanceId, topic: kind.startsWith('message.') ? 'messages' : 'session' })
    this.changed({ instanceId, topic: 'callbacks' })
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#unhear()
    this.#watchedUntil = 0
    this.#listeners.clear()
    this.#ended.abort()
    await Promise.all([this.#looking, this.#telling])
  }

  async #tellSoon(): Promise<void> {
    await this.#options.clock.sleep(gatherMs, this.#ended.signal)
    this.#telling = undefined
    const changes = [...this.#gathered.values()]
    this.#gathered.clear()
    this.#tellHere(changes)
    if (this.#options.clock.now() >= this.#watchedUntil) return
    for (const { instanceId, topic } of changes)
      this.#options.signals.tellNews(`seen-${topic}`, instanceId)
  }

  #tellHere(changes: readonly Change[]): void {
    for (const listener of this.#listeners) listener(changes)
  }

  get #isWatched(): boolean {
    return this.#listeners.size > 0 || this.#options.clock.now() < this.#watchedUntil
  }

  #hear(news: string, id: string): void {
    if (news === 'page-open') {
      this.#watchedUntil = this.#options.clock.now() + watchedForMs
      this.#lookFromNow()
    }
    const topic = changeTopics.find((each) => news === `seen-${each}`)
    if (topic !== undefined && isInstanceId(id)) this.#tellHere([{ instanceId: id, topic }])
  }

  #lookFromNow(): void {
    if (this.#looking !== undefined) return
    this.#states = this.#options.states()
    this.#looking = this.#look()
  }

  #sayThatPagesAreOpen(): void {
    const { clock, signals } = this.#options
    if (this.#listeners.size === 0 || clock.now() - this.#saidAt < sayEveryMs) return
    this.#saidAt = clock.now()
    signals.tellNews('page-open', 'console')
  }

  async #look(): Promise<void> {
    while (this.#isWatched && !this.#ended.signal.aborted) {
      this.#sayThatPagesAreOpen()
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
