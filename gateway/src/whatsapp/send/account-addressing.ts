/**
 * Whether the account writes to people by LID or by number.
 *
 * WhatsApp has not moved all accounts to LIDs. One that it has not gets 400 for every message to a
 * LID, one that it has gets 463 for numbers (whatsapp-rust #941 and #943, 2026-07-02; OpenWA #717,
 * 2026-07-12). Baileys reads no flag that tells, so the first 400 does.
 */

import { isLidUser } from 'baileys'

const refusedAddress = 400

export class AccountAddressing {
  #state: 'as-set' | 'trying-numbers' | 'numbers' = 'as-set'

  /** Whether people are written to by number, where it is known. */
  get isByNumber(): boolean {
    return this.#state !== 'as-set'
  }

  /**
   * A message to this address of a person was refused. Gives whether it is worth sending it again, to
   * the number: nothing arrived. `phone` is `undefined` where the number is not known.
   */
  refused(jid: string, code: number, phone: string | undefined): boolean {
    if (isLidUser(jid)) {
      if (code !== refusedAddress || phone === undefined || this.#state === 'numbers') return false
      this.#state = 'trying-numbers'
      return true
    }
    // Then the address was not the reason.
    if (this.#state === 'trying-numbers') this.#state = 'as-set'
    return false
  }

  /** A message to this address of a person was taken. */
  taken(jid: string): void {
    if (this.#state === 'trying-numbers' && !isLidUser(jid)) this.#state = 'numbers'
  }
}
