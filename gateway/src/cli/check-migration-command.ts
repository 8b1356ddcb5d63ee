/** `recado check-migration`: which calls of a program that was written for Z-API work here. */

import { open, readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { CommandError } from './gateway-client.js'
import type { Print } from './instance-commands.js'

/** Sources, lists and logs; what is larger is no source, and is read in parts. */
const largestBytes = 64 * 1024 * 1024
const skipped = new Set(['node_modules', '.git', 'dist', 'build', 'vendor', '.venv', 'target'])
const text =
  /\.(?:[cm]?[jt]sx?|py|php|rb|go|java|kt|cs|rs|ex|dart|swift|vue|svelte|json|ya?ml|env|txt|log|sh|http|bru|md)$|(?:^|\/)[^.]+$/iu
const headings = {
  works: 'Work as they are',
  differs: 'Work, and differ',
  cannot: 'Cannot be done',
  unknown: 'Not of Z-API',
} as const
const shownPlaces = 5

interface Row {
  readonly verdict: keyof typeof headings
  readonly call: string
  readonly advice?: string
  /** File and line. */
  readonly places: string[]
}

/** Reads only. Throws `CommandError` where nothing is found, and, after printing, where a call does not work. */
export async function checkMigration(
  paths: readonly string[],
  { json = false }: { readonly json?: boolean },
  print: Print,
): Promise<void> {
  // Loaded here: other commands need no call.
  const { findCalls } = await import('../zapi/migration/find-calls.js')
  const { judge } = await import('../zapi/migration/verdicts.js')
  const rows = new Map<string, Row>()
  for (const file of await filesIn(paths))
    for (const { method, path, line } of findCalls(await readText(file))) {
      const judged = judge(method, path)
      const row = rows.get(judged.call) ?? { ...judged, places: [] }
      row.places.push(`${file}:${line}`)
      rows.set(judged.call, row)
    }
  if (rows.size === 0)
    throw new CommandError(
      'No call to Z-API was found. Name a source folder, a list of routes or an access log.',
    )
  const found = [...rows.values()].toSorted((a, b) => a.call.localeCompare(b.call))
  if (json) print(JSON.stringify(found))
  else for (const line of report(found)) print(line)
  const failing = found.filter(({ verdict }) => verdict === 'cannot' || verdict === 'unknown')
  if (failing.length > 0)
    throw new CommandError(`${failing.length} of ${found.length} calls need a change.`)
}

function report(rows: readonly Row[]): readonly string[] {
  return Object.entries(headings).flatMap(([verdict, heading]) => {
    const own = rows.filter((row) => row.verdict === verdict)
    if (own.length === 0) return []
    return ['', `${heading}: ${own.length}`, ...own.flatMap(linesOf)]
  })
}

function linesOf({ call, advice, places }: Row): readonly string[] {
  const more = places.length - shownPlaces
  const shown = places.slice(0, shownPlaces).join(', ')
  return [
    `  ${call}`,
    ...(advice === undefined ? [] : [`      ${advice}`]),
    `      ${shown}${more > 0 ? ` and ${more} more` : ''}`,
  ]
}

async function filesIn(paths: readonly string[]): Promise<readonly string[]> {
  const found: string[] = []
  for (const path of paths) {
    const kind = await stat(path).catch(() => undefined)
    if (kind === undefined) throw new CommandError(`${path} cannot be read.`)
    if (!kind.isDirectory()) found.push(path)
    else
      for (const entry of await readdir(path, { withFileTypes: true })) {
        if (entry.isDirectory() && !skipped.has(entry.name))
          found.push(...(await filesIn([join(path, entry.name)])))
        else if (entry.isFile() && text.test(entry.name)) found.push(join(path, entry.name))
      }
  }
  return found
}

async function readText(file: string): Promise<string> {
  await using handle = await open(file)
  const { size } = await handle.stat()
  const buffer = Buffer.alloc(Math.min(size, largestBytes))
  await handle.read(buffer, 0, buffer.length, 0)
  return buffer.toString('utf8')
}
