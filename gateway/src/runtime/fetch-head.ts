/** A request of whose answer only the status and the headers matter. `guarded-fetch.ts` alone uses it. */

import type { Readable } from 'node:stream'
import type { Dispatcher, request } from 'undici'
import type { FetchedResponse, FetchOptions } from './fetch-types.js'

/** A receiver that sends its body more slowly than this loses its connection. */
const bodyMs = 1_000

/** How long the beginning of a body is waited for. It comes with the headers as a rule. */
const beginningMs = 250

interface Client {
  readonly undici: { readonly request: typeof request }
  readonly dispatcher: Dispatcher
  readonly signal: AbortSignal
}

/** Resolves as soon as the headers are there, and what is wanted of the body. Throws where no complete head came. */
export async function fetchHead(
  url: URL,
  { method = 'GET', headers = {}, body, maxResponseBytes, beginningBytes = 0 }: FetchOptions,
  { undici, dispatcher, signal }: Client,
): Promise<FetchedResponse> {
  const answer = await undici.request(url, {
    dispatcher,
    method,
    headers: { 'user-agent': 'Recado', ...headers },
    ...(body === undefined ? {} : { body }),
    signal,
  })
  const beginning = beginningBytes === 0 ? undefined : beginningOf(answer.body, beginningBytes)
  // What is wrong with it is no matter of ours: it ends the connection, and nothing else.
  answer.body
    .dump({ limit: maxResponseBytes, signal: AbortSignal.timeout(bodyMs) })
    .catch(() => undefined)
  return {
    status: answer.statusCode,
    headers: Object.fromEntries(
      Object.entries(answer.headers).map(([name, value = '']) => [name, [value].flat().join(', ')]),
    ),
    body: (await beginning) ?? Buffer.alloc(0),
    truncated: false,
  }
}

/** Never rejects: of a body that breaks off, what came before. */
function beginningOf(body: Readable, bytes: number): Promise<Buffer> {
  return new Promise((resolve) => {
    const parts: Buffer[] = []
    let read = 0
    const end = (): void => {
      clearTimeout(timer)
      body.off('data', take)
      resolve(Buffer.concat(parts).subarray(0, bytes))
    }
    const take = (part: Buffer): void => {
      parts.push(part)
      read += part.length
      if (read >= bytes) end()
    }
    const timer = setTimeout(end, beginningMs)
    body.on('data', take).once('close', end).once('error', end)
  })
}
