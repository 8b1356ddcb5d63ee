/**
 * The raw environment, checked once and frozen.
 *
 * Every problem is collected before the start stops, each named by its
 * variable and none with its value: a value may be a secret. The environment
 * and the reader of `*_FILE` are parameters; only `main.ts` knows the process.
 */

import type { MediaLimits } from './media/media-limits.js'
import { AjvCompiler } from '@fastify/ajv-compiler'
import ipaddr from 'ipaddr.js'
import { ConfigError } from './domain/errors.js'
import { unreadableNetworks } from './runtime/caller-rule.js'
import { isLoopbackHost } from './runtime/loopback.js'
import { Secret } from './runtime/secret.js'
import type { LogLevel } from './runtime/telemetry.js'
import {
  type SettingName,
  type Settings,
  defaultSettings,
  isSettingName,
  schemasOf,
  settingNames,
} from './settings.js'
import { problemsOfWhatsappUrl } from './whatsapp-address.js'

export interface Config {
  readonly host: string
  /** 0 means any free port. */
  readonly port: number
  readonly dataDir: string
  /** PostgreSQL; SQLite in `dataDir` when it is absent. Holds a password. */
  readonly databaseUrl?: Secret | undefined
  /** Whether other gateways may share the PostgreSQL database, and how. */
  readonly nodes?: NodesConfig | undefined
  /** As given; `db/master-key.ts` knows its form. */
  readonly masterKey?: Secret | undefined
  readonly clientToken?: Secret | undefined
  /** Whether calls need it, unless their instance takes them without. */
  readonly clientTokenRequired: boolean
  readonly partnerToken?: Secret | undefined
  readonly metricsToken?: Secret | undefined
  /** Of the command `recado mcp`, which is a client. */
  readonly mcpToken?: Secret | undefined
  readonly backupPassphrase?: Secret | undefined
  readonly whatsapp: WhatsappConfig
  /** CIDRs that users' URLs may reach besides the public internet. */
  readonly allowedNetworks: readonly string[]
  readonly allowHttpCallbacks: boolean
  /** Who may call, as CIDRs and addresses; empty when it is not configured. */
  readonly allowedCallers: readonly string[]
  /** Whose `X-Forwarded-For` is believed. */
  readonly trustedProxies: readonly string[]
  /** 0 is no limit. */
  readonly requestLimits: { readonly requestsPerMinute: number; readonly refusalsPerMinute: number }
  readonly maxConnections: number
  readonly maxConnectionsPerAddress: number
  /** Of all large request bodies at once, in bytes. */
  readonly maxBodyBytesInMemory: number
  /** Of the waiting messages of one instance. */
  readonly maxWaitingBytes: number
  /** How long messages are kept for what refers to them; 0 keeps none. */
  readonly keepMessagesMs: number
  readonly keepMediaLinksMs: number
  /** How long chats, contacts and groups are kept after they last changed: 0 keeps none, unset for as long as the instance. */
  readonly keepDirectoryMs?: number | undefined
  /** What stays free on SQLite's disk; 0 is no limit. */
  readonly minFreeDiskBytes: number
  readonly pacing: { readonly minGapMs: number; readonly maxGapMs: number }
  /** Per phone and instance; 0 is no limit. */
  readonly codeLimits: { readonly per10Minutes: number; readonly perDay: number }
  /** If a code is not sent within this time, its caller gets an UndeliverableCallback. 0: never. */
  readonly undeliverableAfterMs: number
  readonly codeLifeMs: number
  /** Whether `/docs` is there. */
  readonly apiDocs: boolean
  /** How large files may be, in bytes. */
  readonly mediaLimits: MediaLimits
  /** Where programs are: the variable PATH. */
  readonly programs: string
  /** Without a slash at the end. */
  readonly publicUrl?: string | undefined
  readonly logLevel: LogLevel
}

export interface NodesConfig {
  /** Where other nodes reach this one. If unset, the address on which it listens. */
  readonly url?: string | undefined
  readonly leaseMs: number
}

interface WhatsappConfig {
  /** A simulator on loopback. WhatsApp's own address when it is absent. */
  readonly url?: string | undefined
  /** The 32 bytes that the simulator's certificates are signed with. */
  readonly rootKey?: Uint8Array | undefined
  readonly buttonShape: 'full' | 'minimal'
  /** By the name of the operation. */
  readonly mexIds: ReadonlyMap<string, string>
  /** Whether a new device asks the phone for all of its history. */
  readonly wantsAllHistory: boolean
}

