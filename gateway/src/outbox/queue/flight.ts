/**
 * One attempt to send a message, from the moment in which the engine begins to prepare it.
 *
 * `preparing` → `prepared` (it asks for its turn) → `leaving` (it has its turn; its claim is being
 * stored) → `left` (it is on the wire and waits for its ack). It may end at any of these points.
 */

import { filesOf } from '../../domain/content/index.js'
import type { Turn } from '../../domain/engine.js'
import type { EpochMs } from '../../domain/time.js'
import type { Waiting } from '../queue-rows.js'

export class Flight {
  readonly waiting: Waiting
  readonly beganAt: EpochMs
  readonly hasFile: boolean
  state: 'preparing' | 'prepared' | 'leaving' | 'left' = 'preparing'
  claimedAt: EpochMs | undefined
  /** Resolves to whether the row could be claimed; `undefined` before its turn. */
  claim: Promise<boolean> | undefined
  /** Resolves when its end is known, and never rejects. */
  over: Promise<void> = Promise.resolve()
  readonly #turn: Promise<Turn>
  #giveTurn: ((turn: Turn) => void) | undefined
  #refuseTurn: ((cause: Error) => void) | undefined

  constructor(waiting: Waiting, beganAt: EpochMs) {
    this.waiting = waiting
    this.beganAt = beganAt
    this.hasFile = filesOf(waiting.message.content).length > 0
    this.#turn = new Promise((resolve, reject) => {
      this.#giveTurn = resolve
      this.#refuseTurn = reject
    })
    // The engine may never ask for its turn.
    this.#turn.catch(() => {})
  }

  /** The engine has everything ready. */
  prepared(): Promise<Turn> {
    if (this.state === 'preparing') this.state = 'prepared'
    return this.#turn
  }

  /** Its turn has come. */
  leave(claim: Promise<boolean>, now: EpochMs): void {
    this.state = 'leaving'
    this.claimedAt = now
    this.claim = claim
    const claimed = mustHold(claim)
    // The engine may give up before it waits for the claim.
    claimed.catch(() => {})
    this.#giveTurn?.({ claimed })
  }

  /** Its turn will never come. Does nothing once it has. */
  refuse(): void {
    this.#refuseTurn?.(new Error('the gateway is stopping'))
  }
}

async function mustHold(claim: Promise<boolean>): Promise<void> {
  if (!(await claim)) throw new Error('the message ended before it could be sent')
}
