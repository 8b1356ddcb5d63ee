/** What the tables of the directory share: sealed columns, and rows that add to what is known. */

import { type RawBuilder, sql } from 'kysely'
import type { Database, Transaction } from '../db/database.js'
import type { Vault } from '../db/encryption.js'
import type { ChatId, PersonId } from '../domain/chat.js'
import { conversationKey } from '../domain/chat.js'
import type { FactSource } from '../domain/directory.js'
import type { InstanceId } from '../domain/instance.js'

export type DirectoryTable = 'directory_chat' | 'directory_contact'

/** Seals the texts of one row. `undefined` is a text that was not told. */
export class RowTexts {
  readonly #vault: Vault
  readonly #table: string

  constructor(vault: Vault, table: string) {
    this.#vault = vault
    this.#table = table
  }

  seal(
    instanceId: InstanceId,
    key: string,
    column: string,
    text: string | undefined,
  ): Uint8Array | null {
    if (text === undefined) return null
    return this.#vault.seal(Buffer.from(text), this.#context(instanceId, key, column))
  }

  /** `undefined` too for a text that was taken away. */
  open(
    instanceId: InstanceId,
    key: string,
    column: string,
    sealed: Uint8Array | null,
  ): string | undefined {
    if (sealed === null) return undefined
    const opened = this.#vault.open(sealed, this.#context(instanceId, key, column))
    return Buffer.from(opened).toString() || undefined
  }

  #context(instanceId: InstanceId, key: string, column: string): string {
    return JSON.stringify([this.#table, instanceId, key, column])
  }
}

/** For `on conflict`: null is what was not told. */
export function mergedColumns<Column extends string>(
  table: DirectoryTable,
  columns: readonly Column[],
  source: FactSource,
): Record<Column, RawBuilder<never>> {
  const merged = columns.map((column) => {
    const [news, known] = [sql.ref(`excluded.${column}`), sql.ref(`${table}.${column}`)]
    const [first, second] = source === 'told' ? [news, known] : [known, news]
    return [column, sql<never>`coalesce(${first}, ${second})`] as const
  })
  // `fromEntries` forgets which names they were.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return Object.fromEntries(merged) as Record<Column, RawBuilder<never>>
}

export interface PeopleOfRows {
  phonesOf(
    instanceId: InstanceId,
    lids: readonly string[],
    query?: Database['query'] | Transaction['query'],
  ): Promise<ReadonlyMap<string, string>>
}

/** The key of each chat: by number, if one is told or known. */
export async function keysOf(
  instanceId: InstanceId,
  chats: readonly ChatId[],
  people: PeopleOfRows,
  query: Database['query'] | Transaction['query'],
): Promise<readonly string[]> {
  const lids = new Set<string>()
  for (const chat of chats)
    if (chat.kind === 'person' && chat.phone === undefined && chat.lid !== undefined)
      lids.add(chat.lid)
  const phones = await people.phonesOf(instanceId, [...lids], query)
  return chats.map((chat) => {
    if (chat.kind !== 'person' || chat.lid === undefined) return conversationKey(chat)
    return conversationKey({ ...chat, phone: chat.phone ?? phones.get(chat.lid) })
  })
}

export function chatOfKey(key: string, known: PersonId): ChatId {
  const colon = key.indexOf(':')
  const [kind, name] = [key.slice(0, colon), key.slice(colon + 1)]
  if (kind === 'group') return { kind, group: name }
  if (kind === 'newsletter') return { kind, newsletter: name }
  if (key === 'status') return { kind: 'status' }
  if (kind === 'broadcast') return { kind, list: name }
  return { kind: 'person', ...personOfKey(key, known) }
}

/** The number in a key has one form for all; the column has the form that WhatsApp uses. */
export function personOfKey(key: string, known: PersonId): PersonId {
  const phone = known.phone ?? (key.startsWith('person:') ? key.slice(7) : undefined)
  const lid = known.lid ?? (key.startsWith('lid:') ? key.slice(4) : undefined)
  return { ...(phone === undefined ? {} : { phone }), ...(lid === undefined ? {} : { lid }) }
}

export function personKey(person: PersonId): string {
  return conversationKey({ kind: 'person', ...person })
}

/** SQLite takes 32,766 variables in a statement, and a row has at most 15. */
const rowsAtOnce = 500

export function portionsOf<T>(all: readonly T[]): readonly (readonly T[])[] {
  const portions: T[][] = []
  for (let start = 0; start < all.length; start += rowsAtOnce)
    portions.push(all.slice(start, start + rowsAtOnce))
  return portions
}

/** What was written last of what comes with each message, so that the same need not be written again. */
export class LastWritten {
  readonly #most = 10_000
  readonly #values = new Map<string, string>()

  async write(
    name: string,
    value: string,
    transaction: Pick<Transaction, 'afterCommit'>,
    write: () => Promise<void>,
  ): Promise<void> {
    if (this.#values.get(name) === value) return
    await write()
    transaction.afterCommit(() => {
      if (this.#values.size >= this.#most) this.#values.clear()
      this.#values.set(name, value)
    })
  }

  /** What was erased has to be written again. */
  clear(): void {
    this.#values.clear()
  }
}
