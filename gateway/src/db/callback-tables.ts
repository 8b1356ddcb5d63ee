/** The tables of callbacks: where they go, and what is owed there. */

import type { ColumnType, Generated } from 'kysely'
import type { InstanceId } from '../domain/instance.js'

/** Where an instance wants which events. */
export interface CallbackEndpointTable {
  readonly instance_id: ColumnType<InstanceId, string>
  readonly event_kind: string
  readonly url: string
  /** Since when no event goes there because its receiver answered 410. */
  readonly disabled_at: number | null
}

/** One event owed to one endpoint. */
export interface DeliveryTable {
  /** The order within a lane. */
  readonly sequence: Generated<number>
  /** The `webhook-id`: the same on every attempt. */
  readonly id: string
  readonly instance_id: ColumnType<InstanceId, string>
  readonly event_kind: string
  /** Ours of the message that it tells of; null where it tells of none of ours. */
  readonly message_id: string | null
  /** WhatsApp's of that message, also of a received one. */
  readonly whatsapp_id: string | null
  /** JSON of the `ChatId` that it tells of. */
  readonly chat: string | null
  readonly url: string
  /** SHA-256 of the URL; null where an older version wrote it. */
  readonly url_hash: string | null
  /** Deliveries of one lane go one after the other: same instance, URL and chat. */
  readonly lane: string
  /** Rendered once, so that every attempt sends the same bytes; null as soon as it is done. */
  readonly body_sealed: Uint8Array | null
  readonly status: 'pending' | 'done' | 'dead'
  readonly attempts: number
  readonly next_attempt_at: number
  readonly last_error: string | null
  /** JSON of its `AttemptRecord`s. */
  readonly attempts_sealed: Uint8Array | null
  readonly created_at: number
  /** When it was done or failed; null while it is pending. */
  readonly ended_at: number | null
}

/** A URL that gets nothing until a person resumes it. What is owed to it waits. */
export interface PausedReceiverTable {
  readonly instance_id: string
  /** SHA-256 of the URL. */
  readonly url_hash: string
  readonly url: string
  readonly paused_at: number
}
