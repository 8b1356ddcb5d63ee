/**
 * Looks at the master key and the database, or, where a running gateway has
 * locked it, asks that one.
 */

import { createVault } from '../db/encryption.js'
import { type Inspection, inspectDatabase } from '../db/inspect-database.js'
import { findMasterKey, type MasterKey, openMasterKeyCheck } from '../db/master-key.js'
import { refusalOfNewData } from '../db/lost-data.js'
import { MasterKeyError, StoreFileError } from '../domain/errors.js'
import { innermostCode } from '../runtime/network-failure.js'
import type { Finding } from './finding.js'
import { operatorTokenOf } from './operator-token.js'

export interface StorePlace {
  readonly dataDir: string
  /** PostgreSQL; SQLite in `dataDir` without it. */
  readonly databaseUrl?: string | undefined
  readonly configuredMasterKey?: string | undefined
  /** Where the gateway listens, should it run; throws where that cannot be known. */
  readonly gatewayUrl: () => string
}

/** What a running gateway says of itself. */
export interface Report {
  readonly version: string
  readonly figures: {
    readonly sessions: Readonly<Record<string, number>>
    readonly deadCallbacks: number
    readonly oldestWaitingMs: number
  }
  readonly callbackUrls: readonly string[]
  readonly disconnections: readonly {
    readonly instanceId: string
    readonly remedy: 'wait' | 'pair' | 'reconnect'
    /** Milliseconds since 1970. */
    readonly since: number
    readonly cause: string
    readonly cure: string
  }[]
  /** The instances that take calls without Client-Token; `all`: every one of them. */
  readonly clientTokenOptional: readonly string[] | 'all'
  readonly disabledCallbacks: readonly { readonly instanceId: string; readonly url: string }[]
  readonly nodes: readonly {
    readonly url: string
    readonly version: string
    readonly instances: number
    readonly heartbeatAgoMs: number
    readonly isReachable: boolean
    readonly clockAheadMs?: number
  }[]
}

export interface StoreResult {
  readonly findings: readonly Finding[]
  /** `undefined` if it is not known. */
  readonly callbackUrls: readonly string[] | undefined
  /** The instances that take calls without Client-Token, as far as they are known. */
  readonly clientTokenOptional?: readonly string[] | undefined
  readonly report: Report | undefined
}

const askTimeoutMs = 5_000

export async function checkStore(place: StorePlace): Promise<StoreResult> {
  const key = await lookForKey(place)
  const inspection = await inspect(place)
  if ('verdict' in inspection)
    return { findings: [key.finding, inspection], callbackUrls: undefined, report: undefined }
  if (inspection.kind === 'in-use')
    return askGateway(place, { ...key, finding: judgeKey(key, inspection.masterKeyCheck) })
  if (inspection.kind === 'absent') {
    const database = await judgeAbsence(place, key.key)
    return { findings: [key.finding, database], callbackUrls: [], report: undefined }
  }
  const findings = [judgeKey(key, inspection.masterKeyCheck), judgeContent(inspection)]
  const { callbackUrls, clientTokenOptional } = inspection
  return { findings, callbackUrls, clientTokenOptional, report: undefined }
}

interface KeyFound {
  readonly key: MasterKey | undefined
  /** As far as it can be judged without the database. */
  readonly finding: Finding
}

async function lookForKey({ configuredMasterKey: configured, dataDir }: StorePlace) {
  const name = 'master key'
  try {
    const key = await findMasterKey({ configured, dataDir })
    if (key !== undefined) return { key, finding: ok(name, `it is ${sourceOf(key)}`) }
    return { key, finding: ok(name, 'there is none yet; the first start makes it') }
  } catch (cause) {
    if (!(cause instanceof Error && 'code' in cause)) throw cause
    const cure = 'As it says. Recado never replaces a key by itself.'
    return {
      key: undefined,
      finding:
        cause instanceof StoreFileError
          ? { name, verdict: 'fail' as const, text: cause.problem, cure: cause.cure }
          : { name, verdict: 'fail' as const, text: cause.message, cure },
    }
  }
}

function sourceOf({ path }: MasterKey): string {
  return path === undefined ? 'configured' : `in ${path}`
}

/** Whether the key opens what the database holds. */
function judgeKey({ key, finding }: KeyFound, check: Uint8Array | undefined): Finding {
  if (check === undefined || finding.verdict === 'fail') return finding
  const cure = 'Put back the master.key or RECADO_MASTER_KEY that this data was written with.'
  const wrong = (text: string): Finding => ({ name: 'master key', verdict: 'fail', text, cure })
  if (key === undefined) return wrong('there is none, but the database was written with one')
  try {
    openMasterKeyCheck(createVault(key.key), check)
    return ok('master key', `it is ${sourceOf(key)} and opens the database`)
  } catch (cause) {
    if (cause instanceof MasterKeyError) return wrong('the database was written with another one')
    throw cause
  }
}

