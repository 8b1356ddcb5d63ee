/**
 * Every table, as rows. The same on SQLite and PostgreSQL; `migrations/` makes
 * them. Moments are epoch milliseconds, truth values 0 or 1, and a column that
 * ends in `_sealed` holds bytes that only `encryption.ts` can read.
 * The tables of access, messages, callbacks and the directory have files of their own.
 */

import type { ColumnType, Generated } from 'kysely'
import type { Actor } from '../domain/audit.js'
import type { InstanceId } from '../domain/instance.js'
import type {
  AccessTokenTable,
  AdministratorTable,
  ApiKeyTable,
  InvitationTable,
  LoginFailureTable,
  LoginSessionTable,
  McpTokenTable,
  RecoveryCodeTable,
  SetupCodeTable,
} from './access-tables.js'
import type { AlertPostTable, AlertSettingsTable, AlertTable } from './alert-tables.js'
import type {
  CallbackEndpointTable,
  DeliveryTable,
  PausedReceiverTable,
} from './callback-tables.js'
import type {
  KeptMessageTable,
  DirectoryOwnerTable,
  DirectoryChannelsTable,
  DirectoryChatTable,
  DirectoryContactTable,
  DirectoryGroupTable,
  DirectoryPrivacyTable,
  HistoryChunkTable,
  BroadcastListTable,
  LabelTable,
  ChatLabelTable,
  ChatNoteTable,
  AnswerSecretTable,
} from './directory-tables.js'
import type {
  OutgoingFileTable,
  OutgoingFilePieceTable,
  ResendCopyTable,
  MessageTable,
  IdempotencyKeyTable,
  AcceptedCodeTable,
  PendingCodeTable,
  MemberReceiptTable,
  RestrictionTable,
  KnownPersonTable,
} from './outbox-tables.js'

export interface Schema {
  readonly master_key_check: MasterKeyCheckTable
  readonly access_token: AccessTokenTable
  readonly allowed_callers: AllowedCallersTable
  readonly audit: AuditTable
  readonly refused_call: RefusedCallTable
  readonly instance: InstanceTable
  readonly pool_member: PoolMemberTable
  readonly pool_person: PoolPersonTable
  readonly linked_number: LinkedNumberTable
  readonly extension_token: ExtensionTokenTable
  readonly mcp_token: McpTokenTable
  readonly callback_endpoint: CallbackEndpointTable
  readonly credential: CredentialTable
  readonly disconnection: DisconnectionTable
  readonly signal_key: SignalKeyTable
  readonly registration: RegistrationTable
  readonly resend_copy: ResendCopyTable
  readonly message: MessageTable
  readonly idempotency_key: IdempotencyKeyTable
  readonly accepted_code: AcceptedCodeTable
  readonly pending_code: PendingCodeTable
  readonly restriction: RestrictionTable
  readonly contact: ContactTable
  readonly known_person: KnownPersonTable
  readonly incoming_message: IncomingMessageTable
  readonly incoming_media: IncomingMediaTable
  readonly answer_secret: AnswerSecretTable
  readonly kept_message: KeptMessageTable
  readonly directory_owner: DirectoryOwnerTable
  readonly directory_chat: DirectoryChatTable
  readonly directory_contact: DirectoryContactTable
  readonly directory_group: DirectoryGroupTable
  readonly directory_privacy: DirectoryPrivacyTable
  readonly directory_channels: DirectoryChannelsTable
  readonly history_chunk: HistoryChunkTable
  readonly broadcast_list: BroadcastListTable
  readonly label: LabelTable
  readonly chat_label: ChatLabelTable
  readonly chat_note: ChatNoteTable
  readonly outgoing_file: OutgoingFileTable
  readonly outgoing_file_piece: OutgoingFilePieceTable
  readonly member_receipt: MemberReceiptTable
  readonly delivery: DeliveryTable
  readonly paused_receiver: PausedReceiverTable
  readonly administrator: AdministratorTable
  readonly invitation: InvitationTable
  readonly api_key: ApiKeyTable
  readonly recovery_code: RecoveryCodeTable
  readonly login_session: LoginSessionTable
  readonly node: NodeTable
  readonly instance_lease: InstanceLeaseTable
  readonly handover: HandoverTable
  readonly login_failure: LoginFailureTable
  readonly setup_code: SetupCodeTable
  readonly passkey_link: PasskeyLinkTable
  readonly alert: AlertTable
  readonly alert_settings: AlertSettingsTable
  readonly alert_post: AlertPostTable
}

