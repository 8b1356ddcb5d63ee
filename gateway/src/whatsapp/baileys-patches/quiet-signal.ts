/**
 * Keeps libsignal off the console.
 *
 * On every new session it prints the old one with `console.info`, private keys
 * included. It takes the global console, so that is where it has to be
 * stopped: calls that come from libsignal's files go nowhere, and so does a
 * session object in any output. Other output passes untouched.
 */

const methods = ['log', 'info', 'warn', 'error', 'debug'] as const
const libsignalFile = /[\\/]libsignal[\\/]src[\\/]/
const quieted = new WeakSet<Console>()

/** Takes effect at once and for the rest of the process; doing it again changes nothing. */
export function keepSignalQuiet(target: Console = globalThis.console): void {
  if (quieted.has(target)) return
  quieted.add(target)
  for (const method of methods) {
    const print = target[method].bind(target)
    target[method] = function quiet(...values: unknown[]): void {
      if (callerOf(quiet).search(libsignalFile) >= 0 || values.some(isSession)) return
      print(...values)
    }
  }
}

/** The file and line from which `called` was called. */
function callerOf(called: (...values: unknown[]) => void): string {
  const limit = Error.stackTraceLimit
  Error.stackTraceLimit = 1
  const holder: { stack?: unknown } = {}
  Error.captureStackTrace(holder, called)
  Error.stackTraceLimit = limit
  return String(holder.stack)
}

/** By name: libsignal does not export the class of a single session. */
function isSession(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  return value.constructor?.name === 'SessionEntry' || value.constructor?.name === 'SessionRecord'
}
