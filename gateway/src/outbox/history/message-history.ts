/** What became of a message, from its row: where it stands, when each step was, and why it ended. Never what it said. */

import type { Database } from '../../db/database.js'
import type { FailureReason } from '../../domain/gateway-event.js'
import type { InstanceId } from '../../domain/instance.js'
import type { OutgoingMessage, WhatsappId } from '../../domain/message.js'
import { wasSent } from '../../domain/message-status.js'
import type { EpochMs } from '../../domain/time.js'
import { type MessageRow, sendsOf, trackedMessageFrom } from '../message-row.js'
import type { Send } from '../queue/send-log.js'

export interface MessageHistory
  extends Pick<
    OutgoingMessage,
    'id' | 'instanceId' | 'recipient' | 'status' | 'acceptedAt' | 'expiresAt' | 'fallback' | 'pool'
  > {
  /** The one that WhatsApp knows it by now. */
  readonly whatsappId: WhatsappId
  /** When WhatsApp took it. */
  readonly sentAt: EpochMs | undefined
  readonly deliveredAt: EpochMs | undefined
  readonly readAt: EpochMs | undefined
  readonly playedAt: EpochMs | undefined
  /** When it failed, expired or was cancelled. */
  readonly endedAt: EpochMs | undefined
  /** The last twenty, the oldest first. */
  readonly attempts: readonly PastAttempt[]
  readonly failure: { readonly reason: FailureReason; readonly explanation: string } | undefined
}

export interface PastAttempt extends Omit<Send, 'outcome'> {
  /** `unknown`: it may or may not have arrived. */
  readonly outcome: NonNullable<Send['outcome']> | 'sending'
}

const columns = [
  'sequence',
  'id',
  'instance_id',
  'whatsapp_id',
  'recipient',
  'status',
  'priority',
  'fallback',
  'accepted_at',
  'expires_at',
  'sent_at',
  'delivered_at',
  'read_at',
  'played_at',
  'ended_at',
  'failure',
  'explanation',
  'sends',
  'pool_id',
  'moves',
  'on_unknown',
] as const

type HistoryRow = Pick<MessageRow, (typeof columns)[number]>

export class MessageHistories {
  readonly #database: Database

  constructor({ database }: { readonly database: Database }) {
    this.#database = database
  }

  /** `undefined` for what this instance or pool never accepted, or ended more than a month ago. */
  async find(instanceId: InstanceId, id: string): Promise<MessageHistory | undefined> {
    const row = await this.#database.query
      .selectFrom('message')
      .select(columns)
      .where((column) =>
        column.or([column('instance_id', '=', instanceId), column('pool_id', '=', instanceId)]),
      )
      .where('id', '=', id)
      .$castTo<HistoryRow>()
      .executeTakeFirst()
    return row && historyFrom(row)
  }
}

function historyFrom(row: HistoryRow): MessageHistory {
  const { sentAt: lastWrittenAt, place: _, ...message } = trackedMessageFrom(row)
  const sentAt = wasSent(row.status) ? lastWrittenAt : undefined
  return {
    ...message,
    expiresAt: row.expires_at ?? undefined,
    sentAt,
    deliveredAt: row.delivered_at ?? undefined,
    readAt: row.read_at ?? undefined,
    playedAt: row.played_at ?? undefined,
    endedAt: row.ended_at ?? undefined,
    attempts: pastAttempts(sendsOf(row), row, sentAt),
    failure: failureOf(row),
  }
}

function failureOf({ failure, explanation }: HistoryRow): MessageHistory['failure'] {
  if (failure === null) return undefined
  return { reason: failure, explanation: explanation ?? 'The message was not sent.' }
}

/** What the row itself says of the last one need not be noted there. */
function pastAttempts(
  sends: readonly Send[],
  { status, failure }: HistoryRow,
  sentAt: EpochMs | undefined,
): readonly PastAttempt[] {
  return sends.map((send, index) => {
    if (send.outcome !== undefined) return { ...send, outcome: send.outcome }
    if (index < sends.length - 1) return { ...send, outcome: 'unknown' }
    if (sentAt !== undefined) return { ...send, endedAt: sentAt, outcome: 'sent' }
    return { ...send, outcome: status === 'sending' && failure === null ? 'sending' : 'unknown' }
  })
}
