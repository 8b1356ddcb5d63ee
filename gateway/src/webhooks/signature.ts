/**
 * The Standard Webhooks headers of one attempt.
 *
 * Z-API signs nothing, so these are our addition: with them a receiver can tell
 * a callback of ours from a forged POST, and a repetition from a new one.
 */

import { Webhook } from 'standardwebhooks'
import type { EpochMs } from '../domain/time.js'

/**
 * `id` is the same on every attempt, `attemptedAt` is not: receivers refuse
 * what is older than five minutes. Each secret is `whsec_` and base64; with
 * several, a receiver that knows any of them takes the callback.
 */
export function signatureHeaders(
  secrets: readonly string[],
  id: string,
  attemptedAt: EpochMs,
  body: string,
): Readonly<Record<string, string>> {
  return {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(attemptedAt / 1_000)),
    'webhook-signature': secrets
      .map((secret) => new Webhook(secret).sign(id, new Date(attemptedAt), body))
      .join(' '),
  }
}
