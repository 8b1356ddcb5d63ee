/**
 * Notices which tables are written, so that what was read of a table can be kept until then.
 *
 * One gateway owns the database, so every write passes here and no writer has
 * to think of those who remember. Read between the beginning and the end of a write (its
 * commit or its undoing), a table says nothing that may be kept.
 */

import {
  type CompiledQuery,
  DeleteQueryNode,
  IdentifierNode,
  InsertQueryNode,
  type OperationNode,
  SelectQueryNode,
  TableNode,
  UpdateQueryNode,
} from 'kysely'
import type { Schema } from './schema.js'

export type TableName = keyof Schema

/** SQL text that was written by hand may write to any table. */
const everyTable = '*'

export class TableChanges {
  readonly #versions = new Map<string, number>()
  /** Writes that may still be undone. */
  readonly #open = new Map<string, number>()

  /** Call it before the statement runs. Gives what to call when it is committed or undone; `undefined` if it only reads. */
  begun(query: Pick<CompiledQuery, 'query' | 'sql'>): (() => void) | undefined {
    const table = writtenBy(query)
    if (table === undefined) return undefined
    this.#open.set(table, (this.#open.get(table) ?? 0) + 1)
    let isOver = false
    return () => {
      if (isOver) return
      isOver = true
      this.#open.set(table, (this.#open.get(table) ?? 1) - 1)
      this.#versions.set(table, (this.#versions.get(table) ?? 0) + 1)
    }
  }

  /** The same text as long as nothing was written; `undefined` during a write. */
  stampOf(table: TableName): string | undefined {
    if (this.#isOpen(table) || this.#isOpen(everyTable)) return undefined
    return `${this.#versions.get(table) ?? 0} ${this.#versions.get(everyTable) ?? 0}`
  }

  #isOpen(table: string): boolean {
    return (this.#open.get(table) ?? 0) > 0
  }
}

/** What was read of one table, by key, until the table is written. */
export class Remembered<V> {
  readonly #changes: TableChanges
  readonly #table: TableName
  readonly #most: number
  #stamp: string | undefined
  readonly #values = new Map<string, { readonly value: V }>()

  /** @param most how many values are kept */
  constructor(changes: TableChanges, table: TableName, most = 10_000) {
    this.#changes = changes
    this.#table = table
    this.#most = most
  }

  /** `read` is called when nothing is known, and reads this table only. Do not change what you get. */
  async get(key: string, read: () => Promise<V>): Promise<V> {
    const stamp = this.#changes.stampOf(this.#table)
    if (stamp === undefined) return read()
    if (stamp !== this.#stamp) {
      this.#values.clear()
      this.#stamp = stamp
    }
    const known = this.#values.get(key)
    if (known !== undefined) return known.value
    const value = await read()
    if (this.#changes.stampOf(this.#table) === stamp) {
      if (this.#values.size >= this.#most) this.#values.clear()
      this.#values.set(key, { value })
    }
    return value
  }
}

/** With an instance goes what belongs to it, in other tables. */
const cascading: ReadonlySet<string> = new Set(['instance'])

function writtenBy({ query: node, sql }: Pick<CompiledQuery, 'query' | 'sql'>): string | undefined {
  if (SelectQueryNode.is(node)) return undefined
  if (InsertQueryNode.is(node)) return node.into ? nameOf(node.into) : everyTable
  if (UpdateQueryNode.is(node)) return node.table ? nameOf(node.table) : everyTable
  if (!DeleteQueryNode.is(node)) return /^\s*select\b/iu.test(sql) ? undefined : everyTable
  const [from] = node.from.froms
  const table = from === undefined ? everyTable : nameOf(from)
  return cascading.has(table) ? everyTable : table
}

function nameOf(node: OperationNode): string {
  if (!TableNode.is(node)) return everyTable
  const { identifier } = node.table
  return IdentifierNode.is(identifier) ? identifier.name : everyTable
}