/** Where the files of incoming messages lie with WhatsApp, and what decrypts them. */
export interface IncomingMediaTable {
  /** SHA-256 of the id in the link. The id itself is stored nowhere. */
  readonly id_hash: string
  readonly instance_id: ColumnType<InstanceId, string>
  /** JSON of `MediaReference` without its id. */
  readonly reference_sealed: Uint8Array
  readonly created_at: number
}

/** One row: a known text sealed with the master key, so that a wrong key is noticed at the start. */
export interface MasterKeyCheckTable {
  readonly id: number
  readonly check_sealed: Uint8Array
}

/** One row: who may call the whole gateway, where it was set here and not configured. */
export interface AllowedCallersTable {
  readonly id: number
  /** JSON of CIDRs. */
  readonly networks: string
}

/** What was done to the gateway and its instances, and by whom. Never a token, a code or a full URL. */
export interface AuditTable {
  /** The order in which it happened. */
  readonly sequence: Generated<number>
  readonly at: number
  readonly role: Actor['role']
  /** The login of the person, or what the key is called. */
  readonly name: string | null
  /** Where the call came from. */
  readonly address: string
  readonly act: string
  /** Of an instance that may be gone by now. */
  readonly instance_id: string | null
  readonly detail: string | null
}

/** A call that was answered 4xx. */
export interface RefusedCallTable {
  readonly sequence: Generated<number>
  /** 1 if the call had the token of an instance; others are kept apart, so that strangers displace none of these. */
  readonly is_identified: number
  readonly at: number
  /** As the call named it, of an instance that may never have been. */
  readonly instance_id: string | null
  readonly method: string
  /** The pattern: tokens and numbers stand in the URL. */
  readonly route: string
  readonly status_code: number
  readonly cause: string
  readonly request_id: string
  readonly address: string
}

export interface InstanceTable {
  readonly id: ColumnType<InstanceId, string>
  readonly name: string
  readonly token_hash: string
  /** Callbacks carry the token in `z-api-token`, so it must be readable again. */
  readonly token_sealed: Uint8Array
  /** JSON of `InstanceSettings`. */
  readonly settings: string
  readonly created_at: number
  /** What was replaced, and until when it still counts. */
  readonly previous_token_hash: string | null
  readonly previous_token_until: number | null
  /** The secret that callbacks are signed with is derived from this number. */
  readonly secret_generation: Generated<number>
  /** Until when callbacks carry the signature of the generation before too. */
  readonly previous_secret_until: number | null
  /** JSON of CIDRs; null allows every caller. */
  readonly allowed_callers: string | null
  readonly cancelled_at: number | null
  /** JSON of `Proxy`. */
  readonly proxy_sealed: Uint8Array | null
  /** 1 for a pool, which has no WhatsApp number of its own; else null. */
  readonly is_pool: number | null
}

/** Which instances send for a pool. */
export interface PoolMemberTable {
  readonly pool_id: ColumnType<InstanceId, string>
  readonly instance_id: ColumnType<InstanceId, string>
  readonly weight: number
  readonly added_at: number
}

/** Since when an instance has the number that it has, as a keyed hash; 0 for ever. */
export interface LinkedNumberTable {
  readonly instance_id: ColumnType<InstanceId, string>
  readonly phone_hash: string
  readonly since: number
}