export type Environment = Readonly<Record<string, string | undefined>>

/** Reads a small text file; throws when it cannot be read. */
export type FileReader = (path: string) => string

const secretNames = [
  'RECADO_MASTER_KEY',
  'RECADO_CLIENT_TOKEN',
  'RECADO_PARTNER_TOKEN',
  'RECADO_METRICS_TOKEN',
  'RECADO_MCP_TOKEN',
  'RECADO_BACKUP_PASSPHRASE',
] as const

/**
 * Throws `ConfigError` that lists everything wrong, one problem a line. A
 * variable set to the empty text counts as not set.
 */
export function readConfig(environment: Environment, readFile: FileReader): Config {
  const given: Record<string, string> = {}
  for (const [name, value] of Object.entries(environment))
    if (name.startsWith('RECADO_') && value) given[name] = value

  const problems = [...unknownNames(given), ...mergeFiles(given, readFile)]
  const settings = check(given, problems)
  if (settings === undefined) throw configError(problems)

  const rootKey = parseRootKey(settings.RECADO_WHATSAPP_ROOT_KEY, problems)
  const allowedNetworks = parseNetworks(settings.RECADO_ALLOWED_NETWORKS, problems)
  const allowedCallers = parseAddresses('RECADO_ALLOWED_CALLERS', settings, problems)
  const trustedProxies = parseAddresses('RECADO_TRUSTED_PROXIES', settings, problems)
  const publicUrl = parsePublicUrl(settings.RECADO_PUBLIC_URL, problems)
  problems.push(
    ...problemsOfWhatsappUrl(settings.RECADO_WHATSAPP_URL, rootKey !== undefined),
    ...problemsOfPacing(settings),
    ...problemsOfNodes(settings),
  )
  if (problems.length > 0) throw configError(problems)

  return freeze({
    host: settings.RECADO_HOST,
    port: settings.RECADO_PORT,
    dataDir: settings.RECADO_DATA_DIR,
    databaseUrl: secret(settings.RECADO_DATABASE_URL),
    nodes: nodesIn(settings),
    masterKey: secret(settings.RECADO_MASTER_KEY),
    clientToken: secret(settings.RECADO_CLIENT_TOKEN),
    clientTokenRequired: settings.RECADO_CLIENT_TOKEN_REQUIRED,
    partnerToken: secret(settings.RECADO_PARTNER_TOKEN),
    metricsToken: secret(settings.RECADO_METRICS_TOKEN),
    mcpToken: secret(settings.RECADO_MCP_TOKEN),
    backupPassphrase: secret(settings.RECADO_BACKUP_PASSPHRASE),
    whatsapp: {
      // To name WhatsApp's own address is the same as to leave it out.
      url: isLoopbackHost(settings.RECADO_WHATSAPP_URL) ? settings.RECADO_WHATSAPP_URL : undefined,
      rootKey,
      buttonShape: settings.RECADO_BUTTON_SHAPE,
      mexIds: mexIdsIn(settings.RECADO_MEX_IDS),
      wantsAllHistory: settings.RECADO_HISTORY === 'full',
    },
    allowedNetworks,
    allowHttpCallbacks: settings.RECADO_ALLOW_HTTP_CALLBACKS,
    allowedCallers,
    trustedProxies,
    requestLimits: {
      requestsPerMinute: settings.RECADO_REQUESTS_PER_MINUTE,
      refusalsPerMinute: settings.RECADO_REFUSALS_PER_MINUTE,
    },
    maxConnections: settings.RECADO_MAX_CONNECTIONS,
    maxConnectionsPerAddress: settings.RECADO_MAX_CONNECTIONS_PER_ADDRESS,
    maxBodyBytesInMemory: settings.RECADO_BODY_MEMORY_MB * 1_048_576,
    maxWaitingBytes: settings.RECADO_WAITING_MB_PER_INSTANCE * 1_048_576,
    keepMessagesMs: settings.RECADO_KEEP_MESSAGES_DAYS * 86_400_000,
    keepMediaLinksMs: settings.RECADO_KEEP_MEDIA_LINKS_DAYS * 86_400_000,
    keepDirectoryMs: daysOf(settings.RECADO_KEEP_DIRECTORY_DAYS),
    minFreeDiskBytes: settings.RECADO_MIN_FREE_DISK_MB * 1_048_576,
    pacing: {
      minGapMs: settings.RECADO_PACING_MIN_MS,
      maxGapMs: settings.RECADO_PACING_MAX_MS,
    },
    codeLimits: {
      per10Minutes: settings.RECADO_CODES_PER_10_MINUTES,
      perDay: settings.RECADO_CODES_PER_DAY,
    },
    codeLifeMs: settings.RECADO_CODE_LIFE_SECONDS * 1_000,
    undeliverableAfterMs: settings.RECADO_UNDELIVERABLE_AFTER_SECONDS * 1_000,
    apiDocs: settings.RECADO_API_DOCS,
    programs: environment['PATH'] ?? '',
    mediaLimits: {
      image: settings.RECADO_IMAGE_MB * 1_000_000,
      audio: settings.RECADO_AUDIO_MB * 1_000_000,
      video: settings.RECADO_VIDEO_MB * 1_000_000,
      document: settings.RECADO_DOCUMENT_MB * 1_000_000,
    },
    publicUrl,
    logLevel: settings.RECADO_LOG_LEVEL,
  })
}

