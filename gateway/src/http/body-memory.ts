/**
 * Bounds the large bodies that are in memory at the same moment: all of them
 * together, and the share of each instance and each address. Small bodies are
 * not counted, so that a code passes beside a neighbour's images.
 */

import { BodyRefusedError } from './body-refused.js'

/** What one body takes of the room. Give it back when its call is over. */
export interface TakenMemory {
  /** Throws `BodyRefusedError` when there is none; what was taken before stays taken. */
  more(bytes: number): void
  giveBack(): void
}

const retryAfterSeconds = 1

export class BodyMemory {
  readonly #maxBytes: number
  readonly #maxBytesOfOne: number
  #bytes = 0
  readonly #bytesOf = new Map<string, number>()

  /** One instance, and one address, has half of it. */
  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes
    this.#maxBytesOfOne = maxBytes / 2
  }

  /** @param callers whose shares the body counts for, such as an instance and an address */
  enter(callers: readonly string[]): TakenMemory {
    let taken = 0
    return {
      more: (bytes) => {
        this.#check(callers, bytes)
        this.#add(callers, bytes)
        taken += bytes
      },
      giveBack: () => {
        this.#add(callers, -taken)
        taken = 0
      },
    }
  }

  #check(callers: readonly string[], bytes: number): void {
    const isOverShare = callers.some(
      (caller) => (this.#bytesOf.get(caller) ?? 0) + bytes > this.#maxBytesOfOne,
    )
    if (isOverShare)
      throw new BodyRefusedError(
        429,
        'You are sending too many large requests at once. Send this one again after the others.',
        retryAfterSeconds,
      )
    if (this.#bytes + bytes > this.#maxBytes)
      throw new BodyRefusedError(
        503,
        'Too many large requests are arriving. Send this one again in a second.',
        retryAfterSeconds,
      )
  }

  #add(callers: readonly string[], bytes: number): void {
    this.#bytes += bytes
    for (const caller of callers) {
      const sum = (this.#bytesOf.get(caller) ?? 0) + bytes
      if (sum === 0) this.#bytesOf.delete(caller)
      else this.#bytesOf.set(caller, sum)
    }
  }
}
