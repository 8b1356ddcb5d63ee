/**
 * What proves to a running gateway that its operator asks.
 *
 * A backup holds everything, so no token that callers have may open it: not
 * even the partner's. This one is derived from the master key, which is to say
 * that whoever has it could read the data directory anyway.
 */

import type { Vault } from '../db/encryption.js'

/** 64 hex digits, always the same for the same master key. */
export function operatorTokenOf(vault: Vault): string {
  return Buffer.from(vault.deriveSecret('operator-token')).toString('hex')
}
