/** The table `directory_chat`: what is known of the chats of a number. */

import { sql } from 'kysely'
import type { Database, Transaction } from '../db/database.js'
import type { Vault } from '../db/encryption.js'
import type { DirectoryChatTable } from '../db/directory-tables.js'
import { type ChatId, conversationKey, type PersonId } from '../domain/chat.js'
import type { ChatFacts, FactSource, KnownChat, Page } from '../domain/directory.js'
import type { InstanceId } from '../domain/instance.js'
import type { EpochMs } from '../domain/time.js'
import type { Clock } from '../runtime/clock.js'
import {
  chatOfKey,
  keysOf,
  LastWritten,
  mergedColumns,
  type PeopleOfRows,
  portionsOf,
  RowTexts,
} from './directory-rows.js'

export interface ChatsOptions {
  readonly database: Database
  readonly vault: Vault
  readonly clock: Pick<Clock, 'now'>
  readonly people: PeopleOfRows
}

type Row = Omit<DirectoryChatTable, 'instance_id'>
type Query = Database['query'] | Transaction['query']

const learned = [
  'phone',
  'lid',
  'name_sealed',
  'is_archived',
  'pinned_at',
  'muted_until',
  'unread',
  'is_marked_unread',
  'is_spam',
  'is_announcement',
  'timer_seconds',
] as const

const forEver = -1

export class Chats {
  readonly #options: ChatsOptions
  readonly #texts: RowTexts
  readonly #names = new LastWritten()

  constructor(options: ChatsOptions) {
    this.#options = options
    this.#texts = new RowTexts(options.vault, 'directory_chat')
  }

