/**
 * The log: one JSON line an outcome, with allow-listed fields only.
 *
 * A field that is not named here does not reach a line, whatever object is
 * passed. Redaction by path is no safety net: it misses what it was not told
 * about. `error` means a bug; what a user or WhatsApp did is `info` or `warn`.
 */

import { type DestinationStream, type LevelWithSilent, pino } from 'pino'

export type LogLevel = LevelWithSilent

export interface LogFields {
  readonly instanceId?: string | undefined
  readonly messageId?: string | undefined
  readonly deliveryId?: string | undefined
  readonly requestId?: string | undefined
  /** The pattern of the route, never the URL: a token stands in it. */
  readonly route?: string | undefined
  readonly method?: string | undefined
  readonly statusCode?: number | undefined
  readonly state?: string | undefined
  readonly reason?: string | undefined
  readonly refusalCode?: number | undefined
  readonly attempts?: number | undefined
  readonly count?: number | undefined
  readonly durationMs?: number | undefined
  readonly retryInMs?: number | undefined
  readonly address?: string | undefined
  readonly version?: string | undefined
  /** Reduced to its class, code and stack. The message of an error of ours never holds user input. */
  readonly cause?: unknown
}

export interface Log {
  debug(event: string, fields?: LogFields): void
  info(event: string, fields?: LogFields): void
  warn(event: string, fields?: LogFields): void
  error(event: string, fields?: LogFields): void
}

const allowed: ReadonlyArray<keyof LogFields> = [
  'instanceId',
  'messageId',
  'deliveryId',
  'requestId',
  'route',
  'method',
  'statusCode',
  'state',
  'reason',
  'refusalCode',
  'attempts',
  'count',
  'durationMs',
  'retryInMs',
  'address',
  'version',
]

/** `destination` is standard error in production: standard output belongs to the command line's results. */
export function createLog(level: LogLevel, destination: DestinationStream): Log {
  const out = pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, destination)
  const write =
    (at: 'debug' | 'info' | 'warn' | 'error') =>
    (event: string, fields: LogFields = {}): void => {
      if (out.isLevelEnabled(at)) out[at]({ event, ...pick(fields) })
    }
  return { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') }
}

export const silentLog: Log = { debug() {}, info() {}, warn() {}, error() {} }

function pick(fields: LogFields): Record<string, unknown> {
  const line: Record<string, unknown> = {}
  for (const name of allowed) if (fields[name] !== undefined) line[name] = fields[name]
  if (fields.cause !== undefined) line['cause'] = describe(fields.cause)
  return line
}

/** libsignal names a function after the person whose session it works on, and frames show names. */
const longNumbers = /\d{7,}/gu

/** What of an error is safe to write down: a foreign error's message may quote its input, so only its frames are kept. */
function describe(cause: unknown): unknown {
  if (!(cause instanceof Error)) return { name: typeof cause }
  const frames = cause.stack?.split('\n').filter((line) => line.trimStart().startsWith('at '))
  return {
    name: cause.name,
    ...('code' in cause && typeof cause.code === 'string' ? { code: cause.code } : {}),
    stack: frames?.slice(0, 8).map((frame) => frame.trim().replaceAll(longNumbers, '…')),
    ...(cause.cause === undefined ? {} : { cause: describe(cause.cause) }),
  }
}
