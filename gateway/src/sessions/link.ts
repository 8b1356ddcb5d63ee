/** What is known of the link between an instance and its phone: whether there is one, and why it is not connected. */

import {
  type Disconnection,
  disconnectionReasonOf,
  type LinkMarks,
  remedyOf,
} from '../domain/disconnection.js'
import { explain, sentenceOf } from '../domain/disconnection-texts.js'
import type { Closed } from '../domain/engine.js'
import { PairingError } from '../domain/errors.js'
import type { EpochMs } from '../domain/time.js'
import type { SessionOptions } from './session-ports.js'

export class Link {
  readonly #options: SessionOptions
  #disconnection: Disconnection | undefined
  #marks: LinkMarks = {}
  /** Whether this process has been logged in with it. */
  #wasOpen = false

  constructor(options: SessionOptions) {
    this.#options = options
  }

  /** Why it was not connected when anything was last heard of it. */
  get disconnection(): Disconnection | undefined {
    return this.#disconnection
  }

  /** When WhatsApp asked this device for a check that a gateway cannot answer. */
  get challengedAt(): EpochMs | undefined {
    return this.#marks.challengedAt
  }

  /** Whether credentials of a device are kept. WhatsApp may have unlinked it meanwhile. */
  async isThere(): Promise<boolean> {
    const { credentials, instanceId } = this.#options
    return (await credentials.loadIdentity(instanceId)) !== undefined
  }

  /** Reads what the process before this one knew. */
  async recall(): Promise<void> {
    this.#disconnection ??= await this.#options.notices.stored()
  }

  /** Call it before each connection: the credentials may be new. */
  async loadMarks(): Promise<void> {
    const { credentials, instanceId } = this.#options
    this.#marks = await credentials.loadMarks(instanceId)
  }

  async challenged(): Promise<void> {
    const { clock, credentials, instanceId, log } = this.#options
    const challengedAt = clock.now()
    await credentials.markChallenged(instanceId, challengedAt)
    this.#marks = { ...this.#marks, challengedAt }
    log.warn('session-challenged', { instanceId })
  }

  opened(): void {
    this.#disconnection = undefined
    this.#wasOpen = true
  }

  closed({ reason, detail, until }: Closed): Disconnection {
    const before = this.#disconnection
    const now = this.#options.clock.now()
    const goesOn = before !== undefined && remedyOf(before.reason) === 'wait'
    const marks = { ...this.#marks, wasOpen: this.#wasOpen }
    const told = disconnectionReasonOf(reason, marks, now)
    this.#disconnection = { reason: told, since: goesOn ? before.since : now, detail, until }
    return this.#disconnection
  }

  /** The pairing is over. */
  async forget(): Promise<void> {
    const { engine, instanceId } = this.#options
    this.#marks = {}
    this.#wasOpen = false
    await engine.forget(instanceId)
  }

  /** The same, and it is as if it had never been: why it ended is another gateway's matter. */
  async disown(): Promise<void> {
    await this.forget()
    this.#disconnection = undefined
    await this.#options.notices.forget()
  }

  /** Throws `PairingError` where a person has to do something first: another login would only be refused again. */
  checkMayConnect(): void {
    const why = this.#disconnection
    if (why === undefined || remedyOf(why.reason) !== 'reconnect') return
    throw new PairingError(sentenceOf(why), { disconnection: why })
  }
}

/** It is not tried again by itself, whatever ended it. */
export function pairingEnded(disconnection: Disconnection): PairingError {
  const { cause, cure } = explain(disconnection)
  return new PairingError(`${cause.en} ${cure.en}`, { disconnection })
}
