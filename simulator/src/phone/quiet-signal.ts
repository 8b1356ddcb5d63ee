/**
 * Keeps libsignal's remarks off the simulator's console.
 *
 * It prints a session, private keys included, whenever it opens or closes one,
 * and the sandbox's standard output belongs to its results. What these remarks
 * begin with is known (libsignal 6.0.0, session_record.js, session_cipher.js,
 * session_builder.js); everything else passes.
 */

const remark =
  /^(Closing (open )?session|Opening session|Session (already|error)|Removing old closed session|Migrating session|Decrypted message with closed session|Failed to decrypt message with any)/

const quieted = new WeakSet<Console>()

/** Takes effect at once and stays; doing it again changes nothing. */
export function keepSignalQuiet(target: Console = globalThis.console): void {
  if (quieted.has(target)) return
  quieted.add(target)
  for (const method of ['info', 'warn', 'error'] as const) {
    const print = target[method].bind(target)
    target[method] = (...values: unknown[]): void => {
      const [first] = values
      if (typeof first === 'string' && remark.test(first)) return
      print(...values)
    }
  }
}
