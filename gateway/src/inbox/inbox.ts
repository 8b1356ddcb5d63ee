/**
 * What comes back from WhatsApp: receipts for what we sent, and what others say.
 *
 * WhatsApp repeats itself after a reconnect or a crash, so both ways ask first
 * whether it is news, in the transaction that stores the event: nothing is told
 * twice, and nothing is marked as told that was not.
 */

import type { Database, Transaction } from '../db/database.js'
import { type ChatId, chatKey, chatOf, isOtherPerson, type Recipient } from '../domain/chat.js'
import type { Receipt } from '../domain/engine.js'
import type { GatewayEvent } from '../domain/gateway-event.js'
import type { MediaReference } from '../domain/incoming-content.js'
import type { InstanceId, InstanceSettings } from '../domain/instance.js'
import type { IncomingMessage } from '../domain/incoming-message.js'
import type { KeptMessage, MessageReference } from '../domain/kept-message.js'
import type { WhatsappId } from '../domain/message.js'
import { isOfAccount, isOfMembers } from '../domain/notice.js'
import type { InPool } from '../domain/pool.js'
import type { EpochMs } from '../domain/time.js'
import type { Clock } from '../runtime/clock.js'
import type { Log } from '../runtime/telemetry.js'
import { authorOf, forgetBefore, rememberOnce } from './inbox-store.js'
import { advanceMember, forgetMembersBefore } from './member-receipts.js'

export interface EventSink {
  publish(event: GatewayEvent, transaction: Transaction): Promise<void>
}

/** The messages that this gateway sent. */
export interface SentMessages {
  /** Moves the message forward; `undefined` if it is not ours, or if this chat cannot speak of it. */
  advance(
    instanceId: InstanceId,
    whatsappId: WhatsappId,
    receipt: Pick<Receipt, 'status' | 'at' | 'chat' | 'serverId'>,
    transaction: Transaction,
  ): Promise<
    | {
        readonly recipient: Recipient
        readonly pool: Pick<InPool, 'id'> | undefined
        readonly at: EpochMs | undefined
        readonly isNews: boolean
      }
    | undefined
  >
  /** One that left, wherever it stands; `undefined` if it is not ours. */
  sent(
    instanceId: InstanceId,
    whatsappId: WhatsappId,
    transaction: Transaction,
  ): Promise<SentMessage | undefined>
}

export interface SentMessage {
  readonly recipient: Recipient
  /** The pool that it was accepted for. */
  readonly pool?: Pick<InPool, 'id'> | undefined
  /** When it came to where it stands. */
  readonly at: EpochMs
}

export interface SettingsPort {
  settingsOf(instanceId: InstanceId): Promise<Pick<InstanceSettings, 'notifySentByMe'>>
}

/** Who is known to an instance. */
export interface ContactsPort {
  /** This person has written to it. */
  met(instanceId: InstanceId, chat: ChatId, transaction: Transaction): Promise<void>
}

/** What keeps the way to the files of a message. */
export interface MediaPort {
  keep(
    instanceId: InstanceId,
    references: readonly MediaReference[],
    transaction: Transaction,
  ): Promise<void>
}

/** What was said, for what refers to it later. `directory/kept-messages.ts` implements it. */
export interface KeptMessagesPort {
  keep(instanceId: InstanceId, message: KeptMessage, query?: Database['query']): Promise<void>
  /** What the message says now. */
  change(
    instanceId: InstanceId,
    reference: MessageReference,
    bytes: Uint8Array,
    query?: Database['query'],
  ): Promise<void>
  forget(
    instanceId: InstanceId,
    reference: MessageReference,
    query?: Database['query'],
  ): Promise<void>
}

/** What is known of chats and people. `directory/directory.ts` implements it. */
export interface DirectoryPort {
  /** Call it once for each message: it counts the unread ones. */
  heard(instanceId: InstanceId, message: IncomingMessage, transaction: Transaction): Promise<void>
}

