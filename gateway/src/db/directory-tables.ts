/** The tables of the directory: what WhatsApp tells once and is asked for later. */

import type { ColumnType } from 'kysely'
import type { InstanceId } from '../domain/instance.js'

/** What was said, for what refers to it later. */
export interface KeptMessageTable {
  readonly instance_id: string
  readonly whatsapp_id: string
  /** The sender chooses the id, so two chats may have the same one. */
  readonly chat_key: string
  readonly message_sealed: Uint8Array
  readonly keep_until: number
  /** From when the retention of its number counts. Null where the message has a time of its own, and in rows of earlier versions. */
  readonly keep_from: number | null
  /** Null in rows of earlier versions, like `conversation`. */
  readonly said_at: number | null
  /** Orders the messages of one second as they were stored; WhatsApp counts seconds. 0 in rows of earlier versions. */
  readonly place: number
  /** One for all forms of a number. */
  readonly conversation: string | null
}

/** Whose chats and contacts an instance has. Another number finds none of them. */
export interface DirectoryOwnerTable {
  readonly instance_id: ColumnType<InstanceId, string>
  readonly phone: string
}

/** A chat of the number. Null is what WhatsApp has not told. */
export interface DirectoryChatTable {
  readonly instance_id: ColumnType<InstanceId, string>
  /** `conversationKey`: by number where it is known. */
  readonly chat_key: string
  readonly phone: string | null
  readonly lid: string | null
  readonly name_sealed: Uint8Array | null
  readonly is_archived: number | null
  /** 0: not pinned. */
  readonly pinned_at: number | null
  /** 0: not muted; -1: for ever. */
  readonly muted_until: number | null
  readonly unread: number | null
  readonly is_marked_unread: number | null
  readonly is_spam: number | null
  readonly is_announcement: number | null
  /** 0: messages do not disappear. */
  readonly timer_seconds: number | null
  /** 0: no message is known. */
  readonly last_message_at: number
  /** The next message brings it back. */
  readonly deleted_at: number | null
  readonly changed_at: number
}

/** A person that the number knows by name. An empty text was taken away. */
export interface DirectoryContactTable {
  readonly instance_id: ColumnType<InstanceId, string>
  /** `conversationKey` of the person. */
  readonly contact_key: string
  readonly phone: string | null
  readonly lid: string | null
  /** Whether the person is in the phone's address book. */
  readonly is_saved: number | null
  readonly name_sealed: Uint8Array | null
  readonly short_name_sealed: Uint8Array | null
  /** What the person calls themself. */
  readonly push_name_sealed: Uint8Array | null
  readonly verified_name_sealed: Uint8Array | null
  readonly about_sealed: Uint8Array | null
  readonly changed_at: number
}

/** A group with its members. */
export interface DirectoryGroupTable {
  readonly instance_id: ColumnType<InstanceId, string>
  readonly group_id: string
  /** Whether it holds a community, and is no chat of its own. */
  readonly is_community: number
  /** JSON of `GroupInfo`. */
  readonly info_sealed: Uint8Array
  readonly changed_at: number
}

/** A setting of the number, or a list of people. */
export interface DirectoryPrivacyTable {
  readonly instance_id: ColumnType<InstanceId, string>
  /** Of a setting, or `list:` and that of a list. */
  readonly name: string
  /** JSON. */
  readonly value_sealed: Uint8Array
  readonly changed_at: number
}

/** The channels that the number follows or runs. */
export interface DirectoryChannelsTable {
  readonly instance_id: ColumnType<InstanceId, string>
  /** JSON of `NewsletterInfo`s. */
  readonly list_sealed: Uint8Array
  readonly changed_at: number
}

/** A part of the history that the phone has uploaded and that is not read yet. */
export interface HistoryChunkTable {
  readonly instance_id: ColumnType<InstanceId, string>
  readonly whatsapp_id: string
  /** Where it lies and what decrypts it, as the engine has it. */
  readonly notice_sealed: Uint8Array
  readonly attempts: number
  readonly next_attempt_at: number
  readonly created_at: number
}

/** People whom a caller writes to at once. */
export interface BroadcastListTable {
  readonly instance_id: ColumnType<InstanceId, string>
  /** Ten digits. */
  readonly list_id: string
  readonly name_sealed: Uint8Array
  /** JSON of `Recipient`s. */
  readonly people_sealed: Uint8Array
  readonly created_at: number
}

export interface LabelTable {
  readonly instance_id: ColumnType<InstanceId, string>
  /** WhatsApp's number of it. */
  readonly label_id: string
  readonly name_sealed: Uint8Array
  readonly color: number
  /** Its number is not given to another one. */
  readonly is_deleted: number
}

export interface ChatLabelTable {
  readonly instance_id: ColumnType<InstanceId, string>
  readonly label_id: string
  readonly chat_key: string
}

/** What the number's people wrote down about a chat. */
export interface ChatNoteTable {
  readonly instance_id: ColumnType<InstanceId, string>
  readonly chat_key: string
  /** WhatsApp's. */
  readonly note_id: string
  readonly content_sealed: Uint8Array
  readonly created_at: number
  readonly changed_at: number
}

/** What the answers to a message, and its edits, are encrypted with. */
export interface AnswerSecretTable {
  readonly instance_id: ColumnType<InstanceId, string>
  readonly whatsapp_id: string
  readonly secret_sealed: Uint8Array
  readonly created_at: number
  readonly keep_until: number
}
