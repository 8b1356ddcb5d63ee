/** Keeps what was read of one topic until a signal says that it changed. */

import type { Signals, Topic } from './signals.js'

interface Entry<V> {
  readonly version: number
  readonly values: Map<string, { readonly value: V }>
}

export class RowCache<V> {
  readonly #signals: Signals
  readonly #topic: Topic
  readonly #most: number
  readonly #entries = new Map<string, Entry<V>>()
  #count = 0

  /** @param most how many values are kept */
  constructor(signals: Signals, topic: Topic, most = 10_000) {
    this.#signals = signals
    this.#topic = topic
    this.#most = most
  }

  /**
   * @param id the instance whose rows they are
   * @param key names the value among those of the instance
   * @param read is called if nothing is kept, and reads rows of this instance and topic only. Its
   *   result is not kept if they change meanwhile
   * @returns what `read` gave. It is shared: do not change it
   */
  async get(id: string, key: string, read: () => Promise<V>): Promise<V> {
    const version = this.#signals.versionOf(this.#topic, id)
    if (version === undefined) return read()
    const entry = this.#entries.get(id)
    const known = entry?.version === version ? entry.values.get(key) : undefined
    if (known !== undefined) return known.value
    const value = await read()
    if (this.#signals.versionOf(this.#topic, id) === version) this.#keep(id, version, key, value)
    return value
  }

  #keep(id: string, version: number, key: string, value: V): void {
    const known = this.#entries.get(id)
    if (known !== undefined && known.version !== version) {
      this.#entries.delete(id)
      this.#count -= known.values.size
    }
    if (this.#count >= this.#most) {
      this.#entries.clear()
      this.#count = 0
    }
    const entry = this.#entries.get(id) ?? {
      version,
      values: new Map<string, { readonly value: V }>(),
    }
    this.#entries.set(id, entry)
    if (!entry.values.has(key)) this.#count += 1
    entry.values.set(key, { value })
  }
}
