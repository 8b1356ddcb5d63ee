/** Which of Baileys' keys do harm when they are older than what was sent and heard since. */

import type { SignalDataTypeMap } from 'baileys'

/**
 * Types of stored keys that a restored backup must not bring back.
 *
 * A ratchet that stands behind the one on the wire uses counters again, and
 * the recipient's devices drop what is sent with it without a word. Without
 * them new ones are made at the next send, and a peer that still uses the old
 * one is asked to send again. An old list of devices leaves out the new ones.
 * Identity and pre-keys stay: they do not move, and what was encrypted to them
 * can be read.
 */
export const staleKeyTypes: readonly string[] = [
  'session',
  'sender-key',
  'sender-key-memory',
  'device-list',
] satisfies readonly (keyof SignalDataTypeMap)[]
