/** The state of a session. It changes only as `session-state.ts` allows, and resolves those that wait for a state. */

import type { Clock } from '../runtime/clock.js'
import { mayBecome, type SessionState } from './session-state.js'

export class ConnectionState {
  readonly #clock: Pick<Clock, 'sleep'>
  readonly #waiting = new Set<() => void>()
  #state: SessionState = { kind: 'idle' }

  constructor(clock: Pick<Clock, 'sleep'>) {
    this.#clock = clock
  }

  get state(): SessionState {
    return this.#state
  }

  /** Neither a socket nor one on its way. */
  get isResting(): boolean {
    return this.#state.kind === 'idle' || this.#state.kind === 'ended'
  }

  /** Throws when the one state may not follow the other: a bug of ours. */
  go(next: SessionState): void {
    if (!mayBecome(this.#state, next))
      throw new Error(`a session that is ${this.#state.kind} cannot become ${next.kind}`)
    this.#state = next
    for (const look of this.#waiting) look()
  }

  /** Whether it came to such a state within `timeoutMs`. Never throws. */
  async reaches(wanted: (state: SessionState) => boolean, timeoutMs: number): Promise<boolean> {
    const come = new AbortController()
    const look = (): void => {
      if (wanted(this.#state)) come.abort()
    }
    this.#waiting.add(look)
    look()
    await this.#clock.sleep(timeoutMs, come.signal)
    this.#waiting.delete(look)
    return come.signal.aborted
  }
}
