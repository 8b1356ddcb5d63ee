/** Checks that a callback comes from Recado: the signature of Standard Webhooks, without a library. */

export interface Callback {
  /** Names the callback: the same again is the same event, so handle each id once. */
  readonly id: string
  readonly body: { readonly type: string; readonly [attribute: string]: unknown }
}

/** How far the clocks of sender and receiver may be apart, in seconds. */
const toleranceSeconds = 300

/**
 * Rejects where the signature is missing, wrong or older than five minutes; then answer 401.
 *
 * @param text the body as it arrived, before any parser
 * @param header gives a header by its name in lower case
 * @param secret of the instance: `whsec_` and base64, as `getWebhookSecret` tells it
 */
export async function verifyCallback(
  text: string,
  header: (name: string) => string | null | undefined,
  secret: string,
  nowSeconds = Date.now() / 1000,
): Promise<Callback> {
  const id = header('webhook-id') ?? ''
  const timestamp = header('webhook-timestamp') ?? ''
  if (!(Math.abs(nowSeconds - Number(timestamp)) <= toleranceSeconds))
    throw new Error('The callback is too old, or says no time')
  const key = await crypto.subtle.importKey(
    'raw',
    bytesOf(secret.replace(/^whsec_/u, '')),
    { name: 'HMAC', hash: 'SHA-256' },
    false,
    ['verify'],
  )
  const signed = new TextEncoder().encode(`${id}.${timestamp}.${text}`)
  // While a secret is replaced there are two, separated by a space.
  for (const part of (header('webhook-signature') ?? '').split(' ')) {
    const [, base64] = /^v1,([A-Za-z0-9+/=]+)$/u.exec(part) ?? []
    if (base64 !== undefined && (await crypto.subtle.verify('HMAC', key, bytesOf(base64), signed)))
      return { id, body: JSON.parse(text) }
  }
  throw new Error('The callback has no signature made with this secret')
}

const bytesOf = (base64: string) => Uint8Array.from(atob(base64), (one) => one.charCodeAt(0))
