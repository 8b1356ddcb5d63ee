/** A request of whose answer only the status and the headers matter. `guarded-fetch.ts` alone uses it. */

import { type Dispatcher, request } from 'undici'
import type { FetchedResponse, FetchOptions } from './fetch-types.js'

/** A receiver that sends its body more slowly than this loses its connection. */
const bodyMs = 1_000

/** Resolves as soon as the headers are there. Throws where no complete head came. */
export async function fetchHead(
  url: URL,
  { method = 'GET', headers = {}, body, maxResponseBytes }: FetchOptions,
  { dispatcher, signal }: { readonly dispatcher: Dispatcher; readonly signal: AbortSignal },
): Promise<FetchedResponse> {
  const answer = await request(url, {
    dispatcher,
    method,
    headers: { 'user-agent': 'Recado', ...headers },
    ...(body === undefined ? {} : { body }),
    signal,
  })
  // What is wrong with it is no matter of ours: it ends the connection, and nothing else.
  answer.body
    .dump({ limit: maxResponseBytes, signal: AbortSignal.timeout(bodyMs) })
    .catch(() => undefined)
  return {
    status: answer.statusCode,
    headers: Object.fromEntries(
      Object.entries(answer.headers).map(([name, value = '']) => [name, [value].flat().join(', ')]),
    ),
    body: Buffer.alloc(0),
    truncated: false,
  }
}
