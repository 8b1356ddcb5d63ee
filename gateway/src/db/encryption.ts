/**
 * Encryption at rest: AES-256-GCM with keys derived from the master key.
 *
 * `context` names the place of the value (table, instance, id). It is
 * authenticated and not stored, so bytes copied from one row to another do not open.
 */
export interface Vault {
  seal(plain: Uint8Array, context: string): Uint8Array
  /** Throws `MasterKeyError` when key, context or bytes do not match. Never retryable. */
  open(sealed: Uint8Array, context: string): Uint8Array
}
