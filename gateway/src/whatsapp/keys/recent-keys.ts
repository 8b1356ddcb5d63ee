/**
 * The Signal keys that were used last, so that a send need not fetch and unseal them again.
 *
 * A socket is alone with its keys, so what it stored or read is what is stored, as long
 * as no write is on its way. Also remembers of a key that there is none.
 */

/** Of a session some 2 KB each; an instance that is idle keeps a handful. */
const mostKeys = 128
/** One-time keys are read once, and the rest seldom. */
const keptTypes: ReadonlySet<string> = new Set(['session', 'tctoken', 'identity-key'])

export class RecentKeys {
  // In the order of their last use.
  readonly #values = new Map<string, Uint8Array | undefined>()
  /** Even when no write is on its way. */
  #generation = 0

  /** `undefined` when it has to be fetched; a key that does not exist is found without a value. */
  find(type: string, id: string): { readonly value: Uint8Array | undefined } | undefined {
    const name = nameOf(type, id)
    if (!this.#values.has(name)) return undefined
    const value = this.#values.get(name)
    this.#put(name, value)
    return { value }
  }

  /** To be asked before a fetch, and given to `fetched`. */
  get moment(): number {
    return this.#generation
  }

  /** What a fetch brought that began at `moment`. */
  fetched(moment: number, type: string, id: string, value: Uint8Array | undefined): void {
    const isUntouched = moment === this.#generation && moment % 2 === 0
    if (isUntouched && keptTypes.has(type)) this.#put(nameOf(type, id), value)
  }

  /** Runs a write; one at a time. What it changes is unknown until it succeeded. */
  async during(
    changes: readonly {
      readonly type: string
      readonly id: string
      readonly value: Uint8Array | undefined
    }[],
    write: () => Promise<void>,
  ): Promise<void> {
    const kept = changes.filter(({ type }) => keptTypes.has(type))
    this.#generation += 1
    for (const { type, id } of kept) this.#values.delete(nameOf(type, id))
    try {
      await write()
      for (const { type, id, value } of kept) this.#put(nameOf(type, id), value)
    } finally {
      this.#generation += 1
    }
  }

  #put(name: string, value: Uint8Array | undefined): void {
    this.#values.delete(name)
    this.#values.set(name, value)
    const [oldest] = this.#values.keys()
    if (this.#values.size > mostKeys && oldest !== undefined) this.#values.delete(oldest)
  }
}

function nameOf(type: string, id: string): string {
  return JSON.stringify([type, id])
}
