/**
 * Moves a row of `message` from one status to the next.
 *
 * The instance queue, the expiry watch and a receipt may write a row at the same moment, and a message
 * of a pool may be in the queue of another member by now. Every UPDATE here therefore names the
 * instance and the statuses that it moves from, and returns whether the row had them; the second
 * writer changes nothing.
 *
 * `sending` is the owner's: what moves a row there or away from there proves the lease of the instance
 * in the same statement, and throws `LeaseLostError` without it.
 */

import { type Kysely, type QueryResult, type Updateable } from 'kysely'
import { type Fence, type Proof, stillHeld } from '../db/fence.js'
import { byShape, prepared } from '../db/prepared.js'
import type { Schema } from '../db/schema.js'
import type { MessageTable } from '../db/outbox-tables.js'
import type { ChatId } from '../domain/chat.js'
import type { FailureReason } from '../domain/gateway-event.js'
import type { InstanceId } from '../domain/instance.js'
import type { OutgoingMessage } from '../domain/message.js'
import type { MessageStatus, ReceiptStatus } from '../domain/message-status.js'
import type { EpochMs } from '../domain/time.js'
import type { Ending } from './queue/ending.js'
import {
  type MessageRow,
  type TrackedMessage,
  trackedColumns,
  trackedMessageFrom,
} from './message-row.js'
import { atRest, inTheAir, waiting } from './history/message-statuses.js'
import type { Counting } from './limits/sending-holds.js'
import type { Send } from './queue/send-log.js'

type Query = Kysely<Schema>

/** A send that is over. */
export interface EndedAttempt {
  /** When something was written to the socket, if anything was. */
  readonly writtenAt: EpochMs | undefined
  /** All sends of the message so far, with this one. */
  readonly sends: readonly Send[]
}

/** A message, and the instance whose queue it is in as far as the writer knows. */
type Place = Pick<OutgoingMessage, 'id' | 'instanceId'>
/** With the proof of the owner, if it is asked for. */
type Proven = Place & { readonly proof: Proof | undefined }

interface Claim extends Proven {
  readonly now: EpochMs
  readonly sends: string
  readonly countedAt: EpochMs | null
  readonly isFirst: 1 | null
}

const claimIn = byShape((isProven: number) =>
  prepared((query, given: Claim) =>
    query
      .updateTable('message')
      .set((row) => ({
        status: 'sending',
        attempts: row('attempts', '+', 1),
        retry_at: null,
        sends: given.sends,
        counted_at: given.countedAt,
        is_first: given.isFirst,
      }))
      .where('id', '=', given.id)
      .where('instance_id', '=', given.instanceId)
      .where('status', 'in', atRest)
      .where((row) => row.or([row('expires_at', 'is', null), row('expires_at', '>', given.now)]))
      .$if(isProven === 1, (update) => update.where(heldBy(given))),
  ),
)

const moveShapes = byShape((shape: string) => {
  const {
    from,
    isProven,
  }: { readonly from: readonly MessageStatus[]; readonly isProven: boolean } = JSON.parse(shape)
  return prepared((query, given: Proven & { readonly to: Updateable<MessageTable> }) =>
    query
      .updateTable('message')
      .set({ ...given.to })
      .where('id', '=', given.id)
      .where('instance_id', '=', given.instanceId)
      .where('status', 'in', from)
      .$if(isProven, (update) => update.where(heldBy(given))),
  )
})

function heldBy({ instanceId, proof }: Proven) {
  if (proof === undefined) throw new Error('a statement lacks the proof of the owner')
  return stillHeld(instanceId, proof)
}

const moveOne = (from: readonly MessageStatus[], columns: readonly string[], isProven: boolean) =>
  moveShapes(JSON.stringify({ from, columns, isProven }))

export class StatusChanges {
  readonly #fence: Fence

  constructor(fence: Fence) {
    this.#fence = fence
  }

  /** At rest → sending, unless its time is up. From the commit on it counts as written. */
  async claim(
    query: Query,
    { id, instanceId }: Place,
    now: EpochMs,
    sends: readonly Send[],
    { countedAt, isFirst }: Counting,
  ): Promise<boolean> {
    const proof = this.#fence.proofOf(instanceId)
    const counted = { countedAt: countedAt ?? null, isFirst: isFirst ? 1 : null } as const
    const claim = { id, instanceId, now, sends: JSON.stringify(sends), ...counted, proof }
    const isClaimed = moved(await claimIn(proof === undefined ? 0 : 1)(query, claim))
    if (!isClaimed) await this.#fence.prove(query, instanceId)
    return isClaimed
  }

