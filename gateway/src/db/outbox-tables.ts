/** The tables of outgoing messages: what waits, what was sent, and what limits sending. */

import type { ColumnType, Generated } from 'kysely'
import type { MessageId, WhatsappId } from '../domain/message.js'

/** A file that came in a call and is too large for the row of its message. */
export interface OutgoingFileTable {
  readonly id: string
  readonly instance_id: string
  /** Null until its message is accepted. */
  readonly message_id: string | null
  readonly created_at: number
}

/** Its base64 in order. With SQLite the pieces are in a file beside the database. */
export interface OutgoingFilePieceTable {
  readonly file_id: string
  readonly piece: number
  readonly piece_sealed: Uint8Array
}

/** What a device may ask for again because it could not decrypt it. */
export interface ResendCopyTable {
  readonly instance_id: string
  readonly whatsapp_id: string
  readonly copy_sealed: Uint8Array
  readonly keep_until: number
}

/** The outbox. */
export interface MessageTable {
  /** The order in which messages were accepted, kept within each chat. */
  readonly sequence: Generated<number>
  readonly id: string
  readonly instance_id: string
  readonly whatsapp_id: string
  /** JSON of `Recipient`. */
  readonly recipient: string
  /** The same text for every message to the chat; null in rows of older versions until the outbox starts. */
  readonly chat_key: string | null
  /** 0 high, 1 normal, 2 low. At most that of any message behind it in its chat. */
  readonly priority: Generated<number>
  /** Whether its content names a file that is fetched and uploaded; null in rows of older versions. */
  readonly has_file: number | null
  /** JSON of `MessageContent`; null as soon as the message is done. */
  readonly content_sealed: Uint8Array | null
  readonly status: string
  readonly accepted_at: number
  readonly expires_at: number | null
  readonly gap_after_ms: number | null
  readonly typing_ms: number
  readonly attempts: number
  /** When its caller is to be told that it is not sent yet; null once told. */
  readonly undeliverable_at: number | null
  /** Not before this moment. */
  readonly retry_at: number | null
  readonly sent_at: number | null
  /** When a device of the recipient had it; null where WhatsApp went straight to read. */
  readonly delivered_at: number | null
  readonly read_at: number | null
  readonly played_at: number | null
  /** JSON of `ChatId`, once WhatsApp resolved it. */
  readonly chat: string | null
  /** JSON of `Fallback`. */
  readonly fallback: string | null
  /** The `FailureReason`, where it ended in one. */
  readonly failure: string | null
  /** What its caller was told about that. */
  readonly explanation: string | null
  /** When it failed, expired or was cancelled. */
  readonly ended_at: number | null
  /** JSON of `Send[]`: the tries so far. */
  readonly sends: string | null
  /** The pool that it was accepted for; it may be gone by now. */
  readonly pool_id: string | null
  /** JSON of `Move[]`: from which member to which. */
  readonly moves: string | null
  /** `resend-elsewhere` where its caller allowed a second copy. */
  readonly on_unknown: string | null
  /** When it was claimed; null for what does not count against limits. */
  readonly counted_at: number | null
  /** 1 where the number had no conversation with the person then. */
  readonly is_first: number | null
  /** The `ContentKind` that its caller gave; null in rows of older versions. */
  readonly kind: string | null
}

/** The answers that a repeated request gets again. */
export interface IdempotencyKeyTable {
  readonly instance_id: string
  /** Keyed hashes: callers build keys from phones and codes. */
  readonly key_hash: string
  readonly parameters_hash: string
  readonly message_id: ColumnType<MessageId, string>
  readonly whatsapp_id: ColumnType<WhatsappId, string>
  readonly accepted_at: number
}

/** A login code for a person, as long as it counts against the limits. */
export interface AcceptedCodeTable {
  readonly sequence: Generated<number>
  readonly instance_id: string
  /** A keyed hash: it is only asked whether it is the same person again. */
  readonly person_hash: string
  readonly accepted_at: number
}

/** The code that a person was sent last by `otp/start`, until it may not be checked any more. */
export interface PendingCodeTable {
  readonly instance_id: string
  /** A keyed hash, as the code's: a stolen database must not tell who logs in where. */
  readonly person_hash: string
  readonly message_id: string
  readonly code_hash: string
  /** How often it was checked, rightly or not. */
  readonly tries: number
  readonly expires_at: number
  /** Before this moment the person is sent no other one. */
  readonly next_start_at: number
  /** When the right code was given. */
  readonly used_at: number | null
  /** When neither of the two moments matters any more. */
  readonly keep_until: number
}

/** What is known of a number's right to start conversations. */
export interface RestrictionTable {
  readonly instance_id: string
  /** A keyed hash of the number that it is about; null if it was not known. */
  readonly own_phone_hash: string | null
  readonly until: number
  /** The stranger who was refused last, as a keyed hash. */
  readonly suspect_hash: string | null
  readonly suspect_at: number | null
}

/** A person whose number and LID are both known. */
export interface KnownPersonTable {
  readonly instance_id: string
  readonly lid: string
  /** One for all forms of the number. */
  readonly phone: string
  readonly learned_at: number
}

/** How far a member of a group is with a message of ours. */
export interface MemberReceiptTable {
  readonly instance_id: string
  readonly whatsapp_id: string
  /** `lid …`, or `phone …` where no LID is known. */
  readonly member: string
  /** Counts up from delivered. */
  readonly progress: number
  readonly received_at: number
}
