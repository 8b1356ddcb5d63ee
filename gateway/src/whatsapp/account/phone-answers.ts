/**
 * Whether numbers are on WhatsApp: asks in portions with rests, and gives what was answered a short
 * time ago again. WhatsApp restricts numbers that ask about many strangers in a row.
 */

import type { LookedUpPhone } from '../../domain/profile.js'
import type { EpochMs } from '../../domain/time.js'
import type { Clock } from '../../runtime/clock.js'

export interface PhoneAnswersOptions {
  readonly clock: Clock
  /** One question for so many numbers. An answer for each, in their order. */
  readonly ask: (
    phones: readonly string[],
    signal: AbortSignal,
  ) => Promise<readonly LookedUpPhone[]>
}

const phonesAtOnce = 200
/** So 50,000 numbers take 25 s of rests: less than a caller waits. */
const restMsOfPhone = 0.5
/** Other callers may be before this one. More would be a clock that was set back. */
const longestRestMs = 60_000
const keepMs = 600_000
/** As many as one call may ask about. */
const mostKept = 50_000

interface CachedAnswer {
  readonly answer: LookedUpPhone
  readonly until: EpochMs
}

export class PhoneAnswers {
  readonly #options: PhoneAnswersOptions
  /** The oldest first. */
  readonly #kept = new Map<string, CachedAnswer>()
  #restsUntil: EpochMs = 0

  constructor(options: PhoneAnswersOptions) {
    this.#options = options
  }

  /**
   * In the order of `phones`. Throws what `ask` throws, or the signal's reason; what was answered until
   * then is kept, so the same call goes on there.
   */
  async of(phones: readonly string[], signal: AbortSignal): Promise<readonly LookedUpPhone[]> {
    this.#forgetOld()
    const found = new Map<string, LookedUpPhone>()
    for (const phone of phones) {
      const kept = this.#kept.get(phone)
      if (kept !== undefined) found.set(phone, kept.answer)
    }
    const unknown = [...new Set(phones)].filter((phone) => !found.has(phone))
    for (let start = 0; start < unknown.length; start += phonesAtOnce) {
      const some = unknown.slice(start, start + phonesAtOnce)
      await this.#rest(some.length, signal)
      for (const answer of await this.#options.ask(some, signal)) {
        found.set(answer.asked, answer)
        this.#keep(answer)
      }
    }
    return phones.map((phone) => found.get(phone) ?? { asked: phone, isUnanswered: true })
  }

  /** Until the rest after the question before is over. Of several callers one goes after the other. */
  async #rest(phones: number, signal: AbortSignal): Promise<void> {
    const { clock } = this.#options
    const now = clock.now()
    const begin = Math.min(Math.max(now, this.#restsUntil), now + longestRestMs)
    this.#restsUntil = begin + phones * restMsOfPhone
    if (begin > now) await clock.sleep(begin - now, signal)
    signal.throwIfAborted()
  }

  #keep(answer: LookedUpPhone): void {
    if (answer.isUnanswered === true) return
    if (this.#kept.size >= mostKept) this.#kept.clear()
    this.#kept.delete(answer.asked)
    this.#kept.set(answer.asked, { answer, until: this.#options.clock.now() + keepMs })
  }

  #forgetOld(): void {
    const now = this.#options.clock.now()
    for (const [phone, { until }] of this.#kept) {
      if (until > now) return
      this.#kept.delete(phone)
    }
  }
}
