/**
 * Moves waiting messages of a pool from one member's queue to that of another.
 *
 * The UPDATE names the member and the status that it moves from, as the claim does: of the two only
 * one finds the row, so no message is sent by both. The messages of a chat move together and keep
 * their places in the order of acceptance.
 */

import type { Database, Transaction } from '../../db/database.js'
import type { InstanceId } from '../../domain/instance.js'
import type { MessageStatus } from '../../domain/message-status.js'
import type { Move, MoveReason } from '../../domain/pool.js'
import type { Clock } from '../../runtime/clock.js'
import type { Log } from '../../runtime/telemetry.js'
import { notGone } from '../history/message-statuses.js'
import { isPooled, type PooledMessage, type TrackedMessage } from '../message-row.js'
import type { OutboxStore, QueuePlace } from '../outbox-store.js'
import { holdInstance } from '../queue-rows.js'
import type { EndedAttempt } from '../status-changes.js'
import type { Ending } from './ending.js'

/** The members of pools. */
export interface MembersPort {
  /**
   * The member that takes the message over from its own, and writes to this person from now on;
   * `undefined` if none can now. The pool is held.
   */
  takeOver(message: PooledMessage, transaction: Transaction): Promise<InstanceId | undefined>
  /** Limits hold messages of this instance: those of pools may go by another member. */
  held(instanceId: InstanceId): void
}

/** For endings that do not concern the number. */
export const noMembers: MembersPort = { takeOver: async () => undefined, held() {} }

export interface MovesOptions {
  readonly database: Database
  readonly store: OutboxStore
  readonly clock: Clock
  readonly log: Log
  readonly members: MembersPort
  /** The message does not wait there any more. */
  onDone(message: TrackedMessage): void
  /** A message waits at this place. */
  onAdded(instanceId: InstanceId, place: QueuePlace): void
}

/** A message that never finds a member that keeps its connection goes back and forth no longer. */
const mostMoves = 20

export class Moves {
  readonly #options: MovesOptions

  constructor(options: MovesOptions) {
    this.#options = options
  }

  /** The instances that have messages of pools waiting. */
  instances(): Promise<readonly InstanceId[]> {
    const { database, store } = this.#options
    return store.queue.instancesWithPooled(database.query)
  }

  /** Messages of pools that may be moved, behind this place and in the order of acceptance. */
  movable(instanceId: InstanceId, after: number, limit: number): Promise<readonly PooledMessage[]> {
    const { database, store } = this.#options
    return store.queue.movable(database.query, instanceId, after, limit)
  }

  /** Moves a message that waits, with those behind it in its chat. Gives whether a member took it. */
  move(message: PooledMessage, why: MoveReason): Promise<boolean> {
    const from = mayGoTwice(message) ? ([...notGone, 'unknown'] as const) : notGone
    return this.#options.database.transaction((transaction) =>
      this.moveIn(transaction, message, from, why),
    )
  }

  /** The same within a transaction, of one that has one of these statuses. `attempt`: of a send that has just ended. */
  async moveIn(
    transaction: Transaction,
    message: TrackedMessage,
    from: readonly MessageStatus[],
    why: MoveReason,
    attempt?: EndedAttempt,
  ): Promise<boolean> {
    const { members, store, log } = this.#options
    if (!isPooled(message) || message.pool.moves.length >= mostMoves) return false
    await holdInstance(transaction, message.pool.id)
    const to = await members.takeOver(message, transaction)
    if (to === undefined) return false
    const { instanceId } = message
    const move: Move = { at: this.#options.clock.now(), from: instanceId, to, why }
    const moved = await store.moveTo(transaction.query, message, from, move, attempt)
    if (moved === undefined) return false
    const followers = await store.queue.behind(transaction.query, message)
    for (const follower of followers) {
      const follows = mayGoTwice(follower) ? ([...notGone, 'unknown'] as const) : notGone
      const place = await store.moveTo(transaction.query, follower, follows, move)
      if (place !== undefined) this.#tell(transaction, follower, to, place)
    }
    this.#tell(transaction, message, to, moved)
    transaction.afterCommit(() =>
      log.info('message-moved', { instanceId, messageId: message.id, reason: why }),
    )
    return true
  }

  #tell(
    transaction: Transaction,
    message: TrackedMessage,
    to: InstanceId,
    place: QueuePlace,
  ): void {
    transaction.afterCommit(() => {
      this.#options.onDone(message)
      this.#options.onAdded(to, place)
    })
  }
}

/** Its caller allows that the person gets a second copy. */
export function mayGoTwice({ pool }: TrackedMessage): boolean {
  return pool?.onUnknown === 'resend-elsewhere'
}

/** Why another member may send what one could not; `undefined` if the end concerns the message or its recipient. */
export function whyMove({ reason, refusalCode }: Ending): MoveReason | undefined {
  if (reason !== 'restricted') return undefined
  return refusalCode === undefined ? 'restricted' : 'refused'
}
