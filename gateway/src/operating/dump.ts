/**
 * The whole content of a database as lines of JSON, the same for SQLite and
 * PostgreSQL: what it is, then the rows, then that it is complete.
 */

import type { Database } from '../db/database.js'
import { lastMigration } from '../db/open-database.js'
import { isTableName, readTables, type TableRows, type Value } from '../db/tables.js'
import { GatewayError } from '../domain/errors.js'
import type { EpochMs } from '../domain/time.js'

/** A backup cannot be used, or not here. `message` says why and what helps. */
export class BackupError extends GatewayError {
  override readonly name = 'BackupError'
  readonly code = 'backup'
}

/** Changes when an older Recado could not read the lines any more. */
const format = 1

/** What the rows are. */
export interface DumpHead {
  readonly format: number
  /** The last migration of the database they come from. */
  readonly migration: string
  readonly madeAt: EpochMs
}

export type DumpLine =
  | { readonly head: DumpHead }
  | { readonly rows: TableRows }
  | { readonly end: { readonly rows: number } }

/** Everything at one moment. Others go on writing meanwhile. Line breaks included. */
export async function* dumpLines(database: Database, madeAt: EpochMs): AsyncGenerator<string> {
  await using snapshot = await database.snapshot()
  const migration = await lastMigration(snapshot.query)
  yield lineOf({ head: { format, migration, madeAt } })
  let count = 0
  for await (const { table, columns, rows } of readTables(snapshot.query)) {
    count += rows.length
    yield lineOf({ rows: written({ table, columns, rows }) })
  }
  yield lineOf({ end: { rows: count } })
}

/**
 * Reads lines back. Throws `BackupError` when they are not a dump, come from a
 * newer version, or end too early; what came before is then of no use.
 */
export async function* parseDump(lines: AsyncIterable<string>): AsyncGenerator<DumpLine> {
  let isFirst = true
  let isComplete = false
  let count = 0
  for await (const line of lines) {
    const parsed = parseLine(line)
    if (isFirst && !('head' in parsed)) throw notOurs()
    if ('head' in parsed && parsed.head.format !== format) throw tooNew()
    if ('rows' in parsed) count += parsed.rows.rows.length
    if ('end' in parsed) isComplete = parsed.end.rows === count
    isFirst = false
    yield parsed
  }
  if (!isComplete) throw new BackupError('The backup is not complete: its end is missing.')
}

/** Cuts a text at its line breaks. */
export async function* linesOf(text: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder()
  let rest = ''
  for await (const chunk of text) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n')
    rest = lines.pop() ?? ''
    yield* lines
  }
  if (rest !== '') yield rest
}

/** JSON knows no bytes. */
type WrittenValue = string | number | null | { readonly base64: string }

interface WrittenRows extends Omit<TableRows, 'rows'> {
  readonly rows: readonly (readonly WrittenValue[])[]
}

type WrittenLine = Exclude<DumpLine, { rows: TableRows }> | { readonly rows: WrittenRows }

function lineOf(line: WrittenLine): string {
  return `${JSON.stringify(line)}\n`
}

function written({ table, columns, rows }: TableRows): WrittenRows {
  return { table, columns, rows: rows.map((row) => row.map(writtenValue)) }
}

function writtenValue(value: Value): WrittenValue {
  return value instanceof Uint8Array ? { base64: Buffer.from(value).toString('base64') } : value
}

function parseLine(line: string): DumpLine {
  const parsed = parseJson(line)
  if (!('rows' in parsed)) return parsed
  const { table, columns, rows } = parsed.rows
  if (!isTableName(table)) throw tooNew()
  return { rows: { table, columns, rows: rows.map((row) => row.map(readValue)) } }
}

function parseJson(line: string): WrittenLine {
  try {
    return JSON.parse(line)
  } catch (cause) {
    throw notOurs(cause)
  }
}

function readValue(value: WrittenValue): Value {
  return typeof value === 'object' && value !== null ? Buffer.from(value.base64, 'base64') : value
}

function notOurs(cause?: unknown): BackupError {
  return new BackupError('This is no backup of Recado.', { cause })
}

function tooNew(): BackupError {
  return new BackupError(
    'A newer version of Recado made this backup: restore it with that version.',
  )
}
