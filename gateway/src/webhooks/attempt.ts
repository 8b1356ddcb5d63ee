/** One POST of a delivery to its endpoint. */

import type { InstanceId } from '../domain/instance.js'
import type { EpochMs } from '../domain/time.js'
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
  /** What a receiver answered, without the codes that the body holds: it may repeat what it got. */
  readonly maskAnswer: (answer: string, body: string) => string
}

export interface Attempt {
  readonly outcome: AttemptOutcome
  /** A few words on what was wrong if it was not a 2xx: a status or an error's code, never the text of a message. */
  readonly problem: string
  readonly durationMs: number
  /** When it began. */
  readonly at: EpochMs
  /** The beginning of what the receiver answered, at most 1,000 characters, with no code and no secret. */
  readonly answer?: string | undefined
}

const timeoutMs = 15_000
/** The answer's body says nothing to us, but reading a short one keeps the connection for the next delivery. */
const maxResponseBytes = 16_384
const shownCharacters = 1_000
/** More than is shown, so that what is hidden is hidden whole. */
const beginningBytes = 4 * shownCharacters

/**
 * Never throws for what the receiver or the network does. Redirects are not
 * followed: they would hand the token and the content to another address.
 */
export async function attempt(
  delivery: { readonly id: string; readonly instanceId: InstanceId; readonly url: string },
  body: string,
  { clock, fetch, tokens, version, maskAnswer }: AttemptPorts,
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
    const {
      status,
      headers: answered,
      body: beginning,
    } = await fetch(delivery.url, {
      method: 'POST',
      headers,
      body,
      maxRedirects: 0,
      maxResponseBytes,
      ignoresBody: true,
      beginningBytes,
      timeoutMs,
      signal,
    })
    return {
      outcome: { kind: 'answered', statusCode: status, retryAfter: answered['retry-after'] },
      problem: `HTTP ${status}`,
      durationMs: clock.now() - startedAt,
      at: startedAt,
      answer: shownOf(beginning, [token, ...secrets], (text) => maskAnswer(text, body)),
    }
  } catch (cause) {
    return {
      outcome: { kind: 'unanswered' },
      // Its message may quote what it was given.
      problem: innermostCode(cause),
      durationMs: clock.now() - startedAt,
      at: startedAt,
    }
  }
}

const control = /[^\P{Cc}\n\t]/gu

/** Answers are compressed for no client that did not ask, so what is no text is shown as replacement characters. */
function shownOf(
  beginning: Uint8Array,
  secrets: readonly string[],
  mask: (text: string) => string,
): string | undefined {
  const text = Buffer.from(beginning).toString().replaceAll(control, '\u{FFFD}')
  const clean = secrets.reduce((rest, secret) => rest.replaceAll(secret, '••••'), text)
  const shown = mask(clean).slice(0, shownCharacters)
  return shown === '' ? undefined : shown
}
