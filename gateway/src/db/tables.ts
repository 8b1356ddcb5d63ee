/**
 * Every table as rows that both databases understand, out and in again.
 *
 * For a backup, and for a move from SQLite to PostgreSQL or back. Tables come
 * in an order in which each refers only to those before it.
 */

import { setImmediate as nextTurn } from 'node:timers/promises'
import { type Kysely, sql } from 'kysely'
import type { DialectName, Transaction } from './database.js'
import type { Schema } from './schema.js'

export type TableName = keyof Schema

/** A value of a column in either database. */
export type Value = string | number | Uint8Array | null

export interface TableRows {
  readonly table: TableName
  readonly columns: readonly string[]
  /** Each as long as `columns`. */
  readonly rows: readonly (readonly Value[])[]
}

/** What names a row, by which it is read in portions. A table that is missing here does not compile. */
export const keys: { readonly [Name in TableName]: readonly (keyof Schema[Name] & string)[] } = {
  master_key_check: ['id'],
  access_token: ['kind'],
  allowed_callers: ['id'],
  audit: ['sequence'],
  refused_call: ['sequence'],
  instance: ['id'],
  pool_member: ['pool_id', 'instance_id'],
  pool_person: ['pool_id', 'person_hash'],
  linked_number: ['instance_id'],
  extension_token: ['instance_id'],
  mcp_token: ['id'],
  callback_endpoint: ['instance_id', 'event_kind'],
  paused_receiver: ['instance_id', 'url_hash'],
  credential: ['instance_id'],
  disconnection: ['instance_id'],
  signal_key: ['instance_id', 'type', 'id'],
  registration: ['instance_id', 'phone'],
  resend_copy: ['instance_id', 'whatsapp_id'],
  message: ['sequence'],
  idempotency_key: ['instance_id', 'key_hash'],
  accepted_code: ['sequence'],
  pending_code: ['instance_id', 'person_hash'],
  restriction: ['instance_id'],
  contact: ['instance_id', 'person_hash'],
  known_person: ['instance_id', 'lid'],
  member_receipt: ['instance_id', 'whatsapp_id', 'member'],
  incoming_message: ['instance_id', 'chat_key', 'whatsapp_id'],
  incoming_media: ['id_hash'],
  answer_secret: ['instance_id', 'whatsapp_id'],
  kept_message: ['instance_id', 'whatsapp_id', 'chat_key'],
  directory_owner: ['instance_id'],
  directory_chat: ['instance_id', 'chat_key'],
  directory_contact: ['instance_id', 'contact_key'],
  directory_group: ['instance_id', 'group_id'],
  directory_privacy: ['instance_id', 'name'],
  directory_channels: ['instance_id'],
  history_chunk: ['instance_id', 'whatsapp_id'],
  broadcast_list: ['instance_id', 'list_id'],
  label: ['instance_id', 'label_id'],
  chat_label: ['instance_id', 'label_id', 'chat_key'],
  chat_note: ['instance_id', 'chat_key'],
  outgoing_file: ['id'],
  outgoing_file_piece: ['file_id', 'piece'],
  delivery: ['sequence'],
  administrator: ['id'],
  invitation: ['id'],
  api_key: ['id'],
  recovery_code: ['administrator_id', 'code_hash'],
  login_session: ['id'],
  node: ['id'],
  instance_lease: ['instance_id'],
  handover: ['instance_id', 'epoch'],
  login_failure: ['key_hash'],
  setup_code: ['id'],
  passkey_link: ['token_hash'],
  alert: ['key'],
  alert_settings: ['id'],
  alert_post: ['sequence'],
}

export const tableNames: readonly TableName[] = Object.keys(keys).filter(isTableName)

/** Of the processes that run now: no backup and no move to another database takes them along. */
const ofProcesses: readonly TableName[] = [
  'node',
  'instance_lease',
  'handover',
  'login_failure',
  'setup_code',
  'passkey_link',
  'alert_post',
]

/** Tables whose key the database counts up by itself. */
const sequences = tableNames.filter((table) => keys[table].some((name) => name === 'sequence'))

/** So many rows are in memory at once. A message may hold an image of some MB, hence so few of them. */
const rowsAtOnce = (table: TableName): number => (table === 'message' ? 10 : 500)
/** SQLite takes 32,766 variables, PostgreSQL twice as many. */
const variablesAtOnce = 30_000

export function isTableName(name: string): name is TableName {
  return Object.hasOwn(keys, name)
}

/** All rows of all tables that are there. `query` must see one moment: a snapshot. */
export async function* readTables(query: Kysely<Schema>): AsyncGenerator<TableRows> {
  // An older version, whose data is backed up before its upgrade, has fewer.
  const present = new Set((await query.introspection.getTables()).map(({ name }) => name))
  for (const table of tableNames) {
    if (!present.has(table) || ofProcesses.includes(table)) continue
    let last: readonly Value[] | undefined
    do {
      const rows = await readPortion(query, table, last)
      const [first] = rows
      if (first === undefined) break
      const columns = Object.keys(first)
      yield { table, columns, rows: rows.map((row) => columns.map((name) => row[name] ?? null)) }
      // SQLite reads on this thread: others have their turn between two portions.
      await nextTurn()
      const end = rows.length < rowsAtOnce(table) ? undefined : rows.at(-1)
      last = end && keys[table].map((name) => end[name] ?? null)
    } while (last !== undefined)
  }
}

async function readPortion(
  query: Kysely<Schema>,
  table: TableName,
  after: readonly Value[] | undefined,
): Promise<readonly Record<string, Value>[]> {
  const key = sql.join(keys[table].map((name) => sql.ref(name)))
  const rest = after === undefined ? sql`` : sql`where (${key}) > (${sql.join(after)})`
  const { rows } = await sql<Record<string, Value>>`
    select * from ${sql.table(table)} ${rest} order by ${key} limit ${sql.lit(rowsAtOnce(table))}
  `.execute(query)
  return rows
}

/** Inserts the rows as they are. The columns may be fewer than the table has by now. */
export async function insertRows(
  { query }: Transaction,
  dialect: DialectName,
  { table, columns, rows }: TableRows,
): Promise<void> {
  const names = sql.join(columns.map((name) => sql.ref(name)))
  // PostgreSQL would not take numbers that it counts itself.
  const overriding = dialect === 'postgres' ? sql`overriding system value` : sql``
  const atOnce = Math.max(1, Math.floor(variablesAtOnce / columns.length))
  for (let start = 0; start < rows.length; start += atOnce) {
    const values = rows.slice(start, start + atOnce).map((row) => sql`(${sql.join(row)})`)
    await sql`
      insert into ${sql.table(table)} (${names}) ${overriding} values ${sql.join(values)}
    `.execute(query)
  }
}

/** Call it after the last `insertRows`: the database goes on counting where the rows end. */
export async function continueSequences(
  { query }: Transaction,
  dialect: DialectName,
): Promise<void> {
  // SQLite sees it by itself.
  if (dialect === 'sqlite') return
  for (const table of sequences) {
    await sql`
      select setval(pg_get_serial_sequence(${table}, 'sequence'), max(sequence))
      from ${sql.table(table)} having max(sequence) is not null
    `.execute(query)
  }
}
