import { createHmac, timingSafeEqual } from 'node:crypto'

/** How far the clocks of sender and receiver may be apart, in seconds. */
const toleranceSeconds = 300

/**
 * Whether a callback was signed with this secret in the last five minutes (Standard Webhooks).
 *
 * @param text the body as it arrived
 * @param secret of the instance: `whsec_` and base64
 */
export function isSigned(
  text: string,
  header: (name: string) => string | undefined,
  secret: string,
  nowSeconds = Date.now() / 1000,
): boolean {
  const timestamp = header('webhook-timestamp') ?? ''
  if (!(Math.abs(nowSeconds - Number(timestamp)) <= toleranceSeconds)) return false
  const key = Buffer.from(secret.replace(/^whsec_/u, ''), 'base64')
  const signed = `${header('webhook-id') ?? ''}.${timestamp}.${text}`
  const right = createHmac('sha256', key).update(signed).digest()
  // While a secret is replaced there are two, separated by a space.
  return (header('webhook-signature') ?? '').split(' ').some((part) => {
    const [version, base64 = ''] = part.split(',')
    const given = Buffer.from(base64, 'base64')
    return version === 'v1' && given.length === right.length && timingSafeEqual(given, right)
  })
}
