/**
 * What pages read, kept by its path. A page asks for it while it is drawn; what
 * no page asks for is not fetched. What changed is fetched again, and until it
 * is there the page shows what it had.
 */

import { ask, type Method, Refusal } from './api.js'

export interface Reading<Answer> {
  readonly data: Answer | undefined
  readonly refusal: Refusal | undefined
}

interface Entry {
  data: unknown
  refusal: Refusal | undefined
  readonly method: Method
  isStale: boolean
  isFetching: boolean
  fetchedAt: number
  everyMs: number | undefined
}

const nothing: Reading<never> = { data: undefined, refusal: undefined }

export class Queries {
  readonly #entries = new Map<string, Entry>()
  #used = new Set<string>()
  readonly #changed: () => void
  readonly #loggedOut: () => void

  constructor(changed: () => void, loggedOut: () => void) {
    this.#changed = changed
    this.#loggedOut = loggedOut
    setInterval(() => this.#tick(), 500)
  }

  /** Call it while drawing, between `begin` and `end`. `everyMs`: fetch it again so often. */
  read<Answer>(
    path: string,
    { method = 'GET', everyMs }: { method?: Method; everyMs?: number | undefined } = {},
  ): Reading<Answer> {
    this.#used.add(path)
    const entry = this.#entries.get(path)
    if (entry === undefined) {
      const empty = { ...nothing, method, isStale: true, isFetching: false, fetchedAt: 0, everyMs }
      this.#entries.set(path, empty)
      return nothing
    }
    entry.everyMs = everyMs
    // The gateway and the pages share the type of each answer.
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion
    return entry as Reading<Answer>
  }

  begin(): void {
    this.#used = new Set()
  }

  end(): void {
    for (const path of this.#used) this.#fetchIfStale(path)
    for (const path of this.#entries.keys())
      if (!this.#used.has(path) && this.#entries.size > 40) this.#entries.delete(path)
  }

  /** Everything below these paths may be another by now. */
  invalidate(...prefixes: readonly string[]): void {
    for (const [path, entry] of this.#entries) {
      if (!prefixes.some((prefix) => path.startsWith(prefix))) continue
      entry.isStale = true
      if (this.#used.has(path)) this.#fetchIfStale(path)
    }
  }

  /** The same for these paths alone, whatever is asked of them behind `?`. */
  invalidateExactly(paths: ReadonlySet<string>): void {
    for (const path of this.#entries.keys()) {
      const [plain = ''] = path.split('?', 1)
      const isOne = paths.has(plain) || paths.has(plain.replace(/(messages|callbacks)\/.*$/u, '$1'))
      if (isOne) this.invalidate(path)
    }
  }

  forget(): void {
    this.#entries.clear()
  }

  #tick(): void {
    if (document.hidden) return
    const now = Date.now()
    for (const path of this.#used) {
      const entry = this.#entries.get(path)
      if (entry?.everyMs === undefined || now - entry.fetchedAt < entry.everyMs) continue
      entry.isStale = true
      this.#fetchIfStale(path)
    }
  }

  #fetchIfStale(path: string): void {
    const entry = this.#entries.get(path)
    if (entry === undefined || !entry.isStale || entry.isFetching) return
    entry.isFetching = true
    entry.isStale = false
    void this.#fetch(path, entry)
  }

  async #fetch(path: string, entry: Entry): Promise<void> {
    try {
      entry.data = await ask(entry.method, path)
      entry.refusal = undefined
    } catch (cause) {
      entry.refusal = cause instanceof Refusal ? cause : new Refusal(0, '')
      if (entry.refusal.status === 401) this.#loggedOut()
    }
    entry.isFetching = false
    entry.fetchedAt = Date.now()
    if (this.#entries.get(path) !== entry) return
    if (entry.isStale && this.#used.has(path)) this.#fetchIfStale(path)
    this.#changed()
  }
}
