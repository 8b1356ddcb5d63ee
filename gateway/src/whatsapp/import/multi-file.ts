/**
 * Baileys' multi-file store, as bots, Evolution API and WAHA's NOWEB engine write it: `creds.json` and one file a key,
 * `<type>-<id>.json`, with `/` written `__` and `:` written `-` (`useMultiFileAuthState` of Baileys 6 and 7). The
 * content is JSON with Baileys' `BufferJSON`.
 */

import { BufferJSON } from 'baileys'
import { ImportRefusedError } from '../../domain/errors.js'
import type { ImportFile } from '../../domain/session-import.js'
import { breathe, type Donor, type DonorKey, type Dropped, isRecord } from './donor.js'

/** A longer type before the one that it begins with. */
const types = [
  'sender-key-memory',
  'app-state-sync-version',
  'app-state-sync-key',
  'sender-key',
  'identity-key',
  'device-list',
  'lid-mapping',
  'pre-key',
  'session',
  'tctoken',
] as const

const keysAtOnce = 200

export async function readMultiFile(files: readonly ImportFile[]): Promise<Donor> {
  const credsFile = files.find(({ name }) => name === 'creds.json')
  const creds = credsFile && parse(textOf(credsFile))
  if (!isRecord(creds)) throw new ImportRefusedError({ kind: 'no-creds-json' })
  const { keys, dropped } = await keysOfFiles(files.filter((file) => file !== credsFile))
  return { source: 'baileys', creds, keys, dropped }
}

export async function keysOfFiles(
  files: readonly ImportFile[],
): Promise<Pick<Donor, 'keys' | 'dropped'>> {
  const entries = files.flatMap((file) => {
    const named = file.name.endsWith('.json') ? keyNamed(file.name.slice(0, -5)) : undefined
    if (named === undefined) return []
    const id = idOf(named.type, named.id)
    return [{ ...named, id, text: file.bytes && textOf(file) }]
  })
  const others = files.length - entries.length
  const { keys, dropped } = await readKeys(entries)
  return { keys, dropped: [...dropped, ...some('other-files', others, 'not-known')] }
}

export interface KeyText {
  readonly type: string
  readonly id: string
  readonly text: string | undefined
}

/** What is not JSON is counted as unreadable: a donor that was killed may leave half a file. */
export async function readKeys(
  entries: readonly KeyText[],
): Promise<{ readonly keys: readonly DonorKey[]; readonly dropped: readonly Dropped[] }> {
  const keys: DonorKey[] = []
  let unreadable = 0
  for (const [index, { type, id, text }] of entries.entries()) {
    if (index % keysAtOnce === keysAtOnce - 1) await breathe()
    const value = text === undefined ? undefined : parse(text)
    if (text !== undefined && (value === undefined || value === null)) unreadable += 1
    else keys.push({ type, id, value })
  }
  return { keys, dropped: some('unreadable-keys', unreadable, 'unreadable') }
}

/** The type and id of `<type>-<id>`; undefined for another name. */
export function keyNamed(name: string): { readonly type: string; readonly id: string } | undefined {
  const type = types.find((each) => name.startsWith(`${each}-`))
  return type === undefined ? undefined : { type, id: name.slice(type.length + 1) }
}

/** The id as it was before it became a part of a file's name. Those of the other types hold neither `/` nor `:`. */
function idOf(type: string, name: string): string {
  // Base64, which holds no `_`.
  if (type === 'app-state-sync-key') return name.replaceAll('__', '/')
  if (type === 'sender-key')
    return name.replace(/^(.*)--(.*)--(.*)$/u, (_whole, group, sender, device) =>
      [group, sender, device].join('::'),
    )
  return name
}

export function some(kind: Dropped['kind'], count: number, reason: Dropped['reason']): Dropped[] {
  return count === 0 ? [] : [{ kind, count, reason }]
}

/** Undefined for what is not JSON. */
export function parse(text: string): unknown {
  try {
    return JSON.parse(text, BufferJSON.reviver)
  } catch {
    return undefined
  }
}

export function textOf({ bytes }: ImportFile): string {
  return Buffer.from(bytes ?? []).toString('utf8')
}
