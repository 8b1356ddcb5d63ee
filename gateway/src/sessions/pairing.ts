/** The QR codes of one pairing: which one counts now, and who waits for the first. */

import { PairingError } from '../domain/errors.js'
import type { Clock } from '../runtime/clock.js'

interface Waiting {
  resolve(text: string): void
  reject(cause: Error): void
}

export class Pairing {
  readonly #clock: Clock
  readonly #waiting = new Set<Waiting>()
  #current: string | undefined

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** WhatsApp gave a new code; the one before is worthless. */
  show(text: string): void {
    this.#current = text
    for (const waiting of this.#waiting) waiting.resolve(text)
    this.#waiting.clear()
  }

  /** The connection that showed it is gone, and with it the code's worth. Another may come. */
  forget(): void {
    this.#current = undefined
  }

  /** No code is needed any more, or none will come. */
  end(cause: Error): void {
    this.#current = undefined
    for (const waiting of this.#waiting) waiting.reject(cause)
    this.#waiting.clear()
  }

  /**
   * The code that counts now, or the first one as soon as it is there.
   *
   * @throws PairingError when none came in `timeoutMs`; another try may work
   * @throws whatever the pairing ended with
   */
  async current(timeoutMs: number): Promise<string> {
    if (this.#current !== undefined) return this.#current
    const done = new AbortController()
    const shown = new Promise<string>((resolve, reject) => {
      this.#waiting.add({ resolve, reject })
    })
    const tooLate = this.#clock.sleep(timeoutMs, done.signal).then((): never => {
      throw new PairingError('WhatsApp gave no QR code in time. Try again.')
    })
    tooLate.catch(() => {})
    try {
      return await Promise.race([shown, tooLate])
    } finally {
      done.abort()
    }
  }
}
