/**
 * Moves waiting messages of a pool from one member's queue to that of another.
 *
 * The UPDATE names the member and the status that it moves from, as the claim does: of the two only
 * one finds the row, so no message is sent by both. The messages of a chat move together and keep
 * their places in the order of acceptance: while one of them is being sent, none moves.
 */

import type { Kysely } from 'kysely'
import type { Database, Transaction } from '../../db/database.js'
import type { Schema } from '../../db/schema.js'
import { conversationKey, type PersonId } from '../../domain/chat.js'
import type { InstanceId } from '../../domain/instance.js'
import type { MessageStatus } from '../../domain/message-status.js'
import type { Move, MoveReason } from '../../domain/pool.js'
import type { Clock } from '../../runtime/clock.js'
import type { Log } from '../../runtime/telemetry.js'
import type { OutboxMetrics } from '../history/outbox-metrics.js'
import { notGone } from '../history/message-statuses.js'
import { isPooled, type PooledMessage, type TrackedMessage } from '../message-row.js'
import type { OutboxStore, QueuePlace } from '../outbox-store.js'
import { holdInstance } from '../queue-rows.js'
import type { EndedAttempt } from '../status-changes.js'
import type { Ending } from './ending.js'

/** The members of pools. */
export interface MembersPort {
  /**
   * Chooses the member that takes messages to one person over from their own, and has `move` move
   * them. If it did, this member writes to the person from now on. The pool is held. Gives whether
   * they were moved.
   */
  takeOver(
    messages: readonly [PooledMessage, ...PooledMessage[]],
    move: (to: InstanceId) => Promise<boolean>,
    transaction: Transaction,
  ): Promise<boolean>
  /** Limits hold messages of this instance: those of pools may go by another member. */
  held(instanceId: InstanceId): void
}

/** For endings that do not concern the number. */
export const noMembers: MembersPort = { takeOver: async () => false, held() {} }

export interface MovesOptions {
  readonly database: Database
  readonly store: OutboxStore
  readonly clock: Clock
  readonly log: Log
  readonly members: MembersPort
  readonly metrics?: Pick<OutboxMetrics, 'messageMoved'> | undefined
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

  /** Messages of pools that may be moved or are being sent, behind this place and in the order of acceptance. */
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
    const { query } = transaction
    const followers = await store.queue.behind(query, message)
    if (followers.some(({ status }) => status === 'sending')) return false
    const { instanceId, id: messageId } = message
    const moveTo = async (to: InstanceId): Promise<boolean> => {
      const move: Move = { at: this.#options.clock.now(), from: instanceId, to, why }
      const moved = await store.moveTo(query, message, from, move, attempt)
      if (moved === undefined) return false
      for (const follower of followers) await this.#moveOne(follower, move, transaction)
      this.#tell(transaction, message, move, moved)
      return true
    }
    if (!(await members.takeOver([message, ...followers], moveTo, transaction))) return false
    transaction.afterCommit(() => log.info('message-moved', { instanceId, messageId, reason: why }))
    return true
  }

  /** What waits for this person in a pool: what may be moved, and what is being sent. In the order of acceptance. */
  ofPerson(
    query: Kysely<Schema>,
    poolId: InstanceId,
    person: PersonId,
  ): Promise<readonly PooledMessage[]> {
    const { phone, lid } = person
    const names = [
      phone === undefined ? [] : [{ phone }],
      lid === undefined ? [] : [{ lid }],
    ].flat()
    const chats = names.map((name) => conversationKey({ kind: 'person', ...name }))
    return this.#options.store.queue.ofPerson(query, poolId, chats)
  }

  /** Moves one of these to this member within the transaction. The pool is held. Gives whether it could still be moved. */
  async moveTo(
    to: InstanceId,
    message: PooledMessage,
    why: MoveReason,
    transaction: Transaction,
  ): Promise<boolean> {
    const { clock, log } = this.#options
    const { id: messageId, instanceId } = message
    const move: Move = { at: clock.now(), from: instanceId, to, why }
    if (!(await this.#moveOne(message, move, transaction))) return false
    transaction.afterCommit(() => log.info('message-moved', { instanceId, messageId, reason: why }))
    return true
  }

  async #moveOne(message: PooledMessage, move: Move, transaction: Transaction): Promise<boolean> {
    const from = mayGoTwice(message) ? ([...notGone, 'unknown'] as const) : notGone
    const place = await this.#options.store.moveTo(transaction.query, message, from, move)
    if (place === undefined) return false
    this.#tell(transaction, message, move, place)
    return true
  }

  #tell(
    transaction: Transaction,
    message: TrackedMessage,
    { to, why }: Move,
    place: QueuePlace,
  ): void {
    // Before the queue of the new member sees a later message of the chat.
    transaction.onceReadable(() => this.#options.onAdded(to, place))
    transaction.afterCommit(() => {
      const { pool } = message
      if (pool !== undefined) this.#options.metrics?.messageMoved(pool.id, why)
      this.#options.onDone(message)
    })
  }
}

/** Its caller allows that the person gets a second copy. */
export function mayGoTwice({ pool }: TrackedMessage): boolean {
  return pool?.onUnknown === 'resend-elsewhere'
}

/**
 * Why another member may send what one could not; `undefined` if the end concerns the message or its
 * recipient, or if an earlier try may have arrived. `message`: as it was before the try.
 */
export function whyMove(
  message: TrackedMessage,
  { reason, refusalCode }: Ending,
): MoveReason | undefined {
  if (reason !== 'restricted') return undefined
  if (message.status === 'unknown' && !mayGoTwice(message)) return undefined
  return refusalCode === undefined ? 'restricted' : 'refused'
}