/** The settings table has checked the form. */
function mexIdsIn(given: string | undefined): ReadonlyMap<string, string> {
  const pairs = given?.split(',') ?? []
  return new Map(
    pairs.map((pair) => {
      const [name = '', id = ''] = pair.split('=')
      return [name, id]
    }),
  )
}

function daysOf(days: number | undefined): number | undefined {
  return days === undefined ? undefined : days * 86_400_000
}

function configError(problems: readonly string[]): ConfigError {
  return new ConfigError(`The configuration is not usable:\n- ${problems.join('\n- ')}`)
}

function unknownNames(given: Record<string, string>): string[] {
  return Object.keys(given)
    .filter((name) => !isSettingName(name))
    .map((name) => `${name} is not known. Did you mean ${nearestName(name)}?`)
}

function nearestName(name: string): SettingName {
  const [nearest = 'RECADO_HOST'] = settingNames.toSorted(
    (one, other) => editDistance(name, one) - editDistance(name, other),
  )
  return nearest
}

/** How many letters to insert, delete or replace to make one word of the other. */
function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index)
  for (const [i, letter] of from.split('').entries()) {
    const next = [i + 1]
    for (const [j, other] of to.split('').entries()) {
      const replaced = (row[j] ?? 0) + (letter === other ? 0 : 1)
      next.push(Math.min(replaced, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1))
    }
    row = next
  }
  return row[to.length] ?? 0
}

/** Puts the content of `X_FILE` where `X` would stand. */
function mergeFiles(given: Record<string, string>, readFile: FileReader): string[] {
  const problems: string[] = []
  for (const name of secretNames) {
    const path = given[`${name}_FILE`]
    if (path === undefined) continue
    const content = readSecretFile(path, readFile)
    if (content === undefined) problems.push(`${name}_FILE names a file that cannot be read.`)
    else if (content === '') problems.push(`${name}_FILE names an empty file.`)
    else if (given[name] !== undefined && given[name] !== content)
      problems.push(`${name} and ${name}_FILE are both set and differ. Set one of them.`)
    else given[name] = content
  }
  return problems
}

function readSecretFile(path: string, readFile: FileReader): string | undefined {
  try {
    return readFile(path).replace(/\r?\n$/u, '')
  } catch {
    return undefined
  }
}

interface SchemaProblem {
  readonly instancePath: string
  readonly keyword: string
  readonly message?: string
  readonly params: { readonly allowedValues?: readonly string[]; readonly pattern?: string }
}

const settingsOptions = {
  allErrors: true,
  coerceTypes: true,
  // The table is our own. The check of it took a tenth of the start.
  meta: false,
  validateSchema: false,
} as const

