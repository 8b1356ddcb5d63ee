/**
 * Evolution API 2: the row of its table `Session`, whose column `creds` is the JSON of a JSON text, and the keys: files
 * of `instances/<id>/` named as Baileys names them, or the fields of a Redis hash `<prefix>:instance:<id>`
 * (`use-multi-file-auth-state-prisma.ts` and `…-redis-db.ts` there). With `CACHE_REDIS_SAVE_INSTANCES` the hash has
 * `creds` too.
 */

import { ImportChoiceError, ImportRefusedError } from '../../domain/errors.js'
import type { ImportFile, ImportWish } from '../../domain/session-import.js'
import { deviceOf } from './complete.js'
import { readCsv } from './csv.js'
import { type Donor, isRecord } from './donor.js'
import { keyNamed, type KeyText, keysOfFiles, parse, readKeys, textOf } from './multi-file.js'

type Values = Readonly<Record<string, unknown>>

interface Row {
  readonly creds: Values
  /** The id of the instance there. */
  readonly sessionId?: unknown
}

export async function readEvolution(
  files: readonly ImportFile[],
  { device }: ImportWish,
): Promise<Donor> {
  const tables = files.filter((file) => !isKeyFile(file) && file.bytes !== undefined)
  const values = tables.map((file) => valueIn(textOf(file)))
  const hashes = values.filter(isHash)
  const rows = [...values.filter((each) => !isHash(each)), ...hashes.map(({ creds }) => creds)]
  const row = chosen(rows.flatMap(rowsIn), device)
  const fromFiles = await keysOfFiles(files.filter(isKeyFile))
  const fromHash = await readKeys(hashes.flatMap(keysIn))
  return {
    source: 'evolution',
    creds: row.creds,
    keys: [...fromFiles.keys, ...fromHash.keys],
    dropped: [...fromFiles.dropped, ...fromHash.dropped],
  }
}

function isKeyFile({ name }: ImportFile): boolean {
  return name.endsWith('.json') && keyNamed(name) !== undefined
}

/** JSON or a table of comma-separated values. */
function valueIn(text: string): unknown {
  return parse(text) ?? readCsv(text)
}

function isHash(value: unknown): value is Values {
  return isRecord(value) && Object.keys(value).some((name) => keyNamed(name) !== undefined)
}

/** The fields of a hash keep their `:` and `/`. */
function keysIn(hash: Values): readonly KeyText[] {
  return Object.entries(hash).flatMap(([name, value]) => {
    const named = keyNamed(name)
    if (named === undefined) return []
    return [{ ...named, text: typeof value === 'string' ? value : JSON.stringify(value) }]
  })
}

/** The rows of an export: a list of rows, one row, or the column `creds` of one. */
function rowsIn(value: unknown): readonly Row[] {
  const unwrapped = typeof value === 'string' ? parse(value) : value
  if (typeof unwrapped === 'string') return rowsIn(unwrapped)
  if (Array.isArray(unwrapped)) return unwrapped.flatMap(rowsIn)
  if (!isRecord(unwrapped)) return []
  if ('noiseKey' in unwrapped) return [{ creds: unwrapped }]
  const { creds, sessionId } = unwrapped
  return creds === undefined ? [] : rowsIn(creds).map((row) => ({ ...row, sessionId }))
}

function chosen(rows: readonly Row[], wanted: string | undefined): Row {
  if (rows.length === 0) throw new ImportRefusedError({ kind: 'no-creds' })
  // A row of an instance that never was linked has no `me`.
  const linked = rows.filter(({ creds }) => isRecord(creds['me']))
  const fitting = wanted === undefined ? linked : linked.filter((row) => fits(row, wanted))
  const [only, ...others] = fitting
  if (only !== undefined && others.length === 0) return only
  if (only !== undefined)
    throw new ImportChoiceError(
      fitting.map((row) => {
        const name = isRecord(row.creds['me']) ? row.creds['me']['name'] : undefined
        return { jid: jidOf(row), ...(typeof name === 'string' ? { name } : {}) }
      }),
    )
  if (wanted !== undefined) throw new ImportRefusedError({ kind: 'no-such-device' })
  // Named by `complete.ts`.
  return rows[0] ?? { creds: {} }
}

function fits(row: Row, wanted: string): boolean {
  const jid = jidOf(row)
  return [jid, row.sessionId, deviceOf(jid)?.user].includes(wanted)
}

function jidOf({ creds }: Row): string {
  return String(isRecord(creds['me']) ? creds['me']['id'] : '')
}
