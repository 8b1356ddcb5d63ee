/** Headers as callers meant them. */

import type { IncomingHttpHeaders } from 'node:http'

/** Headers of which only one value can be meant. */
const single = ['authorization', 'client-token', 'content-type', 'idempotency-key'] as const

/** Some clients set a header twice, and `fetch` joins both: `X, X`. Equal values are one. Changes the headers. */
export function joinEqualValues(headers: IncomingHttpHeaders): void {
  for (const name of single) {
    const text = headers[name]?.toString()
    if (text?.includes(',') !== true) continue
    const [first = '', ...others] = text.split(',').map((value) => value.trim())
    if (others.every((value) => value === first)) headers[name] = first
  }
}
