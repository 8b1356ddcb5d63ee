/** The body of a callback for somebody who only looks at it: with no code in it. */

import { maskCode, maskIn } from '../outbox/masking.js'

/** Where `callbacks.ts` writes what somebody said. */
const spoken = new Set(['message', 'title', 'footer', 'displayText'])

/** Four digits and more, also as people write them for people. What is hidden too much does no harm here. */
const digits = /\d(?:[ .-]?\d){3,}/gu

/** Codes behind buttons are masked wherever they stand; in what was said, whatever looks like one. */
export function maskedBody(json: string): unknown {
  const codes = [...json.matchAll(/[?&]code=(?:otp)?([^"&]+)/gu)].map(([, code = '']) =>
    decoded(code),
  )
  return JSON.parse(json, (key: string, value: unknown) => {
    if (typeof value !== 'string') return value
    if (key === 'url') return value.replace(/(?<=[?&]code=(?:otp)?)(?!otp)[^&]+/u, masked)
    if (!spoken.has(key)) return value
    return codes.reduce(maskIn, value).replace(digits, maskCode)
  })
}

function masked(code: string): string {
  return encodeURIComponent(maskCode(decoded(code)))
}

function decoded(code: string): string {
  try {
    return decodeURIComponent(code)
  } catch {
    return code
  }
}
