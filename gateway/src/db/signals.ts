/**
 * Says that rows change, to those who keep what they have read of them.
 *
 * The store that writes says so, by topic and instance, with `Transaction.changes`.
 * `gateway/test/architecture/signals.test.ts` holds that every statement that writes to such a table has it.
 */

/** The tables that are cached, by their names. */
export const topics = ['instance', 'restriction', 'known_person', 'callback_endpoint'] as const

export type Topic = (typeof topics)[number]

export class Signals {
  readonly #versions = new Map<string, number>()
  /** Changes that may still be undone. */
  readonly #open = new Map<string, number>()

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
      this.#versions.set(key, (this.#versions.get(key) ?? 0) + 1)
    }
  }

  /** The same number as long as nothing changed; `undefined` between the beginning and the end of a change. */
  versionOf(topic: Topic, id: string): number | undefined {
    const key = `${topic} ${id}`
    return this.#open.has(key) ? undefined : (this.#versions.get(key) ?? 0)
  }
}
