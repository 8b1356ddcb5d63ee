/** What an import needs of a database of whatsmeow, which may be large and have a write-ahead log beside it. */

import { copyFile, mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { extractTables, openForeignFile } from '../db/foreign-sqlite.js'
import { whatsmeowTables } from '../domain/whatsmeow-tables.js'

/**
 * A small database with the tables that an import reads. The file itself is not written to: with a log beside it, SQLite
 * would have to, so both are copied first, into a folder that only this user may read and that is removed again.
 *
 * @throws what SQLite says of a file that it cannot read
 */
export async function copyWhatsmeow(path: string): Promise<Buffer> {
  if ((await sizeOf(`${path}-wal`)) === 0) {
    try {
      return extract(path)
    } catch (cause) {
      // A folder that is read-only, perhaps.
      if (!isCannotOpen(cause)) throw cause
    }
  }
  const folder = await mkdtemp(join(tmpdir(), 'recado-import-'))
  try {
    const copy = join(folder, 'copy.db')
    await copyFile(path, copy)
    if ((await sizeOf(`${path}-wal`)) > 0) await copyFile(`${path}-wal`, `${copy}-wal`)
    return extract(copy)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

function extract(path: string): Buffer {
  using tables = openForeignFile(path)
  return extractTables(tables, whatsmeowTables)
}

async function sizeOf(path: string): Promise<number> {
  const found = await stat(path).catch(() => undefined)
  return found?.size ?? 0
}

function isCannotOpen(cause: unknown): boolean {
  return (
    cause instanceof Error && 'code' in cause && String(cause.code).startsWith('SQLITE_CANTOPEN')
  )
}
