/** A delivery as it is listed, whatever became of it. Without its body. */

import type { Selectable } from 'kysely'
import type { DeliveryTable } from '../db/callback-tables.js'
import type { ChatId } from '../domain/chat.js'
import type { EpochMs } from '../domain/time.js'

export interface DeliveryRow {
  /** The order in which they were owed first. */
  readonly sequence: number
  readonly id: string
  readonly eventKind: string
  /** Ours of the message that it tells of; unset where it tells of none of ours. */
  readonly messageId: string | undefined
  /** WhatsApp's of that message, also of a received one. */
  readonly whatsappId: string | undefined
  /** Unset where it tells of no chat, and where an older version wrote it. */
  readonly chat: ChatId | undefined
  readonly url: string
  readonly lane: string
  readonly status: 'pending' | 'done' | 'dead'
  readonly attempts: number
  /** The last attempt's, in a few words. */
  readonly error: string | undefined
  readonly createdAt: EpochMs
  readonly endedAt: EpochMs | undefined
  /** Of a pending one. In a lane it also waits for those before it. */
  readonly nextAttemptAt: EpochMs | undefined
}

export const deliveryColumns = [
  'sequence',
  'id',
  'event_kind',
  'message_id',
  'whatsapp_id',
  'chat',
  'url',
  'lane',
  'status',
  'attempts',
  'last_error',
  'created_at',
  'ended_at',
  'next_attempt_at',
] as const

export function deliveryFrom(
  row: Pick<Selectable<DeliveryTable>, (typeof deliveryColumns)[number]>,
): DeliveryRow {
  return {
    sequence: row.sequence,
    id: row.id,
    eventKind: row.event_kind,
    messageId: row.message_id ?? undefined,
    whatsappId: row.whatsapp_id ?? undefined,
    // `insertDelivery` alone writes it.
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion
    chat: row.chat === null ? undefined : (JSON.parse(row.chat) as ChatId),
    url: row.url,
    lane: row.lane,
    status: row.status,
    attempts: row.attempts,
    error: row.last_error ?? undefined,
    createdAt: row.created_at,
    endedAt: row.ended_at ?? undefined,
    nextAttemptAt: row.status === 'pending' ? row.next_attempt_at : undefined,
  }
}
