/**
 * Reads a session that another gateway linked, and gives what Recado stores of it.
 *
 * | Source | Read by |
 * |---|---|
 * | a folder of Baileys, of WAHA's NOWEB engine | `multi-file.ts` |
 * | rows and keys of Evolution API | `evolution.ts` |
 * | a database of whatsmeow | `whatsmeow.ts` |
 *
 * Signal sessions and sender keys are left out unless it is wished otherwise, as a restored backup leaves them out
 * (`stale-keys.ts`): without them the first message to a device costs one more question, and with old ones it is lost.
 */

import { BufferJSON } from 'baileys'
import type {
  DroppedKind,
  ForeignTables,
  ImportedKind,
  ImportFile,
  ImportFindings,
  ImportWish,
} from '../../domain/session-import.js'
import type { KeyChange } from '../keys/auth-state.js'
import { completeCreds, deviceOf, publicOf } from './complete.js'
import { breathe, bytesOf, type Donor, type DonorKey, type Dropped, isRecord } from './donor.js'
import { readEvolution } from './evolution.js'
import { readMultiFile } from './multi-file.js'
import { readWhatsmeow } from './whatsmeow.js'

export interface LinkedSession {
  readonly findings: ImportFindings
  /** As `auth-state.ts` stores them. */
  readonly identity: Uint8Array
  readonly keys: readonly KeyChange[]
}

/** Reads the tables of a database; undefined for bytes of another kind. Throws `ImportRefusedError` for a broken one. */
export type ReadTables = <T>(bytes: Uint8Array, read: (tables: ForeignTables) => T) => T | undefined

const keysAtOnce = 200

/** Throws `ImportRefusedError` for what is not a whole session, and `ImportChoiceError` for several; nothing of the keys is in its message. */
export async function readLinkedSession(
  files: readonly ImportFile[],
  wish: ImportWish,
  tablesIn: ReadTables,
): Promise<LinkedSession> {
  return complete(await readDonor(files, wish, tablesIn), wish)
}

async function readDonor(
  files: readonly ImportFile[],
  wish: ImportWish,
  tablesIn: ReadTables,
): Promise<Donor> {
  for (const { bytes } of files) {
    const donor = bytes && tablesIn(bytes, (tables) => readWhatsmeow(tables, wish))
    if (donor !== undefined) return donor
  }
  const isFolder = files.some(({ name }) => name === 'creds.json')
  return isFolder ? readMultiFile(files) : readEvolution(files, wish)
}

async function complete(
  donor: Donor,
  { keepSessions = false }: ImportWish,
): Promise<LinkedSession> {
  const sorted = new Sorted(keepSessions)
  for (const [index, key] of donor.keys.entries()) {
    if (index % keysAtOnce === keysAtOnce - 1) await breathe()
    sorted.add(key)
  }
  const creds = completeCreds(donor.creds, sorted.highestPreKeyId)
  const { user, device } = deviceOf(creds.me.id) ?? { user: '', device: 0 }
  return {
    findings: {
      source: donor.source,
      phone: user,
      device,
      lid: creds.me.lid?.replace(/[:@].*$/u, ''),
      name: creds.me.name,
      platform: creds.platform,
      taken: sorted.taken,
      dropped: [...donor.dropped, ...sorted.dropped()],
    },
    identity: Buffer.from(JSON.stringify(creds, BufferJSON.replacer)),
    keys: sorted.kept,
  }
}

/** The number of a stored identity. */
export function phoneOfIdentity(identity: Uint8Array): string | undefined {
  const creds: unknown = JSON.parse(Buffer.from(identity).toString('utf8'))
  const me = isRecord(creds) && isRecord(creds['me']) ? creds['me'] : {}
  return typeof me['id'] === 'string' ? deviceOf(me['id'])?.user : undefined
}

const kinds: Readonly<Record<string, ImportedKind>> = {
  'pre-key': 'pre-keys',
  session: 'sessions',
  'sender-key': 'sender-keys',
  'app-state-sync-key': 'app-state-keys',
  'lid-mapping': 'lid-mappings',
  tctoken: 'privacy-tokens',
  'identity-key': 'identity-keys',
}

const left: Readonly<Record<string, Pick<Dropped, 'kind' | 'reason'>>> = {
  'sender-key-memory': { kind: 'sender-key-memories', reason: 'fetched-again' },
  'device-list': { kind: 'device-lists', reason: 'fetched-again' },
  'app-state-sync-version': { kind: 'app-state-versions', reason: 'fetched-again' },
}

const ratchets: readonly string[] = ['session', 'sender-key']

/** The keys of a donor, and what becomes of each. */
class Sorted {
  readonly kept: KeyChange[] = []
  readonly taken: Record<ImportedKind, number> = {
    'pre-keys': 0,
    sessions: 0,
    'sender-keys': 0,
    'app-state-keys': 0,
    'lid-mappings': 0,
    'privacy-tokens': 0,
    'identity-keys': 0,
  }
  highestPreKeyId = 0
  readonly #keepSessions: boolean
  readonly #dropped = new Map<string, Dropped>()

  constructor(keepSessions: boolean) {
    this.#keepSessions = keepSessions
  }

  add({ type, id, value }: DonorKey): void {
    if (type === 'pre-key') this.highestPreKeyId = Math.max(this.highestPreKeyId, Number(id) || 0)
    const kind = kinds[type]
    if (kind === undefined) return this.#drop(left[type] ?? unknown)
    if (ratchets.includes(type) && !this.#keepSessions)
      return this.#drop({
        kind: type === 'session' ? 'sessions' : 'sender-keys',
        reason: 'may-be-old',
      })
    if (!isKey(type, id, value)) return this.#drop(unreadable)
    this.kept.push({ type, id, value: Buffer.from(JSON.stringify(value, BufferJSON.replacer)) })
    // Each number and its LID are two entries, and the list of tokens is one.
    if (type === 'lid-mapping' ? !id.endsWith('_reverse') : id !== '__index') this.taken[kind] += 1
  }

  dropped(): readonly Dropped[] {
    return [...this.#dropped.values()]
  }

  #drop({
    kind,
    reason,
  }: {
    readonly kind: DroppedKind
    readonly reason: Dropped['reason']
  }): void {
    const name = `${kind} ${reason}`
    const count = (this.#dropped.get(name)?.count ?? 0) + 1
    this.#dropped.set(name, { kind, reason, count })
  }
}

const unknown = { kind: 'unknown-keys', reason: 'not-known' } as const
const unreadable = { kind: 'unreadable-keys', reason: 'unreadable' } as const

/** A longer one is none of Baileys'. */
const longestId = 200

/** Whether the value is of the form that Baileys reads under this type. */
function isKey(type: string, id: string, value: unknown): boolean {
  if (id === '' || id.length > longestId) return false
  if (type === 'pre-key') return isPreKey(id, value)
  if (type === 'lid-mapping') return typeof value === 'string' && /^[\d_:]{1,40}$/u.test(value)
  if (type === 'app-state-sync-key') return isRecord(value) && 'keyData' in value
  if (type === 'tctoken') return isRecord(value) && bytesOf(value['token']) !== undefined
  if (type === 'identity-key') return bytesOf(value) !== undefined
  return bytesOf(value) !== undefined || isRecord(value) || Array.isArray(value)
}

function isPreKey(id: string, value: unknown): boolean {
  if (!/^\d{1,8}$/u.test(id) || !isRecord(value)) return false
  const [secret, open] = [bytesOf(value['private']), bytesOf(value['public'])]
  return secret?.length === 32 && open?.length === 32 && publicOf(secret).equals(open)
}