/** Fills in the defaults and makes numbers and booleans of texts. Undefined where a value is not right. */
function check(given: Record<string, string>, problems: string[]): Settings | undefined {
  const compile = AjvCompiler()({}, { customOptions: settingsOptions })
  // Of the given ones alone: to compile the checks of the whole table took 70 ms of a start.
  const validate = compile({ schema: { type: 'object', properties: schemasOf(given) } })
  const filled: unknown = { ...defaultSettings, ...given }
  const isSettings = (value: unknown): value is Settings => validate(value) === true
  if (isSettings(filled)) return filled
  problems.push(...(validate.errors ?? []).map(explain))
  return undefined
}

function explain({ instancePath, keyword, message, params }: SchemaProblem): string {
  const name = instancePath.slice(1)
  if (keyword === 'enum') return `${name} must be one of ${params.allowedValues?.join(', ')}.`
  if (keyword !== 'pattern') return `${name} ${message}.`
  if (secretNames.some((secretName) => secretName === name))
    return `${name} must be printable ASCII without spaces.`
  return `${name} must match ${params.pattern}.`
}

function parseRootKey(text: string | undefined, problems: string[]): Uint8Array | undefined {
  if (text === undefined) return undefined
  // `Buffer.from` skips what is not base64, so the alphabet is checked first.
  const bytes = /^[A-Za-z0-9+/]{43}=?$/u.test(text) ? Buffer.from(text, 'base64') : undefined
  if (bytes?.length === 32) return bytes
  problems.push('RECADO_WHATSAPP_ROOT_KEY must be the base64 of exactly 32 bytes.')
  return undefined
}

function parseNetworks(list: string | undefined, problems: string[]): readonly string[] {
  const networks = entriesOf(list)
  for (const network of networks)
    if (!ipaddr.isValidCIDR(network))
      problems.push(
        `RECADO_ALLOWED_NETWORKS: ${network} is not a network such as 10.0.0.0/8 or fd00::/8.`,
      )
  return networks
}

/** CIDRs, and single addresses besides. */
function parseAddresses(
  name: 'RECADO_ALLOWED_CALLERS' | 'RECADO_TRUSTED_PROXIES',
  settings: Settings,
  problems: string[],
): readonly string[] {
  const entries = entriesOf(settings[name])
  for (const entry of unreadableNetworks(entries))
    problems.push(`${name}: ${entry} is neither a network such as 10.0.0.0/8 nor an address.`)
  return entries
}

function entriesOf(list: string | undefined): readonly string[] {
  return (list ?? '')
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '')
}

function parsePublicUrl(text: string | undefined, problems: string[]): string | undefined {
  if (text === undefined) return undefined
  if (!URL.canParse(text)) problems.push('RECADO_PUBLIC_URL is not a URL.')
  return text.replace(/\/+$/u, '')
}

/** With PostgreSQL every gateway is a node, unless the operator says otherwise. */
function nodesIn({
  RECADO_NODES,
  RECADO_DATABASE_URL,
  RECADO_NODE_URL,
  RECADO_NODE_LEASE_SECONDS,
}: Settings): NodesConfig | undefined {
  if (RECADO_DATABASE_URL === undefined || RECADO_NODES === false) return undefined
  return { url: RECADO_NODE_URL, leaseMs: RECADO_NODE_LEASE_SECONDS * 1_000 }
}

function problemsOfNodes({ RECADO_NODES, RECADO_DATABASE_URL }: Settings): readonly string[] {
  if (RECADO_NODES !== true || RECADO_DATABASE_URL !== undefined) return []
  return ['RECADO_NODES needs RECADO_DATABASE_URL: SQLite is for one gateway']
}

function problemsOfPacing(settings: Settings): string[] {
  const { RECADO_PACING_MIN_MS: min, RECADO_PACING_MAX_MS: max } = settings
  if (min <= max) return []
  return [`RECADO_PACING_MIN_MS (${min}) is more than RECADO_PACING_MAX_MS (${max}).`]
}

function secret(text: string | undefined): Secret | undefined {
  return text === undefined ? undefined : new Secret(text)
}

function freeze(config: Config): Config {
  Object.freeze(config.whatsapp)
  Object.freeze(config.allowedNetworks)
  Object.freeze(config.allowedCallers)
  Object.freeze(config.trustedProxies)
  Object.freeze(config.requestLimits)
  Object.freeze(config.pacing)
  Object.freeze(config.codeLimits)
  return Object.freeze(config)
}