  /** Safe to repeat. Of two facts about one chat the later counts. */
  async take(
    instanceId: InstanceId,
    told: readonly { readonly chat: ChatId; readonly facts: ChatFacts }[],
    source: FactSource,
    { query }: Pick<Transaction, 'query'>,
  ): Promise<void> {
    const rows = new Map<string, Row>()
    const chats = told.map(({ chat }) => chat)
    const keys = await keysOf(instanceId, chats, this.#options.people, query)
    for (const [index, { chat, facts }] of told.entries()) {
      const key = keys[index] ?? ''
      const row = this.#rowOf(instanceId, key, chat, facts)
      const before = rows.get(key)
      rows.set(key, before === undefined ? row : together(before, row))
    }
    await this.#put(instanceId, [...rows.values()], source, query)
  }

  /** A message came, or was sent. Call it once a message: it counts the unread ones. */
  async talked(
    instanceId: InstanceId,
    chat: ChatId,
    message: { readonly at: EpochMs; readonly isUnread: boolean },
    { query }: Pick<Transaction, 'query'>,
  ): Promise<void> {
    const key = await this.#keyOf(instanceId, chat, query)
    const row = this.#rowOf(instanceId, key, chat, {
      lastMessageAt: message.at,
      ...(message.isUnread ? { unread: 1 } : {}),
    })
    await query
      .insertInto('directory_chat')
      .values({ instance_id: instanceId, ...row })
      .onConflict((conflict) =>
        conflict.columns(['instance_id', 'chat_key']).doUpdateSet({
          ...mergedColumns('directory_chat', ['phone', 'lid'], 'told'),
          unread: message.isUnread
            ? sql`coalesce(directory_chat.unread, 0) + 1`
            : sql.ref('directory_chat.unread'),
          ...timeColumns,
        }),
      )
      .execute()
  }

  /** The name of a group, which comes with each message. Writes only news. */
  async heardName(
    instanceId: InstanceId,
    chat: ChatId,
    name: string,
    transaction: Pick<Transaction, 'query' | 'afterCommit'>,
  ): Promise<void> {
    await this.#names.write(`${instanceId} ${conversationKey(chat)}`, name, transaction, () =>
      this.take(instanceId, [{ chat, facts: { name } }], 'told', transaction),
    )
  }

  /** Call it when rows were erased. */
  forgetWritten(): void {
    this.#names.clear()
  }

  /** A later message brings it back. */
  async delete(
    instanceId: InstanceId,
    chat: ChatId,
    at: EpochMs,
    { query }: Pick<Transaction, 'query'>,
  ): Promise<void> {
    const key = await this.#keyOf(instanceId, chat, query)
    await query
      .updateTable('directory_chat')
      .set({ deleted_at: at, changed_at: this.#options.clock.now(), unread: 0, pinned_at: 0 })
      .where('instance_id', '=', instanceId)
      .where('chat_key', '=', key)
      .execute()
  }

  /** The one that was last talked in first. */
  async list(instanceId: InstanceId, { offset, limit }: Page): Promise<readonly KnownChat[]> {
    const { query } = this.#options.database
    // The index alone gives the keys: rows before the page are not read.
    const keys = query
      .selectFrom('directory_chat')
      .select('chat_key')
      .where('instance_id', '=', instanceId)
      .where('deleted_at', 'is', null)
      .orderBy('last_message_at', 'desc')
      .orderBy('chat_key', 'desc')
      .limit(limit)
      .offset(offset)
    const rows = await query
      .selectFrom('directory_chat')
      .selectAll()
      .where('instance_id', '=', instanceId)
      .where('chat_key', 'in', query.selectFrom(keys.as('page')).select('chat_key'))
      .orderBy('last_message_at', 'desc')
      .orderBy('chat_key', 'desc')
      .execute()
    return rows.map((row) => this.#knownOf(instanceId, row))
  }

  /** `undefined` if it is unknown or was deleted. */
  async find(instanceId: InstanceId, chat: ChatId): Promise<KnownChat | undefined> {
    return (await this.findAll(instanceId, [chat]))[0]
  }

  /** Whether it is known and was not deleted. */
  async has(instanceId: InstanceId, chat: ChatId, query: Query): Promise<boolean> {
    const row = await query
      .selectFrom('directory_chat')
      .select('chat_key')
      .where('instance_id', '=', instanceId)
      .where('chat_key', '=', await this.#keyOf(instanceId, chat, query))
      .where('deleted_at', 'is', null)
      .executeTakeFirst()
    return row !== undefined
  }

  /** Those that are known, in any order. */
  async findAll(instanceId: InstanceId, chats: readonly ChatId[]): Promise<readonly KnownChat[]> {
    const { query } = this.#options.database
    const keys = await keysOf(instanceId, chats, this.#options.people, query)
    const found: KnownChat[] = []
    for (const some of portionsOf(keys)) {
      const rows = await query
        .selectFrom('directory_chat')
        .selectAll()
        .where('instance_id', '=', instanceId)
        .where('chat_key', 'in', some)
        .where('deleted_at', 'is', null)
        .execute()
      found.push(...rows.map((row) => this.#knownOf(instanceId, row)))
    }
    return found
  }

  /** Since when its messages count: what was said before was deleted with the chat. */
  async deletedAt(instanceId: InstanceId, chat: ChatId): Promise<EpochMs | undefined> {
    const { query } = this.#options.database
    const row = await query
      .selectFrom('directory_chat')
      .select('deleted_at')
      .where('instance_id', '=', instanceId)
      .where('chat_key', '=', await this.#keyOf(instanceId, chat, query))
      .executeTakeFirst()
    return row?.deleted_at ?? undefined
  }

  /** After how many seconds its messages disappear. 0: never, or not known. Asked for each message. */
  async timerOf(instanceId: InstanceId, chat: ChatId): Promise<number> {
    const { query } = this.#options.database
    const row = await query
      .selectFrom('directory_chat')
      .select('timer_seconds')
      .where('instance_id', '=', instanceId)
      .where('chat_key', '=', await this.#keyOf(instanceId, chat, query))
      .executeTakeFirst()
    return row?.timer_seconds ?? 0
  }

  /** A LID turned out to be the person of a number: two chats become one. */
  async join(
    instanceId: InstanceId,
    pairs: readonly PersonId[],
    { query }: Pick<Transaction, 'query'>,
  ): Promise<void> {
    const newKeys = new Map(
      pairs.map((pair) => [`lid:${pair.lid}`, conversationKey({ kind: 'person', ...pair })]),
    )
    const people = new Map(pairs.map((pair) => [`lid:${pair.lid}`, pair]))
    for (const old of portionsOf([...newKeys.keys()])) {
      const rows = await query
        .selectFrom('directory_chat')
        .selectAll()
        .where('instance_id', '=', instanceId)
        .where('chat_key', 'in', old)
        .execute()
      if (rows.length === 0) continue
      const moved = rows.map((row) => {
        const key = newKeys.get(row.chat_key) ?? row.chat_key
        const name = this.#texts.open(instanceId, row.chat_key, 'name', row.name_sealed)
        return {
          ...row,
          chat_key: key,
          phone: row.phone ?? people.get(row.chat_key)?.phone ?? null,
          name_sealed: this.#texts.seal(instanceId, key, 'name', name),
        }
      })
      await this.#put(instanceId, moved, 'history', query)
      await query
        .deleteFrom('directory_chat')
        .where('instance_id', '=', instanceId)
        .where('chat_key', 'in', old)
        .execute()
    }
  }

  async #put(
    instanceId: InstanceId,
    rows: readonly Row[],
    source: FactSource,
    query: Query,
  ): Promise<void> {
    for (const some of portionsOf(rows))
      await query
        .insertInto('directory_chat')
        .values(some.map((row) => ({ ...row, instance_id: instanceId })))
        .onConflict((conflict) =>
          conflict.columns(['instance_id', 'chat_key']).doUpdateSet({
            ...mergedColumns('directory_chat', learned, source),
            ...timeColumns,
          }),
        )
        .execute()
  }

  async #keyOf(instanceId: InstanceId, chat: ChatId, query: Query): Promise<string> {
    const [key = ''] = await keysOf(instanceId, [chat], this.#options.people, query)
    return key
  }

  #rowOf(instanceId: InstanceId, key: string, chat: ChatId, facts: ChatFacts): Row {
    const person: PersonId = chat.kind === 'person' ? chat : {}
    const { mutedUntil } = facts
    return {
      chat_key: key,
      phone: person.phone ?? null,
      lid: person.lid ?? null,
      name_sealed: this.#texts.seal(instanceId, key, 'name', facts.name),
      is_archived: flagOf(facts.isArchived),
      pinned_at: momentOf(facts.pinnedAt),
      muted_until: mutedUntil === 'always' ? forEver : momentOf(mutedUntil),
      unread: facts.unread ?? null,
      is_marked_unread: flagOf(facts.isMarkedUnread),
      is_spam: flagOf(facts.isSpam),
      is_announcement: flagOf(facts.isAnnouncement),
      timer_seconds: facts.timerSeconds ?? null,
      last_message_at: facts.lastMessageAt ?? 0,
      deleted_at: null,
      changed_at: this.#options.clock.now(),
    }
  }

  #mutedOf(until: number | null): KnownChat['mutedUntil'] {
    if (until === null) return undefined
    if (until === forEver) return 'always'
    return until > this.#options.clock.now() ? until : null
  }

  #knownOf(instanceId: InstanceId, row: Row): KnownChat {
    const { phone, lid, pinned_at, muted_until, last_message_at } = row
    const known = { phone: phone ?? undefined, lid: lid ?? undefined }
    return {
      chat: chatOfKey(row.chat_key, known),
      name: this.#texts.open(instanceId, row.chat_key, 'name', row.name_sealed),
      isArchived: factOf(row.is_archived),
      pinnedAt: pinned_at === 0 ? null : (pinned_at ?? undefined),
      mutedUntil: this.#mutedOf(muted_until),
      unread: row.unread ?? undefined,
      isMarkedUnread: factOf(row.is_marked_unread),
      isSpam: factOf(row.is_spam),
      isAnnouncement: factOf(row.is_announcement),
      timerSeconds: row.timer_seconds ?? undefined,
      lastMessageAt: last_message_at === 0 ? undefined : last_message_at,
    }
  }
}

const timeColumns = {
  last_message_at: sql<number>`case when excluded.last_message_at > directory_chat.last_message_at
    then excluded.last_message_at else directory_chat.last_message_at end`,
  deleted_at: sql<number | null>`case when excluded.last_message_at > directory_chat.deleted_at
    then null else directory_chat.deleted_at end`,
  changed_at: sql<number>`excluded.changed_at`,
}

function together(before: Row, row: Row): Row {
  const told = Object.entries(row).filter(([, value]) => value !== null)
  return {
    ...before,
    ...Object.fromEntries(told),
    last_message_at: Math.max(before.last_message_at, row.last_message_at),
  }
}

const flagOf = (fact: boolean | undefined) => (fact === undefined ? null : Number(fact))
const factOf = (flag: number | null) => (flag === null ? undefined : flag === 1)
const momentOf = (at: EpochMs | null | undefined) => (at === undefined ? null : (at ?? 0))