/** Which member writes to a person, as a keyed hash. */
export interface PoolPersonTable {
  readonly pool_id: string
  readonly person_hash: string
  readonly instance_id: ColumnType<InstanceId, string>
  readonly last_at: number
}

/** What lets a browser pair an instance for some minutes. */
export interface ExtensionTokenTable {
  readonly instance_id: string
  readonly token_hash: string
  readonly expires_at: number
}

/** The linked device's identity, one row an instance. */
export interface CredentialTable {
  readonly instance_id: string
  readonly value_sealed: Uint8Array
  /** When it came out of a backup. */
  readonly restored_at: number | null
  /** When WhatsApp last asked this device for a check. */
  readonly challenged_at: number | null
}

/** Why an instance is not connected, one row an instance; none while it is. */
export interface DisconnectionTable {
  readonly instance_id: string
  /** The `DisconnectionReason`. */
  readonly reason: string
  readonly since: number
  readonly detail: string | null
  /** When WhatsApp ends it by itself. */
  readonly until: number | null
}

/** Signal's keys and ratchets, by the type and id that the engine gives them. */
export interface SignalKeyTable {
  readonly instance_id: string
  readonly type: string
  readonly id: string
  readonly value_sealed: Uint8Array
}

/** What WhatsApp said about a number, so that it is not asked before every send. */
export interface RegistrationTable {
  readonly instance_id: string
  /** As the caller wrote it. */
  readonly phone: string
  /** As WhatsApp has it; null when the number is not on WhatsApp. */
  readonly registered_phone: string | null
  readonly checked_at: number
}

/** A person who has written to us, or had a message of ours delivered. */
export interface ContactTable {
  readonly instance_id: string
  readonly person_hash: string
  readonly last_at: number
  /** A keyed hash of the own number that met them; null if it was not known. */
  readonly own_phone_hash: string | null
}

/** The messages already told about, so that a replay by WhatsApp is not told twice. */
export interface IncomingMessageTable {
  readonly instance_id: string
  readonly chat_key: string
  readonly whatsapp_id: string
  readonly received_at: number
  /** JSON of `PersonId`: who may edit it and take it back. Null for what is no message. */
  readonly author: string | null
}

/** A gateway on this PostgreSQL database. Empty on SQLite. Moments are those of the database's clock. */
export interface NodeTable {
  /** Made at each start. */
  readonly id: string
  /** Where other nodes reach it. */
  readonly url: string
  readonly version: string
  readonly started_at: number
  readonly heartbeat_at: number
  /** 1: it is shutting down and takes no instance. */
  readonly is_leaving: number
}

/** Which node runs an instance. It counts as long as the heartbeat of the node is young. */
export interface InstanceLeaseTable {
  readonly instance_id: ColumnType<InstanceId, string>
  readonly node_id: string | null
  /** Counts up each time the lease is taken. Writes of the owner prove it. */
  readonly epoch: number
  readonly taken_at: number | null
  /** JSON of what other nodes have to know of the session. */
  readonly standing: string | null
  /** Since when it has no owner, if the last one gave it up. */
  readonly free_since: number | null
  /** Of the last owner. */
  readonly last_url: string | null
}

/** An instance that another node took than had it before. Moments are those of the database's clock. */
export interface HandoverTable {
  readonly instance_id: ColumnType<InstanceId, string>
  /** Of the lease that began with it. */
  readonly epoch: number
  readonly from_url: string | null
  readonly to_url: string
  /** 1: the earlier owner gave it up. 0: that one went silent. */
  readonly is_planned: number
  /** When it was given up, or the last heartbeat of the earlier owner. */
  readonly free_since: number
  readonly taken_at: number
  /** When the session was first told to be open. Null until then. */
  readonly open_at: number | null
}

/** One-time links for the person with the passkey. */
export interface PasskeyLinkTable {
  readonly token_hash: string
  readonly instance_id: ColumnType<InstanceId, string>
  /** Of the linking that it was made for. */
  readonly challenge: string
  readonly created_at: number
  readonly expires_at: number
}
