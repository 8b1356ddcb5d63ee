/** Does one task at a time, in the order in which they were given: the ratchets of a phone bear no other. */

export class InOrder {
  readonly #failed: (error: unknown) => void
  #work: Promise<void> = Promise.resolve()

  /** `failed` is called for tasks that have no awaiting caller. */
  constructor(failed: (error: unknown) => void) {
    this.#failed = failed
  }

  async do<T>(task: () => Promise<T>): Promise<T> {
    const done = this.#work.then(task)
    this.#work = done.then(
      () => undefined,
      () => undefined,
    )
    return done
  }

  later(task: () => Promise<void>): void {
    void this.do(task).catch(this.#failed)
  }

  /** Resolves when what was given until now is done. */
  async settled(): Promise<void> {
    await this.#work
  }
}