/** Whether the next start would make a new database, or refuse to. */
async function judgeAbsence(
  { dataDir, databaseUrl }: StorePlace,
  key: MasterKey | undefined,
): Promise<Finding> {
  const location = databaseUrl === undefined ? { dataDir } : { url: databaseUrl }
  const none = ok('database', 'there is none yet; the first start makes it')
  try {
    const refusal = await refusalOfNewData(key, location, dataDir)
    return refusal === undefined ? none : refused(refusal)
  } catch (cause) {
    if (cause instanceof StoreFileError) return refused(cause)
    throw cause
  }
}

function refused({ problem: text, cure }: StoreFileError): Finding {
  return { name: 'database', verdict: 'fail', text, cure }
}

async function inspect({ dataDir, databaseUrl }: StorePlace): Promise<Inspection | Finding> {
  try {
    return await inspectDatabase(databaseUrl === undefined ? { dataDir } : { url: databaseUrl })
  } catch (cause) {
    if (cause instanceof StoreFileError) return refused(cause)
    return {
      name: 'database',
      verdict: 'fail',
      text: `it cannot be opened (${innermostCode(cause)})`,
      cure: cureOfOpening(innermostCode(cause), databaseUrl !== undefined),
    }
  }
}

function cureOfOpening(code: string, isPostgres: boolean): string {
  if (isPostgres)
    return 'Check that PostgreSQL runs and that RECADO_DATABASE_URL names its host, user and password.'
  return 'Check the owner of recado.sqlite and the disk. Damaged? Restore a backup.'
}

function judgeContent({ instances, damage }: Inspection & { kind: 'present' }): Finding {
  if (damage === undefined)
    return ok('database', `it answers, holds ${instances} instances, and no gateway runs on it`)
  return {
    name: 'database',
    verdict: 'fail',
    text: `the file is damaged: ${damage}`,
    cure: 'Restore a backup with recado restore, and look at the disk.',
  }
}

async function askGateway(
  { gatewayUrl }: StorePlace,
  { key, finding }: KeyFound,
): Promise<StoreResult> {
  const nothing = { callbackUrls: undefined, report: undefined }
  let url: string | undefined
  try {
    url = gatewayUrl()
    const ready = await get(`${url}/health/ready`)
    if (!ready.ok) return { ...nothing, findings: [finding, notReady(url, ready.status)] }
    if (key === undefined) return { ...nothing, findings: [finding, runs(url)] }
    const token = operatorTokenOf(createVault(key.key))
    const answer = await get(`${url}/operator/report`, { authorization: `Bearer ${token}` })
    if (answer.status === 401) return { ...nothing, findings: [anotherKey(url), runs(url)] }
    if (!answer.ok) return { ...nothing, findings: [finding, notReady(url, answer.status)] }
    // The answer of our own gateway, which proved itself by taking the token.
    const report: Report = JSON.parse(await answer.text())
    const right = ok('master key', `it is ${sourceOf(key)}, and the running gateway has the same`)
    return { findings: [right, runs(url)], callbackUrls: report.callbackUrls, report }
  } catch (cause) {
    return { ...nothing, findings: [finding, silent(url, cause)] }
  }
}

function get(url: string, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(url, { headers, signal: AbortSignal.timeout(askTimeoutMs) })
}

function runs(url: string): Finding {
  return ok('database', `the gateway at ${url} runs on it and is ready`)
}

function notReady(url: string, status: number): Finding {
  return {
    name: 'database',
    verdict: 'fail',
    text: `the gateway at ${url} runs on it but is not ready (${status})`,
    cure: 'Look for worker-failed in its log: the database does not answer it.',
  }
}

function anotherKey(url: string): Finding {
  return {
    name: 'master key',
    verdict: 'fail',
    text: `it is not the one that the gateway at ${url} was started with`,
    cure: 'Run the doctor with the settings of that gateway, or name another address with --url.',
  }
}

function silent(url: string | undefined, cause: unknown): Finding {
  const where = url === undefined ? '' : ` at ${url}`
  return {
    name: 'database',
    verdict: 'fail',
    text: `a process has it, but no gateway answers${where} (${innermostCode(cause)})`,
    cure: 'Name the address of the gateway with --url. If it hangs, restart it: nothing is lost.',
  }
}

function ok(name: string, text: string): Finding {
  return { name, verdict: 'ok', text }
}
