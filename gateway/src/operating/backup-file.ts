/**
 * A backup as a file: the dump of the database and the master key that opens
 * what is sealed in it, compressed, and sealed together under a passphrase.
 *
 * With the file and its passphrase alone a new machine becomes the gateway.
 */

import { createReadStream } from 'node:fs'
import { access, open as openFile, rename, rm } from 'node:fs/promises'
import { type Duplex, Readable } from 'node:stream'
import { createGunzip, createGzip } from 'node:zlib'
import { BackupError, type DumpHead, type DumpLine, linesOf, parseDump } from './dump.js'
import { open, seal } from './sealed-stream.js'

export interface BackupKey {
  /** The Recado that wrote the file. */
  readonly version: string
  readonly masterKey: Uint8Array
}

export interface BackupSummary {
  readonly head: DumpHead
  readonly rows: number
}

/**
 * Writes the file and reads it back to its end: it is under its name only if
 * it can be restored. Throws `BackupError` when there is one already, or when
 * the dump broke off; there is no file then.
 *
 * @param dump the lines of `dumpLines`, as bytes
 * @param logN the cost of a guess of the passphrase, for tests
 */
export async function writeBackup(
  path: string,
  passphrase: string,
  { version, masterKey }: BackupKey,
  dump: AsyncIterable<Uint8Array>,
  logN?: number,
): Promise<BackupSummary> {
  if (await exists(path))
    throw new BackupError(`${path} exists already. Name another file, or move that one away.`)
  const key = { version, masterKey: Buffer.from(masterKey).toString('base64') }
  const draft = `${path}.partial`
  try {
    await rm(draft, { force: true })
    const plain = compressed(`${JSON.stringify({ key })}\n`, dump)
    await writeSynced(draft, seal(plain, passphrase, logN))
    const summary = await summarize(draft, passphrase)
    await rename(draft, path)
    return summary
  } catch (cause) {
    await rm(draft, { force: true })
    throw cause
  }
}

/** Reads the whole file; whatever is wrong with it is found. */
export async function summarize(path: string, passphrase: string): Promise<BackupSummary> {
  const { lines } = await readBackup(path, passphrase)
  let head: DumpHead | undefined
  let rows = 0
  for await (const line of lines) {
    if ('head' in line) head = line.head
    if ('rows' in line) rows += line.rows.rows.length
  }
  if (head === undefined) throw new BackupError('This is no backup of Recado.')
  return { head, rows }
}

/**
 * Opens a backup. `lines` can be read once and throws `SealedStreamError` or
 * `BackupError` where the file is not what was written.
 */
export async function readBackup(
  path: string,
  passphrase: string,
): Promise<{ readonly key: BackupKey; readonly lines: AsyncIterable<DumpLine> }> {
  if (!(await exists(path))) throw new BackupError(`There is no file ${path}.`)
  const plain = Readable.from(open(createReadStream(path), passphrase))
  const gunzip = createGunzip()
  passErrorsOn(plain, gunzip)
  const lines = linesOf(plain.pipe(gunzip))
  const first = await lines.next()
  const { key } = JSON.parse(first.done === true ? '{}' : first.value)
  if (key === undefined) throw new BackupError('This is no backup of Recado.')
  return {
    key: { version: key.version, masterKey: Buffer.from(key.masterKey, 'base64') },
    lines: parseDump(lines),
  }
}

function compressed(head: string, dump: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  const plain = Readable.from(withHead(head, dump))
  const gzip = createGzip()
  passErrorsOn(plain, gzip)
  return plain.pipe(gzip)
}

/** A pipe does not, and half a dump must not end like a whole one. */
function passErrorsOn(from: Readable, to: Duplex): void {
  from.on('error', (cause) => to.destroy(cause))
  // The reader gets the error; before it reads, the error must not end the process.
  to.on('error', () => {})
}

async function* withHead(
  head: string,
  dump: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  yield Buffer.from(head)
  yield* dump
}

async function writeSynced(path: string, chunks: AsyncIterable<Uint8Array>): Promise<void> {
  const file = await openFile(path, 'wx', 0o600)
  try {
    for await (const chunk of chunks) await file.write(chunk)
    await file.sync()
  } finally {
    await file.close()
  }
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}
