/** What a session knows of the passkey step of its pairing. It outlives the socket, so that people can read how it ended. */

import { PasskeyNeededError, PasskeyStepError } from '../domain/errors.js'
import type { PasskeyFailure, PasskeyStep } from '../domain/passkey.js'

/** For people. The challenge is in the step `passkey` alone: later it is spent. */
export interface PasskeyState {
  readonly step: PasskeyStep | { readonly kind: 'linked' }
  /** Names this linking, as long as WhatsApp does not ask again. */
  readonly challenge: string
  /** What WhatsApp calls this device on the phone. */
  readonly deviceName: string
  /** The number that is linked, where it was given for a pairing code. Digits only. */
  readonly phone?: string | undefined
}

export class PasskeyLinking {
  #state: PasskeyState | undefined

  /** Of the pairing that asked last; undefined where none has asked since the process began. */
  get state(): PasskeyState | undefined {
    return this.#state
  }

  get isUnderWay(): boolean {
    const kind = this.#state?.step.kind
    return kind !== undefined && kind !== 'failed' && kind !== 'linked'
  }

  /** Returns whether a linking has just begun to ask. */
  heard(step: PasskeyStep, phone?: string): boolean {
    const begins = step.kind === 'passkey' && !this.isUnderWay
    if (step.kind === 'passkey') {
      const { deviceName, options } = step
      this.#state = { step, challenge: options.challenge, deviceName, phone }
    } else if (this.#state !== undefined) this.#state = { ...this.#state, step }
    return begins
  }

  linked(): void {
    if (this.#state !== undefined && this.isUnderWay)
      this.#state = { ...this.#state, step: { kind: 'linked' } }
  }

  /** The pairing is over without a linked device. */
  over(reason: PasskeyFailure): void {
    if (this.isUnderWay) this.heard({ kind: 'failed', reason })
  }

  /** Throws `PasskeyNeededError` while there is neither QR nor pairing code because of it. */
  checkNotNeeded(): void {
    const step = this.#state?.step
    if (step === undefined || !this.isUnderWay || step.kind === 'linked') return
    throw new PasskeyNeededError(step)
  }

  /** Throws `PasskeyStepError`. */
  checkUnderWay(): void {
    if (!this.isUnderWay)
      throw new PasskeyStepError('WhatsApp does not ask for the passkey of this number now.')
  }
}
