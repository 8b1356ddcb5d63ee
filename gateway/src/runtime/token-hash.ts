/** Tokens are kept as hashes, so that a stolen database gives no access. */

import { hash, timingSafeEqual } from 'node:crypto'

/**
 * SHA-256 as hex. Enough for tokens of 96 random bits and more, which cannot
 * be guessed from their hash; not for anything that people choose.
 */
export function hashToken(token: string): string {
  return hash('sha256', token, 'hex')
}

/** Whether `held` is the hash of `token`. Takes as long for a wrong token as for the right one. */
export function tokensMatch(token: string, held: string): boolean {
  return hashesMatch(hashToken(token), held)
}

/** Whether the two are the same. Takes as long if they are not. */
export function hashesMatch(own: string, other: string): boolean {
  // What is no hash matches nothing, and takes no less time.
  const comparable = /^[0-9a-f]{64}$/.test(other) ? other : '-'.repeat(64)
  return timingSafeEqual(Buffer.from(own), Buffer.from(comparable))
}
