/**
 * Says that rows change, to those who keep what they have read of them, and that there is work for
 * the node that runs an instance.
 *
 * The store that writes says so, by topic and instance, with `Transaction.changes`.
 * `gateway/test/architecture/signals.test.ts` holds that every statement that writes to such a table has it.
 * With several nodes, `notifications.ts` carries signals from one to the others.
 */

/** The tables that are cached, by their names. */
export const topics = [
  'instance',
  'restriction',
  'known_person',
  'callback_endpoint',
  'paused_receiver',
  'pool_member',
] as const

export type Topic = (typeof topics)[number]

/** What waits for the node that runs an instance; `lease`: it was given up, and waits for a node. */
export const works = ['queue', 'deliveries', 'lease'] as const

export type Work = (typeof works)[number]

/**
 * What pages of the console want to know of other nodes: that a page is open (`id`: any), what changed of an
 * instance, and that a login has ended (`id`: the login).
 */
export const newsKinds = [
  'page-open',
  'seen-session',
  'seen-messages',
  'seen-callbacks',
  'login-ended',
] as const

export type News = (typeof newsKinds)[number]

/** Carries signals to other nodes. */
export type Outlet = (kind: Topic | Work | News, id: string) => void

/** More than one topic of an instance changes between two times that everything may have changed. */
const versionsInEra = 2 ** 32

export class Signals {
  readonly #versions = new Map<string, number>()
  /** Changes that may still be undone. */
  readonly #open = new Map<string, number>()
  readonly #hearers = new Set<(news: News, id: string) => void>()
  #outlet: Outlet | undefined
  /** Counts how often everything may have changed. */
  #era = 0
  #isDeaf = false

  /** `outlet` is called after each change of this node. */
  carryWith(outlet: Outlet): void {
    this.#outlet = outlet
  }

  /** There is work for an instance that another node runs. Does nothing where there are no others. */
  tellOwner(work: Work, instanceId: string): void {
    this.#outlet?.(work, instanceId)
  }

  /** Tells the other nodes. Does nothing where there are none. */
  tellNews(news: News, id: string): void {
    this.#outlet?.(news, id)
  }

  /** Calls `hear` with what other nodes tell. Call what it gives to hear no more. */
  onNews(hear: (news: News, id: string) => void): () => void {
    this.#hearers.add(hear)
    return () => this.#hearers.delete(hear)
  }

  /** Another node told this. */
  heard(news: News, id: string): void {
    for (const hear of this.#hearers) hear(news, id)
  }

  /** The rows are about to change. Gives what to call after the commit or the rollback. */
  begin(topic: Topic, id: string): () => void {
    const key = `${topic} ${id}`
    this.#open.set(key, (this.#open.get(key) ?? 0) + 1)
    let isOver = false
    return () => {
      if (isOver) return
      isOver = true
      const left = (this.#open.get(key) ?? 1) - 1
      if (left === 0) this.#open.delete(key)
      else this.#open.set(key, left)
      this.changed(topic, id)
      this.#outlet?.(topic, id)
    }
  }

  /** The rows were changed, here or by another node. */
  changed(topic: Topic, id: string): void {
    const key = `${topic} ${id}`
    this.#versions.set(key, (this.#versions.get(key) ?? 0) + 1)
  }

  /** From now on other nodes are not heard: nothing counts as unchanged. */
  deaf(): void {
    this.#isDeaf = true
  }

  /** Other nodes are heard again. Everything may have changed meanwhile. */
  hears(): void {
    this.#isDeaf = false
    this.#era += 1
  }

  /**
   * The same number as long as nothing changed; `undefined` between the beginning and the end of a
   * change, and while other nodes are not heard.
   */
  versionOf(topic: Topic, id: string): number | undefined {
    const key = `${topic} ${id}`
    if (this.#isDeaf || this.#open.has(key)) return undefined
    return this.#era * versionsInEra + (this.#versions.get(key) ?? 0)
  }
}
