/** The table `message`: what is to be said, in the order in which it was accepted. */

import { type Insertable, type Kysely } from 'kysely'
import { filesOf } from '../domain/content/index.js'
import type { Vault } from '../db/encryption.js'
import { prepared } from '../db/prepared.js'
import type { MessageTable, Schema } from '../db/schema.js'
import { type ChatId, conversationKey } from '../domain/chat.js'
import type { InstanceId } from '../domain/instance.js'
import type { MessageContent } from '../domain/content/index.js'
import type { Fallback, OutgoingMessage, WhatsappId } from '../domain/message.js'
import {
  type MessageRow,
  messageFrom,
  sealContent,
  storedForm,
  type TrackedMessage,
  trackedColumns,
  trackedMessageFrom,
} from './message-row.js'
import { inTheAir } from './history/message-statuses.js'
import { QueueRows } from './queue-rows.js'
import { attemptColumns, type EndedAttempt, move, StatusChanges } from './status-changes.js'

type Query = Kysely<Schema>

type NewRow = Required<
  Pick<
    Insertable<MessageTable>,
    | 'id'
    | 'instance_id'
    | 'whatsapp_id'
    | 'recipient'
    | 'chat_key'
    | 'has_file'
    | 'content_sealed'
    | 'status'
    | 'accepted_at'
    | 'expires_at'
    | 'gap_after_ms'
    | 'typing_ms'
    | 'attempts'
    | 'fallback'
  >
>

const insertMessage = prepared((query, row: NewRow) =>
  query
    .insertInto('message')
    .values({
      id: row.id,
      instance_id: row.instance_id,
      whatsapp_id: row.whatsapp_id,
      recipient: row.recipient,
      chat_key: row.chat_key,
      has_file: row.has_file,
      content_sealed: row.content_sealed,
      status: row.status,
      accepted_at: row.accepted_at,
      expires_at: row.expires_at,
      gap_after_ms: row.gap_after_ms,
      typing_ms: row.typing_ms,
      attempts: row.attempts,
      fallback: row.fallback,
    })
    .returning('sequence'),
)

/** Gives its place. */
async function insertRow(query: Query, row: NewRow): Promise<number> {
  const {
    rows: [inserted],
  } = await insertMessage(query, row)
  if (inserted === undefined) throw new Error('the database gave no place for a message')
  return inserted.sequence
}

const findByWhatsappId = prepared(
  (query, given: { readonly instanceId: InstanceId; readonly whatsappId: WhatsappId }) =>
    query
      .selectFrom('message')
      .select(trackedColumns)
      .where('instance_id', '=', given.instanceId)
      .where('whatsapp_id', '=', given.whatsappId)
      .$castTo<Pick<MessageRow, (typeof trackedColumns)[number]>>(),
)

export class OutboxStore {
  readonly queue: QueueRows
  readonly status = new StatusChanges()
  readonly #vault: Vault

  constructor(vault: Vault) {
    this.#vault = vault
    this.queue = new QueueRows(vault)
  }

  seal(message: OutgoingMessage): Uint8Array {
    return sealContent(this.#vault, message, message.content)
  }

  /**
   * Gives the place of the message in the order of acceptance. `chat`: the one that its recipient
   * stands for, for the order within it. `sealed`: what `seal` gave, where that was done before.
   */
  async insert(
    query: Query,
    message: OutgoingMessage,
    chat: ChatId,
    sealed: Uint8Array = this.seal(message),
  ): Promise<number> {
    return insertRow(query, {
      id: message.id,
      instance_id: message.instanceId,
      whatsapp_id: message.whatsappId,
      recipient: JSON.stringify(message.recipient),
      chat_key: conversationKey(chat),
      has_file: filesOf(message.content).length > 0 ? 1 : 0,
      content_sealed: sealed,
      status: message.status,
      accepted_at: message.acceptedAt,
      expires_at: message.expiresAt ?? null,
      gap_after_ms: message.gapAfterMs ?? null,
      typing_ms: message.typingMs,
      attempts: message.attempts,
      fallback: storedForm(message),
    })
  }

  /** Another message to the same chat, with the times of the earlier one. Gives its place. */
  async insertBeside(
    query: Query,
    earlier: Pick<OutgoingMessage, 'id'>,
    message: Pick<
      OutgoingMessage,
      'id' | 'instanceId' | 'whatsappId' | 'content' | 'acceptedAt'
    > & {
      readonly fallback: Fallback
    },
  ): Promise<number> {
    const beside = await query
      .selectFrom('message')
      .select(['recipient', 'chat_key', 'expires_at', 'gap_after_ms'])
      .where('id', '=', earlier.id)
      .executeTakeFirstOrThrow()
    return insertRow(query, {
      ...beside,
      id: message.id,
      instance_id: message.instanceId,
      whatsapp_id: message.whatsappId,
      has_file: filesOf(message.content).length > 0 ? 1 : 0,
      content_sealed: sealContent(this.#vault, message, message.content),
      status: 'queued',
      accepted_at: message.acceptedAt,
      typing_ms: 0,
      attempts: 0,
      fallback: storedForm(message),
    })
  }

  async find(
    query: Query,
    instanceId: InstanceId,
    whatsappId: WhatsappId,
  ): Promise<TrackedMessage | undefined> {
    const {
      rows: [row],
    } = await findByWhatsappId(query, { instanceId, whatsappId })
    return row && trackedMessageFrom(row)
  }

  /** `undefined` if it is erased. */
  async contentOf(query: Query, { id }: TrackedMessage): Promise<MessageContent | undefined> {
    const row = await query
      .selectFrom('message')
      .selectAll()
      .where('id', '=', id)
      .where('content_sealed', 'is not', null)
      .$castTo<MessageRow>()
      .executeTakeFirst()
    return row && messageFrom(row, this.#vault).content
  }

  /** Sending → queued as another message in the same place. */
  replace(
    query: Query,
    message: Pick<OutgoingMessage, 'id' | 'instanceId'>,
    by: {
      readonly whatsappId: WhatsappId
      readonly content: MessageContent
      readonly fallback: Fallback
      readonly attempt: EndedAttempt
    },
  ): Promise<boolean> {
    return move(query, message.id, inTheAir, {
      status: 'queued',
      whatsapp_id: by.whatsappId,
      content_sealed: sealContent(this.#vault, message, by.content),
      fallback: storedForm(by),
      attempts: 0,
      ...attemptColumns(by.attempt),
    })
  }
}
