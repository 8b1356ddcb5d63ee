/** Lets only so many in at a time, in the order in which they came. A connect storm costs memory and annoys WhatsApp. */

export class Semaphore {
  readonly #limit: number
  readonly #queue: (() => void)[] = []
  #inside = 0

  constructor(limit: number) {
    this.#limit = limit
  }

  /** Resolves when there is room. Call what it gives exactly when you leave; twice does no harm. */
  async enter(): Promise<() => void> {
    if (this.#inside < this.#limit) this.#inside += 1
    else await new Promise<void>((resolve) => this.#queue.push(resolve))

    let left = false
    return () => {
      if (left) return
      left = true
      const next = this.#queue.shift()
      if (next) next()
      else this.#inside -= 1
    }
  }
}
