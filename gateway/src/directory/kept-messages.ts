/**
 * The table `kept_message`: what was said in the chats of an instance, sealed, for a time. Answers,
 * edits, forwards, reactions, pins and deletions need the message that they refer to.
 *
 * No login code stands in it: what is kept of a message of ours is masked by the sender.
 */

import { type SqlBool, sql } from 'kysely'
import type { Database } from '../db/database.js'
import type { Vault } from '../db/encryption.js'
import { eraseRows } from '../db/erase-rows.js'
import { prepared } from '../db/prepared.js'
import type { Retention } from '../db/retention.js'
import type { KeptMessageTable } from '../db/directory-tables.js'
import {
  type ChatId,
  chatKey,
  conversationKey,
  isOtherPerson,
  type PersonId,
} from '../domain/chat.js'
import type { InstanceId } from '../domain/instance.js'
import type { EarlierChange, KeptMessage, MessageReference } from '../domain/kept-message.js'
import type { WhatsappId } from '../domain/message-id.js'
import { oneFormOf } from '../domain/phone-forms.js'
import type { EpochMs } from '../domain/time.js'
import type { Clock } from '../runtime/clock.js'
import { endOf, KeptMessageEnds } from './kept-message-ends.js'
import {
  changeKey,
  type Found,
  openedChange,
  openedRow,
  sealedChange,
  sealedRow,
} from './kept-message-row.js'
import { type KeepingOrder, type ListedRow, newestFirst, Places, secondOf } from './kept-order.js'

export interface KeptMessagesOptions {
  readonly database: Database
  readonly vault: Vault
  readonly clock: Pick<Clock, 'now'>
  readonly people: PeoplePort
  /** How long a message is kept. 0 keeps none. */
  readonly retention: Retention
}

/** Knows both names of a person. */
export interface PeoplePort {
  whole(instanceId: InstanceId, person: PersonId, query?: Database['query']): Promise<PersonId>
}

/** A text of WhatsApp has at most 65,536 characters; a larger message is no longer one that people quote. */
const mostBytes = 262_144

type Query = Database['query']

const insert = prepared((query, row: KeptMessageTable) =>
  query
    .insertInto('kept_message')
    .values({
      instance_id: row.instance_id,
      whatsapp_id: row.whatsapp_id,
      chat_key: row.chat_key,
      message_sealed: row.message_sealed,
      keep_until: row.keep_until,
      keep_from: row.keep_from,
      said_at: row.said_at,
      place: row.place,
      conversation: row.conversation,
    })
    .onConflict((conflict) => conflict.doNothing()),
)

export class KeptMessages {
  readonly #options: KeptMessagesOptions
  readonly #places: Places
  readonly #ends: KeptMessageEnds

  constructor(options: KeptMessagesOptions) {
    this.#options = options
    this.#places = new Places(options.clock)
    this.#ends = new KeptMessageEnds(options)
  }

