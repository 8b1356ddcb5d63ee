/** One POST of a delivery to its endpoint. */

import type { InstanceId } from '../domain/instance.js'
import type { Clock } from '../runtime/clock.js'
import type { GuardedFetch } from '../runtime/guarded-fetch.js'
import { innermostCode } from '../runtime/network-failure.js'
import type { AttemptOutcome } from './delivery-retry.js'
import { signatureHeaders } from './signature.js'

export interface TokenPort {
  /** What the receiver knows the instance by. */
  tokenOf(instanceId: InstanceId): Promise<string>
  /** `whsec_` and base64 each: the present one, and the one before while it still counts. */
  signingSecretsOf(instanceId: InstanceId): Promise<readonly string[]>
}

export interface AttemptPorts {
  readonly clock: Clock
  readonly fetch: GuardedFetch
  readonly tokens: TokenPort
  /** For the `user-agent`. */
  readonly version: string
}

export interface Attempt {
  readonly outcome: AttemptOutcome
  /** A few words on what was wrong if it was not a 2xx: a status or an error's code, never the text of a message. */
  readonly problem: string
  readonly durationMs: number
}

const timeoutMs = 15_000
/** The answer's body says nothing to us, but reading a short one keeps the connection for the next delivery. */
const maxResponseBytes = 16_384

/**
 * Never throws for what the receiver or the network does. Redirects are not
 * followed: they would hand the token and the content to another address.
 */
export async function attempt(
  delivery: { readonly id: string; readonly instanceId: InstanceId; readonly url: string },
  body: string,
  { clock, fetch, tokens, version }: AttemptPorts,
  signal: AbortSignal,
): Promise<Attempt> {
  const token = await tokens.tokenOf(delivery.instanceId)
  const secrets = await tokens.signingSecretsOf(delivery.instanceId)
  const startedAt = clock.now()
  const headers = {
    'content-type': 'application/json',
    'user-agent': `Recado/${version}`,
    'z-api-token': token,
    ...signatureHeaders(secrets, delivery.id, startedAt, body),
  }
  try {
    const { status, headers: answered } = await fetch(delivery.url, {
      method: 'POST',
      headers,
      body,
      maxRedirects: 0,
      maxResponseBytes,
      ignoresBody: true,
      timeoutMs,
      signal,
    })
    return {
      outcome: { kind: 'answered', statusCode: status, retryAfter: answered['retry-after'] },
      problem: `HTTP ${status}`,
      durationMs: clock.now() - startedAt,
    }
  } catch (cause) {
    return {
      outcome: { kind: 'unanswered' },
      // Its message may quote what it was given.
      problem: innermostCode(cause),
      durationMs: clock.now() - startedAt,
    }
  }
}
