/** What the phone shows while a linking waits for a passkey, and what its owner does there. */

import { type LinkingScreenView, PairingRefusedError } from '../model.js'

export class LinkingScreen {
  readonly #changed: () => void
  #view: LinkingScreenView | undefined
  #tap: (() => void) | undefined
  #cancel: ((error: PairingRefusedError) => void) | undefined

  constructor(changed: () => void) {
    this.#changed = changed
  }

  /** Undefined while nothing is shown. */
  get view(): LinkingScreenView | undefined {
    return this.#view
  }

  /** Shows the first screen, and runs `work` until its owner cancels. What failed stays on the screen. */
  async during<T>(platform: string, work: () => Promise<T>): Promise<T> {
    const cancelled = new Promise<never>((_resolve, reject) => {
      this.#cancel = reject
    })
    cancelled.catch(() => undefined)
    this.show({ step: 'continue', platform })
    const working = work()
    working.catch(() => undefined)
    try {
      return await Promise.race([working, cancelled])
    } catch (error) {
      this.show({ step: 'failed', why: error instanceof Error ? error.message : 'it failed' })
      throw error
    } finally {
      this.#tap = undefined
      this.#cancel = undefined
    }
  }

  show(view: LinkingScreenView | undefined): void {
    this.#view = view
    this.#changed()
  }

  /** "Confirm this device": resolves at the tap. */
  async untilConfirmed(platform: string): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#tap = resolve
      this.show({ step: 'confirm', platform })
    })
    this.#tap = undefined
  }

  /** Its owner taps "Confirm". Throws `PairingRefusedError` when nothing asks for it. */
  confirm(): void {
    if (this.#tap === undefined) throw new PairingRefusedError('the phone asks for nothing')
    this.#tap()
  }

  /** Its owner taps "Cancel"; the companion hears nothing of it. */
  cancel(): void {
    if (this.#cancel === undefined) throw new PairingRefusedError('the phone links nothing now')
    this.#cancel(new PairingRefusedError('cancelled on the phone'))
  }
}
