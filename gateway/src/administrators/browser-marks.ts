/**
 * The mark that a browser keeps after a complete login. It opens nothing: it
 * only keeps the failures of others from holding up the next login there.
 */

import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Vault } from '../db/encryption.js'
import type { Clock } from '../runtime/clock.js'

export const markLifetimeMs = 180 * 24 * 3_600_000

const longestMark = 200

export interface BrowserMark {
  /** Of this browser; random. */
  readonly browser: string
  readonly administratorId: string
}

export class BrowserMarks {
  readonly #secret: Uint8Array
  readonly #clock: Clock

  constructor({ vault, clock }: { readonly vault: Vault; readonly clock: Clock }) {
    this.#secret = vault.deriveSecret('administrators/browser-mark')
    this.#clock = clock
  }

  /** Signed text for a cookie. */
  give(administratorId: string): string {
    const content = [randomBytes(12).toString('base64url'), administratorId, this.#clock.now()]
    const text = content.join('.')
    return `${text}.${this.#sign(text)}`
  }

  /** `undefined` for a mark that was not given here, or is too old. */
  read(mark: string | undefined): BrowserMark | undefined {
    if (mark === undefined || mark.length > longestMark) return undefined
    const end = mark.lastIndexOf('.')
    const text = mark.slice(0, Math.max(0, end))
    const [browser = '', administratorId = '', givenAt] = text.split('.')
    const isOurs = areEqual(mark.slice(end + 1), this.#sign(text))
    const isOld = this.#clock.now() - Number(givenAt) >= markLifetimeMs
    return isOurs && !isOld ? { browser, administratorId } : undefined
  }

  #sign(text: string): string {
    return createHmac('sha256', this.#secret).update(text).digest('base64url')
  }
}

function areEqual(given: string, right: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(right)]
  return one.length === other.length && timingSafeEqual(one, other)
}