  /** → sent, or further. Its content is erased. */
  markSent(
    query: Query,
    message: Place,
    from: readonly MessageStatus[],
    to: { readonly status: ReceiptStatus; readonly chat: ChatId; readonly now: EpochMs },
  ): Promise<boolean> {
    return this.move(query, message, from, {
      status: to.status,
      chat: JSON.stringify(to.chat),
      sent_at: to.now,
      content_sealed: null,
      ...momentOf(to.status, to.now),
    })
  }

  /** Where it went, of one that a receipt has marked as sent: only the ack names the chat in full. */
  async nameChat(query: Query, { id }: Place, chat: ChatId): Promise<void> {
    await query
      .updateTable('message')
      .set({ chat: JSON.stringify(chat) })
      .where('id', '=', id)
      .where('sent_at', 'is not', null)
      .execute()
  }

  advance(
    query: Query,
    message: Place,
    from: MessageStatus,
    to: { readonly status: ReceiptStatus; readonly at: EpochMs },
  ): Promise<boolean> {
    return this.move(query, message, [from], { status: to.status, ...momentOf(to.status, to.at) })
  }

  /** → failed, expired or cancelled. Its content is erased. */
  end(
    query: Query,
    message: Place,
    from: readonly MessageStatus[],
    to: {
      readonly status: Ending['status']
      readonly reason: FailureReason
      readonly explanation: string
      readonly at: EpochMs
      readonly attempt?: EndedAttempt | undefined
    },
  ): Promise<boolean> {
    return this.move(query, message, from, {
      status: to.status,
      failure: to.reason,
      explanation: to.explanation,
      ended_at: to.at,
      content_sealed: null,
      ...attemptColumns(to.attempt),
    })
  }

  /** Sending → unknown: it was written and is not confirmed. */
  markUnknown(query: Query, message: Place, attempt: EndedAttempt): Promise<boolean> {
    return this.move(query, message, inTheAir, { status: 'unknown', ...attemptColumns(attempt) })
  }

  /** Back into the queue, from `sending` unless it was not claimed. */
  putBack(
    query: Query,
    message: Place,
    from: readonly MessageStatus[],
    to: {
      readonly status: 'queued' | 'unknown'
      readonly attempts: number
      readonly retryAt: EpochMs | undefined
      readonly attempt?: EndedAttempt | undefined
    },
  ): Promise<boolean> {
    return this.move(query, message, from, {
      status: to.status,
      attempts: to.attempts,
      retry_at: to.retryAt ?? null,
      ...attemptColumns(to.attempt),
    })
  }

  /**
   * Sending → unknown for all that an earlier owner of these instances left, or a dead process of all;
   * gives what they were. They may have left until now, so the gap counts from here. Only before
   * anything is sent.
   */
  async recover(
    query: Query,
    now: EpochMs,
    instanceIds?: readonly InstanceId[],
  ): Promise<readonly TrackedMessage[]> {
    const rows = await query
      .updateTable('message')
      .set({ status: 'unknown', sent_at: now })
      .where(waiting)
      .where('status', 'in', inTheAir)
      .$if(instanceIds !== undefined, (update) =>
        update
          .where('instance_id', 'in', instanceIds ?? [])
          .where(this.#fence.heldInRow('message.instance_id')),
      )
      .returning(trackedColumns)
      .$castTo<Pick<MessageRow, (typeof trackedColumns)[number]>>()
      .execute()
    return rows.map(trackedMessageFrom)
  }

  /** Gives whether the row had one of the statuses in `from`. */
  async move(
    query: Query,
    { id, instanceId }: Place,
    from: readonly MessageStatus[],
    to: Updateable<MessageTable>,
  ): Promise<boolean> {
    const isOfOwner = from.some((status) => inTheAir.includes(status))
    const proof = isOfOwner ? this.#fence.proofOf(instanceId) : undefined
    const update = moveOne(from, Object.keys(to), proof !== undefined)
    const isMoved = moved(await update(query, { id, instanceId, to, proof }))
    if (!isMoved && isOfOwner) await this.#fence.prove(query, instanceId)
    return isMoved
  }
}

const moments: Partial<Record<ReceiptStatus, 'delivered_at' | 'read_at' | 'played_at'>> = {
  delivered: 'delivered_at',
  read: 'read_at',
  played: 'played_at',
}

function momentOf(status: ReceiptStatus, at: EpochMs): Updateable<MessageTable> {
  const column = moments[status]
  return column === undefined ? {} : { [column]: at }
}

export function attemptColumns(attempt: EndedAttempt | undefined): Updateable<MessageTable> {
  if (attempt === undefined) return {}
  const { sends, writtenAt } = attempt
  return {
    sends: JSON.stringify(sends),
    ...(writtenAt === undefined ? {} : { sent_at: writtenAt }),
  }
}

function moved({ numAffectedRows = 0n }: QueryResult<unknown>): boolean {
  return numAffectedRows > 0n
}