export interface InboxOptions {
  readonly database: Database
  readonly clock: Clock
  readonly sent: SentMessages
  readonly settings: SettingsPort
  readonly events: EventSink
  readonly contacts?: ContactsPort | undefined
  readonly media: MediaPort
  readonly kept: KeptMessagesPort
  readonly directory: DirectoryPort
  readonly log: Log
}

/** WhatsApp keeps messages for an offline device for about this long, so older ones do not come again. */
const rememberMs = 14 * 24 * 3_600_000
const purgeEveryMs = 3_600_000

export class Inbox {
  readonly #options: InboxOptions
  #nextPurgeAt: EpochMs = 0

  constructor(options: InboxOptions) {
    this.#options = options
  }

  /**
   * Takes WhatsApp's word on messages of ours. When it throws (the database
   * failed), nothing was stored, and the same receipt may be given again.
   */
  async receipt(instanceId: InstanceId, receipt: Receipt): Promise<void> {
    const { database, events } = this.#options
    await database.transaction(async (transaction) => {
      await database.fence.prove(transaction.query, instanceId)
      for (const { chat, pool, whatsappIds, at } of await this.#advance(
        instanceId,
        receipt,
        transaction,
      )) {
        await events.publish(
          {
            kind: 'message.status-changed',
            instanceId,
            occurredAt: at,
            whatsappIds,
            status: receipt.status,
            chat,
            participant: chat.kind === 'group' ? receipt.participant : undefined,
            device: receipt.device,
            pool,
          },
          transaction,
        )
      }
    })
  }

  /**
   * Takes a received message; `ownPhone` is the instance's number. When it
   * throws, nothing was stored, and the same message may be given again.
   */
  async received(
    instanceId: InstanceId,
    ownPhone: string,
    message: IncomingMessage,
  ): Promise<void> {
    const { clock, database, events, settings, log } = this.#options
    if (isOwnWord(message) && !(await settings.settingsOf(instanceId)).notifySentByMe)
      return database.transaction(async (transaction) => {
        await database.fence.prove(transaction.query, instanceId)
        await this.#keep(instanceId, message, transaction)
        await this.#options.directory.heard(instanceId, message, transaction)
      })

    const now = clock.now()
    const { whatsappId, change } = message
    const isNews = await database.transaction(async (transaction) => {
      await database.fence.prove(transaction.query, instanceId)
      if (await this.#isForged(instanceId, message, transaction)) return false
      const key = {
        instanceId,
        chatKey: chatKey(message.chat),
        whatsappId: change === undefined ? whatsappId : `${whatsappId} ${change}`,
        author: message.sender,
      }
      const isWaiting = message.content.kind === 'waiting'
      if (!(await rememberOnce(transaction.query, key, isWaiting, now))) return false
      if (!message.fromMe) await this.#options.contacts?.met(instanceId, message.chat, transaction)
      await this.#options.media.keep(instanceId, message.media ?? [], transaction)
      await this.#keep(instanceId, message, transaction)
      await this.#options.directory.heard(instanceId, message, transaction)
      const { original: _, ...told } = message
      await events.publish(
        { kind: 'message.received', instanceId, occurredAt: told.at, ownPhone, message: told },
        transaction,
      )
      return true
    })
    if (!isNews) log.debug('received-again', { instanceId })
    await this.#purge(now)
  }

  /** For what refers to it later; what was deleted for everyone is forgotten. */
  async #keep(
    instanceId: InstanceId,
    message: IncomingMessage,
    { query }: Transaction,
  ): Promise<void> {
    const { kept } = this.#options
    const {
      whatsappId,
      chat,
      sender: author,
      fromMe,
      at,
      serverId,
      editOf,
      content,
      original,
    } = message
    if (content.kind === 'deleted') return kept.forget(instanceId, content.target, query)
    if (original === undefined) return
    if (editOf !== undefined)
      return kept.change(instanceId, { whatsappId: editOf, chat }, original.bytes, query)
    const keptAs = { whatsappId, chat, author, fromMe, at, serverId, original }
    await kept.keep(instanceId, keptAs, query)
  }

  /**
   * Whether the sender changes or deletes a message of another author and claims it as its own. A program
   * that shows messages by their ids would believe it. An admin who deletes does not claim so.
   */
  async #isForged(
    instanceId: InstanceId,
    message: IncomingMessage,
    transaction: Transaction,
  ): Promise<boolean> {
    const whatsappId = ownTargetOf(message)
    // Each admin of a channel may change what it said, and WhatsApp does not tell which one did.
    if (whatsappId === undefined || message.fromMe || message.chat.kind === 'newsletter')
      return false
    const { sent } = this.#options
    if ((await sent.sent(instanceId, whatsappId, transaction)) !== undefined) return true
    const key = { instanceId, chatKey: chatKey(message.chat), whatsappId }
    const author = await authorOf(transaction.query, key)
    return author !== undefined && isOtherPerson(author, message.sender)
  }

  /**
   * The messages that moved, by chat. The chat is the one that the caller
   * wrote to: WhatsApp names the same person now by LID, now by number.
   */
  async #advance(
    instanceId: InstanceId,
    receipt: Receipt,
    transaction: Transaction,
  ): Promise<readonly MovedMessages[]> {
    const moved = new Map<string, MovedMessages & { whatsappIds: WhatsappId[]; at: EpochMs }>()
    for (const whatsappId of receipt.whatsappIds) {
      const message = await this.#advanceOne(instanceId, whatsappId, receipt, transaction)
      if (message === undefined) continue
      const { pool } = message
      const chat = chatOf(message.recipient)
      const key = `${chatKey(chat)} ${pool?.id}`
      const known = moved.get(key)
      if (known === undefined) {
        moved.set(key, { chat, pool, whatsappIds: [whatsappId], at: message.at })
        continue
      }
      known.whatsappIds.push(whatsappId)
      known.at = Math.max(known.at, message.at)
    }
    return [...moved.values()]
  }

  /** A message to a group is told of every member, and stands where the first of them is. */
  async #advanceOne(
    instanceId: InstanceId,
    whatsappId: WhatsappId,
    receipt: Receipt,
    transaction: Transaction,
  ): Promise<SentMessage | undefined> {
    const { sent, clock } = this.#options
    const message = await sent.advance(instanceId, whatsappId, receipt, transaction)
    if (message === undefined || message.at === undefined) return undefined
    const { recipient, pool, at: stoodAt, isNews } = message
    const { chat, participant, status, at } = receipt
    if (chat.kind !== 'group' || participant === undefined || status === 'sent')
      return isNews ? { recipient, pool, at: stoodAt } : undefined
    const step = { instanceId, whatsappId, member: participant, status }
    if (!(await advanceMember(transaction.query, step, clock.now()))) return undefined
    return { recipient, pool, at: Math.max(at, stoodAt) }
  }

  /** On the way, because only a message that comes makes work for it. */
  async #purge(now: EpochMs): Promise<void> {
    if (now < this.#nextPurgeAt) return
    this.#nextPurgeAt = now + purgeEveryMs
    try {
      await forgetBefore(this.#options.database.query, now - rememberMs)
      await forgetMembersBefore(this.#options.database.query, now - rememberMs)
    } catch (cause) {
      // The message is stored all the same; the next hour tries again.
      this.#options.log.error('inbox-not-purged', { cause })
    }
  }
}

/** The message that this one changes or takes back as its sender's own. */
function ownTargetOf({ editOf, content, sender }: IncomingMessage): WhatsappId | undefined {
  if (editOf !== undefined || content.kind !== 'deleted') return editOf
  const { author, whatsappId } = content.target
  const isOthers = author !== undefined && isOtherPerson(author, sender)
  return isOthers ? undefined : whatsappId
}

interface MovedMessages {
  readonly chat: ChatId
  readonly pool: SentMessage['pool']
  readonly whatsappIds: readonly WhatsappId[]
  /** The latest of their moments. */
  readonly at: EpochMs
}

/** Told only where the instance wants that. */
function isOwnWord({ fromMe, chat, content }: IncomingMessage): boolean {
  const isOfGroup = isOfMembers(content) || (chat.kind === 'group' && content.kind === 'timer')
  return fromMe && !isOfGroup && !isOfAccount(content)
}
