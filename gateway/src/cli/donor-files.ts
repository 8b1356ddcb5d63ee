/**
 * The files of another gateway's session, as `recado instance import` sends them: one a line of JSON
 * (`http/import-body.ts`). What the gateway only counts is sent by its name.
 */

import { open, readdir, readFile, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { isUtf8 } from 'node:buffer'
import { CommandError } from './gateway-client.js'

/** As `body-limits.ts` says for a session. */
const mostBytes = 24 * 1_024 * 1_024
const mostFiles = 200_000

/** What every SQLite database begins with. */
const magic = Buffer.from('SQLite format 3\0')

/** Left out unless the Signal sessions are to be kept. */
const ratchets = /^(session|sender-key)-/u
/** Always left out: WhatsApp gives them again. */
const fetchedAgain = /^(sender-key-memory|device-list|app-state-sync-version)-/u

/** Throws `CommandError` for a path that cannot be read, and for files that are too large together. */
export async function donorBody(paths: readonly string[], keepSessions: boolean): Promise<string> {
  const lines: string[] = []
  let size = 0
  for await (const path of filesAt(paths)) {
    const line = await lineOf(path, keepSessions, mostBytes - size)
    size += Buffer.byteLength(line) + 1
    lines.push(line)
    if (size > mostBytes) throw tooLarge()
    if (lines.length > mostFiles)
      throw new CommandError(
        `There are more than ${mostFiles} files. Name the folder of one session.`,
      )
  }
  if (lines.length === 0)
    throw new CommandError('There is no file in it. Name the folder that holds creds.json.')
  return `${lines.join('\n')}\n`
}

async function* filesAt(paths: readonly string[]): AsyncGenerator<string> {
  for (const path of paths) {
    const found = await unlessMissing(path, () => stat(path))
    if (!found.isDirectory()) yield path
    // WAHA keeps a database of messages beside them.
    else
      for (const entry of await readdir(path, { withFileTypes: true }))
        if (entry.isFile() && entry.name.endsWith('.json')) yield join(path, entry.name)
  }
}

async function lineOf(path: string, keepSessions: boolean, roomBytes: number): Promise<string> {
  const name = basename(path)
  const isCounted = fetchedAgain.test(name) || (!keepSessions && ratchets.test(name))
  if (isCounted) return JSON.stringify({ name })
  if (await isDatabase(path)) return databaseLine(path, name, roomBytes)
  const { size } = await unlessMissing(path, () => stat(path))
  if (size > roomBytes) throw tooLarge()
  const bytes = await unlessMissing(path, () => readFile(path))
  return JSON.stringify(
    isUtf8(bytes)
      ? { name, text: bytes.toString('utf8') }
      : { name, base64: bytes.toString('base64') },
  )
}

async function isDatabase(path: string): Promise<boolean> {
  if (path.endsWith('.json')) return false
  const file = await unlessMissing(path, () => open(path))
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(magic.length), 0, magic.length)
    return bytesRead === magic.length && magic.equals(buffer)
  } finally {
    await file.close()
  }
}

/** The tables that are needed, of a file that may be large. */
async function databaseLine(path: string, name: string, roomBytes: number): Promise<string> {
  // Loaded here: the other commands need no database.
  const { copyWhatsmeow } = await import('../operating/whatsmeow-copy.js')
  const bytes = await unlessMissing(path, () => copyWhatsmeow(path))
  if ((bytes.length * 4) / 3 > roomBytes) throw tooLarge()
  return JSON.stringify({ name, base64: bytes.toString('base64') })
}

function tooLarge(): CommandError {
  return new CommandError(
    `The files are larger than ${mostBytes / 1_024 / 1_024} MiB together. Name the folder of one session, and nothing else.`,
  )
}

async function unlessMissing<T>(path: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read()
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown'
    throw new CommandError(`${path} cannot be read (${code}).`, { cause })
  }
}