  /**
   * The first one counts: a later message under the same id is another one, or the same again.
   *
   * @param order of the messages of one second: what comes is newer than what came before; a history
   *   begins with its newest message, and is older than what comes
   */
  async keep(
    instanceId: InstanceId,
    message: KeptMessage,
    query: Query = this.#options.database.query,
    order: KeepingOrder = 'as-it-comes',
  ): Promise<void> {
    if (message.original.bytes.length > mostBytes) return
    const { retention, clock } = this.#options
    const keepMs = await retention.keepMs(instanceId, query)
    if (keepMs === 0) return
    const key = chatKey(message.chat)
    await insert(query, {
      instance_id: instanceId,
      whatsapp_id: message.whatsappId,
      chat_key: key,
      message_sealed: sealedRow(this.#options.vault, instanceId, key, message),
      ...endOf(message, keepMs, clock.now()),
      said_at: secondOf(message.at),
      place: this.#places.next(order),
      conversation: conversationKey(message.chat),
    })
  }

  /** Keeps what a message of ours is to make of an earlier one, for `sent`. The first one counts. */
  async keepChange(
    instanceId: InstanceId,
    whatsappId: WhatsappId,
    change: EarlierChange,
    query: Query,
  ): Promise<void> {
    if ((change.bytes?.length ?? 0) > mostBytes) return
    const { retention, clock, vault } = this.#options
    const keepMs = await retention.keepMs(instanceId, query)
    if (keepMs === 0) return
    const now = clock.now()
    await insert(query, {
      instance_id: instanceId,
      whatsapp_id: whatsappId,
      chat_key: changeKey,
      message_sealed: sealedChange(vault, instanceId, whatsappId, change),
      keep_until: now + keepMs,
      keep_from: now,
      said_at: null,
      place: 0,
      conversation: null,
    })
  }

  /**
   * WhatsApp has the message: the earlier one says what `keepChange` was given, and this one has the number
   * that its channel gave it. Again changes nothing.
   */
  async sent(
    instanceId: InstanceId,
    { whatsappId, chat }: MessageReference,
    serverId: string | undefined,
    query: Query,
  ): Promise<void> {
    const change = await this.#takeChange(instanceId, whatsappId, query)
    if (change?.bytes !== undefined)
      await this.change(instanceId, change.reference, change.bytes, query)
    else if (change !== undefined) await this.forget(instanceId, change.reference, query)
    if (serverId === undefined) return
    const found = await this.#find(instanceId, { whatsappId, chat }, query)
    if (found !== undefined)
      await this.#replace(instanceId, { ...found, message: { ...found.message, serverId } }, query)
  }

  /** What the message says now. Keeps the rest of it; does nothing if it is not kept. */
  async change(
    instanceId: InstanceId,
    reference: MessageReference,
    bytes: Uint8Array,
    query: Query = this.#options.database.query,
  ): Promise<void> {
    const found = await this.#find(instanceId, reference, query)
    if (found === undefined || bytes.length > mostBytes) return
    const { key, message } = found
    const changed = { ...message, original: { ...message.original, bytes } }
    await this.#replace(instanceId, { key, message: changed }, query)
  }

  /** It was deleted for everyone. */
  async forget(
    instanceId: InstanceId,
    reference: MessageReference,
    query: Query = this.#options.database.query,
  ): Promise<void> {
    const found = await this.#find(instanceId, reference, query)
    if (found === undefined) return
    await query
      .deleteFrom('kept_message')
      .where('instance_id', '=', instanceId)
      .where('whatsapp_id', '=', reference.whatsappId)
      .where('chat_key', '=', found.key)
      .execute()
  }

  /** `undefined` if it is unknown, was said in another chat, or is past its time. */
  async find(
    instanceId: InstanceId,
    reference: MessageReference,
    query: Query = this.#options.database.query,
  ): Promise<KeptMessage | undefined> {
    return (await this.#find(instanceId, reference, query))?.message
  }

  /** The same in whichever chat; `undefined` also where two chats have the id. */
  async findAnywhere(
    instanceId: InstanceId,
    whatsappId: WhatsappId,
  ): Promise<KeptMessage | undefined> {
    const [found, ...others] = await this.#all(instanceId, whatsappId, this.#options.database.query)
    return others.length === 0 ? found?.message : undefined
  }

  /**
   * What was said in a chat, the newest first: at most `limit` messages behind the first `skip`,
   * older than `before` if it is given, and none from `since` or earlier. Those kept by versions before 0024 are not found.
   */
  async inChat(
    instanceId: InstanceId,
    chat: ChatId,
    {
      limit,
      skip = 0,
      before,
      since = 0,
    }: {
      readonly limit: number
      readonly skip?: number
      readonly before?: Pick<KeptMessage, 'at' | 'whatsappId'> | undefined
      readonly since?: EpochMs | undefined
    },
  ): Promise<readonly KeptMessage[]> {
    const { database, people, clock } = this.#options
    const found: ListedRow[] = []
    const names = await namesOf(instanceId, chat, people)
    const end = before && (await this.#placeOf(instanceId, names, before))
    for (const conversation of names) {
      let wanted = database.query
        .selectFrom('kept_message')
        .select(['whatsapp_id', 'chat_key', 'message_sealed', 'said_at', 'place'])
        .where('instance_id', '=', instanceId)
        .where('conversation', '=', conversation)
        .where('said_at', '>', since)
        .where('keep_until', '>', clock.now())
      if (end !== undefined)
        wanted = wanted.where((row) =>
          row(row.refTuple('said_at', 'place', 'whatsapp_id'), '<', row.tuple(...end)),
        )
      const rows = await wanted
        .orderBy('said_at', 'desc')
        .orderBy('place', 'desc')
        .orderBy('whatsapp_id', 'desc')
        .limit(skip + limit)
        .execute()
      found.push(...rows)
    }
    return found
      .toSorted(newestFirst)
      .slice(skip, skip + limit)
      .map((row) => openedRow(this.#options.vault, instanceId, row).message)
  }

  /** The chat was cleared or deleted: erases what was said in it until then. Again is safe. */
  async eraseChat(instanceId: InstanceId, chat: ChatId, until: EpochMs): Promise<void> {
    const { database, people } = this.#options
    const names = await namesOf(instanceId, chat, people)
    if (names.length === 0) return
    const isInChat = sql<SqlBool>`instance_id = ${instanceId} and conversation in (${sql.join(names)})
      and said_at <= ${until}`
    await eraseRows(database.query, 'kept_message', isInChat)
  }

  /** Erases what is past. Call it from time to time; gives how many there were. */
  purge(): Promise<number> {
    return this.#ends.purge()
  }

  async #placeOf(
    instanceId: InstanceId,
    names: readonly string[],
    { at, whatsappId }: Pick<KeptMessage, 'at' | 'whatsappId'>,
  ): Promise<readonly [number, number, string]> {
    const row = await this.#options.database.query
      .selectFrom('kept_message')
      .select(['said_at', 'place'])
      .where('instance_id', '=', instanceId)
      .where('whatsapp_id', '=', whatsappId)
      .where('conversation', 'in', names)
      .executeTakeFirst()
    return [row?.said_at ?? secondOf(at), row?.place ?? 0, whatsappId]
  }

  async #takeChange(
    instanceId: InstanceId,
    whatsappId: WhatsappId,
    query: Query,
  ): Promise<EarlierChange | undefined> {
    const taken = await query
      .deleteFrom('kept_message')
      .where('instance_id', '=', instanceId)
      .where('whatsapp_id', '=', whatsappId)
      .where('chat_key', '=', changeKey)
      .returning('message_sealed')
      .executeTakeFirst()
    if (taken === undefined) return undefined
    return openedChange(this.#options.vault, instanceId, whatsappId, taken.message_sealed)
  }

  async #replace(instanceId: InstanceId, { key, message }: Found, query: Query): Promise<void> {
    await query
      .updateTable('kept_message')
      .set({ message_sealed: sealedRow(this.#options.vault, instanceId, key, message) })
      .where('instance_id', '=', instanceId)
      .where('whatsapp_id', '=', message.whatsappId)
      .where('chat_key', '=', key)
      .execute()
  }

  async #find(
    instanceId: InstanceId,
    { whatsappId, chat }: MessageReference,
    query: Query,
  ): Promise<Found | undefined> {
    const all = await this.#all(instanceId, whatsappId, query)
    if (all.length === 0) return undefined
    const { people } = this.#options
    const asked =
      chat.kind === 'person'
        ? { kind: chat.kind, ...(await people.whole(instanceId, chat, query)) }
        : chat
    return all.find(({ message }) => isSameChat(message.chat, asked))
  }

  async #all(
    instanceId: InstanceId,
    whatsappId: WhatsappId,
    query: Query,
  ): Promise<readonly Found[]> {
    const rows = await query
      .selectFrom('kept_message')
      .select(['whatsapp_id', 'chat_key', 'message_sealed'])
      .where('instance_id', '=', instanceId)
      .where('whatsapp_id', '=', whatsappId)
      .where('chat_key', '!=', changeKey)
      .where('keep_until', '>', this.#options.clock.now())
      .execute()
    return rows.map((row) => openedRow(this.#options.vault, instanceId, row))
  }
}

/** A person's chat may have been known by LID alone when a message was kept. */
async function namesOf(
  instanceId: InstanceId,
  chat: ChatId,
  people: PeoplePort,
): Promise<readonly string[]> {
  if (chat.kind !== 'person') return [conversationKey(chat)]
  const { phone, lid } = await people.whole(instanceId, chat)
  return [
    ...(phone === undefined ? [] : [conversationKey({ kind: 'person', phone })]),
    ...(lid === undefined ? [] : [conversationKey({ kind: 'person', lid })]),
  ]
}

/** A person that is known by number here and by LID there may be the same one: the id decides then. */
function isSameChat(one: ChatId, other: ChatId): boolean {
  if (one.kind === 'person' && other.kind === 'person')
    return !isOtherPerson(withOneForm(one), withOneForm(other))
  return chatKey(one) === chatKey(other)
}

function withOneForm({ phone, lid }: PersonId): PersonId {
  return { lid, phone: phone === undefined ? undefined : oneFormOf(phone) }
}
