/**
 * The files of another gateway, as the import takes them: one a line of JSON (`gateway/src/http/import-body.ts`). What
 * is only counted there is sent by its name.
 */

const mostBytes = 16 * 1_024 * 1_024

const counted =
  /^(session|sender-key|sender-key-memory|device-list|app-state-sync-version)-.*\.json$/u
const text = /\.(json|csv|txt|tsv)$/u

/** What was chosen: of a folder only the files that lie right in it, and only those that may be keys. */
export function filesIn(list: FileList, isFolder: boolean): readonly File[] {
  return [...list].filter(
    ({ name, webkitRelativePath: path }) =>
      !isFolder || (name.endsWith('.json') && path.split('/').length === 2),
  )
}

/** Why they cannot be sent from a browser. */
export function problemOf(files: readonly File[]): 'tooLarge' | 'log' | undefined {
  if (files.some(({ name, size }) => name.endsWith('-wal') && size > 0)) return 'log'
  const bytes = files.reduce((sum, file) => sum + (counted.test(file.name) ? 0 : file.size), 0)
  return bytes > mostBytes ? 'tooLarge' : undefined
}

export async function bodyOf(files: readonly File[]): Promise<Blob> {
  const lines: string[] = []
  for (const file of files) lines.push(`${JSON.stringify(await entryOf(file))}\n`)
  return new Blob(lines, { type: 'application/x-ndjson' })
}

async function entryOf(file: File): Promise<object> {
  const { name } = file
  if (counted.test(name)) return { name }
  if (text.test(name)) return { name, text: await file.text() }
  return { name, base64: base64Of(new Uint8Array(await file.arrayBuffer())) }
}

/** `String.fromCharCode` takes some ten thousand at once. */
const bytesAtOnce = 8_192

function base64Of(bytes: Uint8Array): string {
  let binary = ''
  for (let start = 0; start < bytes.length; start += bytesAtOnce)
    binary += String.fromCharCode(...bytes.subarray(start, start + bytesAtOnce))
  return btoa(binary)
}
