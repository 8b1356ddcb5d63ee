/**
 * Finds messages of one instance or of all, the newest first, in pages or one after the other.
 *
 * Text of messages is not searched: it is sealed, and erased when the message has ended. What is
 * searched are numbers, ids, and what callers were told about a failure.
 */

import { type ExpressionBuilder, type SqlBool, sql } from 'kysely'
import type { Database } from '../../db/database.js'
import type { Vault } from '../../db/encryption.js'
import type { Schema } from '../../db/schema.js'
import { chatOf, conversationKey, type Recipient } from '../../domain/chat.js'
import { type ContentKind, contentKinds } from '../../domain/content/index.js'
import type { FailureReason } from '../../domain/gateway-event.js'
import type { InstanceId } from '../../domain/instance.js'
import type { MessageStatus } from '../../domain/message-status.js'
import { type Priority, priorityOfRank, rankOf } from '../../domain/priority.js'
import type { EpochMs } from '../../domain/time.js'
import {
  listedColumns,
  type ListedMessage,
  type ListedRow,
  listedFrom,
  smallContent,
} from './message-listing.js'

export interface FoundMessage extends ListedMessage {
  readonly instanceId: InstanceId
  /** Unset for one that an older version accepted. */
  readonly kind: ContentKind | undefined
  readonly priority: Priority
  /** What its caller was told about its failure. */
  readonly explanation: string | undefined
}

/** Which messages. Each condition that is given must hold. */
export interface SearchWish {
  readonly instanceId?: InstanceId | undefined
  /** A number or the end of one, an id of the message, or a part of the explanation. */
  readonly text?: string | undefined
  readonly statuses?: readonly MessageStatus[] | undefined
  readonly kinds?: readonly ContentKind[] | undefined
  readonly reasons?: readonly FailureReason[] | undefined
  readonly priorities?: readonly Priority[] | undefined
  /** Accepted at this moment or later. */
  readonly since?: EpochMs | undefined
  /** Accepted before this moment. */
  readonly until?: EpochMs | undefined
}

export interface PageWish {
  /** Behind this sequence, that is, older. */
  readonly before?: number | undefined
  readonly limit: number
}

/** More are not counted. */
export const mostCounted = 200_000
const linesAtOnce = 500
const endings: ReadonlySet<MessageStatus> = new Set(['failed', 'expired', 'cancelled'])

type Condition = (row: ExpressionBuilder<Schema, 'message'>) => ReturnType<typeof row.and>
type SearchedRow = ListedRow & { readonly kind: string | null; readonly explanation: string | null }

export class MessageSearch {
  readonly #database: Database
  readonly #vault: Vault

  constructor({ database, vault }: { readonly database: Database; readonly vault: Vault }) {
    this.#database = database
    this.#vault = vault
  }

