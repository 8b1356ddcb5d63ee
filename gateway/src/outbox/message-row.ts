/** Rows of the table `message` in this module's words, and what of them is sealed. */

import type { Selectable } from 'kysely'
import type { Vault } from '../db/encryption.js'
import type { MessageTable } from '../db/outbox-tables.js'
import type { ChatId, Recipient } from '../domain/chat.js'
import type { FailureReason } from '../domain/gateway-event.js'
import type { InstanceId } from '../domain/instance.js'
import { image } from '../domain/content/image.js'
import type { MessageContent } from '../domain/content/index.js'
import type { Fallback, MessageId, OutgoingMessage, WhatsappId } from '../domain/message.js'
import type { MessageStatus } from '../domain/message-status.js'
import { priorityOfRank } from '../domain/priority.js'
import type { InPool, Move, OnUnknown } from '../domain/pool.js'
import type { EpochMs } from '../domain/time.js'
import { readContent, type StoredContent, writeContent } from './stored-content.js'
import type { Send } from './queue/send-log.js'

/** Only this module writes the table, so its texts are what it put there. */
export interface MessageRow
  extends Omit<
    Selectable<MessageTable>,
    'id' | 'instance_id' | 'whatsapp_id' | 'status' | 'failure' | 'pool_id' | 'on_unknown'
  > {
  readonly id: MessageId
  readonly instance_id: InstanceId
  readonly whatsapp_id: WhatsappId
  readonly status: MessageStatus
  readonly failure: FailureReason | null
  readonly pool_id: InstanceId | null
  readonly on_unknown: OnUnknown | null
}

/** A message whose content may be erased by now. */
export interface TrackedMessage
  extends Pick<
    OutgoingMessage,
    | 'id'
    | 'instanceId'
    | 'whatsappId'
    | 'recipient'
    | 'status'
    | 'priority'
    | 'fallback'
    | 'alsoAsText'
    | 'acceptedAt'
    | 'pool'
  > {
  /** Its place in the order of acceptance. */
  readonly place: number
  /** What WhatsApp resolved the recipient to, once it is sent. */
  readonly sentTo?: ChatId | undefined
  readonly sentAt?: EpochMs | undefined
  readonly deliveredAt?: EpochMs | undefined
}

/** A message that was accepted for a pool. */
export interface PooledMessage extends TrackedMessage {
  readonly pool: InPool
}

export function isPooled(message: TrackedMessage): message is PooledMessage {
  return message.pool !== undefined
}

/** A row of the outbox that waits, with all that its next attempt needs. */
export interface QueuedMessage extends OutgoingMessage, Pick<TrackedMessage, 'place'> {
  /** Not before this moment. */
  readonly retryAt?: EpochMs | undefined
  /** Its attempts so far. */
  readonly sends: readonly Send[]
  /** When it was counted against the limits of its number. */
  readonly countedAt?: EpochMs | undefined
}

export const trackedColumns = [
  'sequence',
  'id',
  'instance_id',
  'whatsapp_id',
  'recipient',
  'chat',
  'status',
  'priority',
  'fallback',
  'accepted_at',
  'sent_at',
  'delivered_at',
  'pool_id',
  'moves',
  'on_unknown',
] as const

type TrackedRow = Pick<MessageRow, Exclude<(typeof trackedColumns)[number], 'chat'>> &
  Partial<Pick<MessageRow, 'chat'>>

export function trackedMessageFrom(row: TrackedRow): TrackedMessage {
  const recipient: Recipient = JSON.parse(row.recipient)
  const sentTo: ChatId | undefined = row.chat ? JSON.parse(row.chat) : undefined
  const { alsoAsText, ...fallback } = formFrom(row.fallback)
  return {
    place: row.sequence,
    id: row.id,
    instanceId: row.instance_id,
    whatsappId: row.whatsapp_id,
    recipient,
    sentTo,
    status: row.status,
    priority: priorityOfRank(row.priority),
    fallback: Object.keys(fallback).length === 0 ? undefined : fallback,
    alsoAsText,
    acceptedAt: row.accepted_at,
    sentAt: row.sent_at ?? undefined,
    deliveredAt: row.delivered_at ?? undefined,
    pool: poolFrom(row),
  }
}

function poolFrom({
  pool_id: id,
  moves,
  on_unknown: onUnknown,
}: Pick<MessageRow, 'pool_id' | 'moves' | 'on_unknown'>): InPool | undefined {
  if (id === null) return undefined
  return { id, onUnknown: onUnknown ?? 'wait', moves: movesOf(moves) }
}

function movesOf(json: string | null): readonly Move[] {
  return json === null ? [] : JSON.parse(json)
}

interface StoredForm extends Fallback, Pick<OutgoingMessage, 'alsoAsText'> {}

function formFrom(json: string | null): StoredForm {
  return json === null ? {} : JSON.parse(json)
}

/** For the column `fallback`. */
export function storedForm({
  fallback,
  alsoAsText,
}: Pick<OutgoingMessage, 'fallback' | 'alsoAsText'>): string | null {
  const form: StoredForm = { ...fallback, ...(alsoAsText && { alsoAsText }) }
  return Object.keys(form).length === 0 ? null : JSON.stringify(form)
}

/** Throws if the content is erased. */
export function contentFrom(
  row: Pick<MessageRow, 'id' | 'instance_id' | 'content_sealed'>,
  vault: Vault,
): MessageContent {
  return openContent(vault, { id: row.id, instanceId: row.instance_id }, row.content_sealed)
}

/** The row must still be waiting: content is erased after that. */
export function messageFrom(row: MessageRow, vault: Vault): QueuedMessage {
  const tracked = trackedMessageFrom(row)
  return {
    ...tracked,
    content: openContent(vault, tracked, row.content_sealed),
    expiresAt: row.expires_at ?? undefined,
    gapAfterMs: row.gap_after_ms ?? undefined,
    typingMs: row.typing_ms,
    attempts: row.attempts,
    retryAt: row.retry_at ?? undefined,
    sends: sendsOf(row),
    countedAt: row.counted_at ?? undefined,
  }
}

export function sendsOf({ sends }: Pick<MessageRow, 'sends'>): readonly Send[] {
  return sends === null ? [] : JSON.parse(sends)
}

type Place = Pick<OutgoingMessage, 'id' | 'instanceId'>

export function sealContent(vault: Vault, place: Place, content: MessageContent): Uint8Array {
  return vault.seal(writeContent(content), contextOf(place))
}

function openContent(vault: Vault, place: Place, sealed: Uint8Array | null): MessageContent {
  if (sealed === null) throw new Error('a message without content is in the line')
  return current(readContent(vault.open(sealed, contextOf(place))))
}

function contextOf({ instanceId, id }: Place): string {
  return `message.content/${instanceId}/${id}`
}

function current(content: StoredContent): MessageContent {
  return content.kind === 'text' && 'image' in content
    ? image(content.image, content.text)
    : content
}
