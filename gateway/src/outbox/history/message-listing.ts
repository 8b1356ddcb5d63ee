/**
 * An instance's messages for its owner, the newest first: to whom, where each
 * stands, and when. Nothing of what was said but the masked code of one that
 * still waits; of the others the content is erased.
 */

import { sql } from 'kysely'
import type { Database } from '../../db/database.js'
import type { Vault } from '../../db/encryption.js'
import type { FailureReason } from '../../domain/gateway-event.js'
import type { InstanceId } from '../../domain/instance.js'
import type { Fallback, MessageId, WhatsappId } from '../../domain/message.js'
import type { Recipient } from '../../domain/chat.js'
import { type MessageStatus, wasSent } from '../../domain/message-status.js'
import type { EpochMs } from '../../domain/time.js'
import { mayHoldCode, shown } from './masking.js'
import { contentFrom, type MessageRow, trackedColumns, trackedMessageFrom } from '../message-row.js'

export interface ListedMessage {
  /** Where the page behind this message begins. */
  readonly sequence: number
  readonly id: MessageId
  readonly whatsappId: WhatsappId
  readonly recipient: Recipient
  readonly status: MessageStatus
  /** Masked; only while it waits, and only of a message with a code. */
  readonly code: string | undefined
  readonly acceptedAt: EpochMs
  readonly sentAt: EpochMs | undefined
  readonly deliveredAt: EpochMs | undefined
  readonly readAt: EpochMs | undefined
  readonly endedAt: EpochMs | undefined
  readonly attempts: number
  readonly failure: FailureReason | undefined
  /** It went as plain text, because WhatsApp refused the button. */
  readonly fellBack: boolean
}

/** Which of them. */
export interface ListingWish {
  /** Behind this sequence, that is, older. */
  readonly before?: number | undefined
  /** All of them unless it is given. */
  readonly statuses?: readonly MessageStatus[] | undefined
  readonly limit: number
}

export const listedColumns = [
  ...trackedColumns,
  'sequence',
  'read_at',
  'ended_at',
  'attempts',
  'failure',
] as const

export type ListedRow = Pick<MessageRow, (typeof listedColumns)[number] | 'content_sealed'>

/** Content is opened only where it is small: an image of 5 MB would be read for two digits. */
const largestOpened = 32_768
export const smallContent = sql<Uint8Array | null>`case when length(content_sealed) <= ${sql.lit(largestOpened)}
  then content_sealed end`

export class MessageListing {
  readonly #database: Database
  readonly #vault: Vault

  constructor({ database, vault }: { readonly database: Database; readonly vault: Vault }) {
    this.#database = database
    this.#vault = vault
  }

  async page(
    instanceId: InstanceId,
    { before, statuses, limit }: ListingWish,
  ): Promise<readonly ListedMessage[]> {
    let query = this.#database.query
      .selectFrom('message')
      .select(listedColumns)
      .select(smallContent.as('content_sealed'))
      .where('instance_id', '=', instanceId)
      // Asks for the index of the listing.
      .where('sequence', '>', sql.lit(0))
    if (before !== undefined) query = query.where('sequence', '<', before)
    if (statuses !== undefined) query = query.where('status', 'in', statuses)
    const rows = await query.orderBy('sequence', 'desc').limit(limit).$castTo<ListedRow>().execute()
    return rows.map((row) => listedFrom(row, this.#vault))
  }
}

export function listedFrom(row: ListedRow, vault: Vault): ListedMessage {
  const { id, whatsappId, recipient, status, acceptedAt, sentAt, fallback } =
    trackedMessageFrom(row)
  return {
    sequence: row.sequence,
    id,
    whatsappId,
    recipient,
    status,
    code: maskedCodeOf(row, fallback, vault),
    acceptedAt,
    sentAt: wasSent(status) ? sentAt : undefined,
    deliveredAt: row.delivered_at ?? undefined,
    readAt: row.read_at ?? undefined,
    endedAt: row.ended_at ?? undefined,
    attempts: row.attempts,
    failure: row.failure ?? undefined,
    fellBack: fallback !== undefined,
  }
}

function maskedCodeOf(
  row: ListedRow,
  fallback: Fallback | undefined,
  vault: Vault,
): string | undefined {
  if (row.content_sealed === null) return undefined
  return shown(contentFrom(row, vault), mayHoldCode(fallback)).code
}