  async page(wish: SearchWish, { before, limit }: PageWish): Promise<readonly FoundMessage[]> {
    const conditions = await this.#conditions(wish)
    if (before !== undefined) conditions.push((row) => row.and([row('sequence', '<', before)]))
    let query = this.#database.query
      .selectFrom('message')
      .select([...listedColumns, 'kind', 'explanation'])
      .select(smallContent.as('content_sealed'))
    for (const condition of conditions) query = query.where(condition)
    const rows = await query
      .orderBy('sequence', 'desc')
      .limit(limit)
      .$castTo<SearchedRow>()
      .execute()
    return rows.map((row) => foundFrom(row, this.#vault))
  }

  /** How many there are; `mostCounted` where there are as many or more. */
  async count(wish: SearchWish): Promise<number> {
    let query = this.#database.query.selectFrom('message').select(sql.lit(1).as('one'))
    for (const condition of await this.#conditions(wish)) query = query.where(condition)
    const { count } = await this.#database.query
      .selectFrom(query.limit(mostCounted).as('found'))
      .select((row) => row.fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow()
    return count
  }

  /** All of them, read in portions: what is accepted meanwhile is not among them. */
  async *all(wish: SearchWish): AsyncGenerator<FoundMessage> {
    let before: number | undefined
    do {
      const page = await this.page(wish, { before, limit: linesAtOnce })
      yield* page
      before = page.length < linesAtOnce ? undefined : page.at(-1)?.sequence
    } while (before !== undefined)
  }

  async #conditions(wish: SearchWish): Promise<Condition[]> {
    const { instanceId, statuses, kinds, reasons, priorities, since, until } = wish
    const conditions: Condition[] = []
    const add = (condition: Condition): void => void conditions.push(condition)
    if (instanceId !== undefined)
      // The second asks for the index of the listing.
      add((row) => row.and([row('instance_id', '=', instanceId), row('sequence', '>', sql.lit(0))]))
    if (statuses !== undefined) add((row) => row.and([row('status', 'in', statuses)]))
    // Of these every row has a reason, so the index of what was not sent serves.
    if (statuses?.every((status) => endings.has(status)))
      add((row) => row.and([row('failure', 'is not', null)]))
    if (kinds !== undefined) add((row) => row.and([row('kind', 'in', kinds)]))
    if (priorities !== undefined)
      add((row) => row.and([row('priority', 'in', priorities.map(rankOf))]))
    if (reasons !== undefined)
      // The first asks for the index of what was not sent.
      add((row) => row.and([row('failure', 'is not', null), row('failure', 'in', reasons)]))
    if (since !== undefined || until !== undefined) add(await this.#accepted(since, until))
    if (wish.text !== undefined) add(await this.#holding(wish.text, instanceId))
    return conditions
  }

  /**
   * `sequence` counts up as `accepted_at` does, but for clocks that were set back: the bounds by sequence
   * let the listing begin at the right place, and the moment decides.
   */
  async #accepted(since: EpochMs = 0, until?: EpochMs): Promise<Condition> {
    const { first, last } = await this.#database.query
      .selectFrom('message')
      .select((row) => [row.fn.min('sequence').as('first'), row.fn.max('sequence').as('last')])
      .where('accepted_at', '>=', since)
      .$if(until !== undefined, (query) => query.where('accepted_at', '<', until ?? 0))
      .executeTakeFirstOrThrow()
    return (row) =>
      row.and([
        row('sequence', '>=', first ?? 0),
        row('sequence', '<=', last ?? -1),
        row('accepted_at', '>=', since),
        ...(until === undefined ? [] : [row('accepted_at', '<', until)]),
      ])
  }

  async #holding(text: string, instanceId: InstanceId | undefined): Promise<Condition> {
    const sought = text.trim()
    if (/^\+?[\d\s().-]+$/u.test(sought)) return ofNumber(sought.replaceAll(/\D/gu, ''))
    if (/^[0-9A-F]{12,64}$/iu.test(sought)) {
      const ids = await this.#withId(sought.toUpperCase(), instanceId)
      if (ids.length > 0) return (row) => row.and([row('id', 'in', ids)])
    }
    const part = `%${sought.toLowerCase().replaceAll(/[\\%_]/gu, '\\$&')}%`
    return (row) =>
      row.and([
        row('failure', 'is not', null),
        sql<SqlBool>`lower(explanation) like ${part} escape '\\'`,
      ])
  }

  /** By the id of ours, and by the one that WhatsApp knows it by. */
  async #withId(id: string, instanceId: InstanceId | undefined): Promise<readonly string[]> {
    const instances = this.#database.query.selectFrom('instance').select('id')
    const rows = await this.#database.query
      .selectFrom('message')
      .select('id')
      .where('id', '=', id)
      .union(
        this.#database.query
          .selectFrom('message')
          .select('id')
          .where('whatsapp_id', '=', id)
          .where('instance_id', 'in', instanceId === undefined ? instances : [instanceId]),
      )
      .execute()
    return rows.map((row) => row.id)
  }
}

/** A whole number is found by an index; a part of one by reading every recipient. */
const fewestWhole = 12

function ofNumber(digits: string): Condition {
  if (digits.length < fewestWhole)
    return (row) => row.and([sql<SqlBool>`recipient like ${`%${digits}%`}`])
  const keys = chatKeysOf(digits)
  return (row) => row.and([row('chat_key', 'in', keys), row('sequence', '>', sql.lit(0))])
}

/** Of every chat that a whole number may name. */
export function chatKeysOf(digits: string): readonly string[] {
  const recipients: readonly Recipient[] = [
    { kind: 'person', phone: digits },
    { kind: 'lid', lid: digits },
    { kind: 'group', group: digits },
    { kind: 'newsletter', newsletter: digits },
  ]
  return recipients.map((recipient) => conversationKey(chatOf(recipient)))
}

function foundFrom(row: SearchedRow, vault: Vault): FoundMessage {
  return {
    ...listedFrom(row, vault),
    instanceId: row.instance_id,
    kind: contentKinds.find((kind) => kind === row.kind),
    priority: priorityOfRank(row.priority),
    explanation: row.explanation ?? undefined,
  }
}
