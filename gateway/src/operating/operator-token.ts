/**
 * What proves to a running gateway that its operator asks.
 *
 * A backup holds everything, so no token that callers have may open it: not
 * even the partner's. This one is derived from the master key, which is to say
 * that a person who has it could read the data directory anyway.
 */

import { createVault, type Vault } from '../db/encryption.js'
import { findMasterKey, type MasterKeySource } from '../db/master-key.js'
import { MasterKeyError } from '../domain/errors.js'

/** The same for a command on the data of the gateway. Throws `MasterKeyError` with the cure. */
export async function findOperatorToken(source: MasterKeySource): Promise<string> {
  const masterKey = await findMasterKey(source)
  if (masterKey !== undefined) return operatorTokenOf(createVault(masterKey.key))
  throw new MasterKeyError(
    'There is no master key here. Run the command where the gateway runs, with its settings.',
  )
}

/** 64 hex digits, always the same for the same master key. */
export function operatorTokenOf(vault: Vault): string {
  return Buffer.from(vault.deriveSecret('operator-token')).toString('hex')
}
