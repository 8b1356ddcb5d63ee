/** `new Recado({ … }).sendButtonOtp({ … })`: the calls of one instance, as methods. */

import { type Calls, type Route, routes } from './calls.js'
import type { CallOptions, RecadoOptions } from './options.js'

/** A call was refused. `message` has Recado's words: what was wrong, and the cure. */
export class RecadoError extends Error {
  readonly status: number
  /** After how many seconds the same call may be taken, where Recado says so. */
  readonly retryAfterSeconds: number | undefined

  constructor(status: number, message: string, retryAfterSeconds: number | undefined) {
    super(message)
    this.name = 'RecadoError'
    this.status = status
    this.retryAfterSeconds = retryAfterSeconds
  }
}

export type Recado = Calls

/** What got no answer may have arrived: it is sent this often in all, under the same idempotency key. */
const attempts = 3

class Client {
  readonly #options: RecadoOptions

  constructor(options: RecadoOptions) {
    this.#options = options
    for (const [name, route] of Object.entries(routes))
      Reflect.set(this, name, (first?: object, second?: CallOptions) =>
        takesInput(route) ? this.#call(route, first, second) : this.#call(route, undefined, first),
      )
  }

  /** Retries are safe: only reads and sends under a key are repeated. */
  async #call(route: Route, input: object = {}, options: CallOptions = {}): Promise<unknown> {
    const { url, init } = this.#request(route, input, options)
    const isRepeatable = route.sends === true || route.method === 'GET'
    for (let attempt = 1; ; attempt += 1) {
      const isLast = !isRepeatable || attempt === attempts
      const timeout = AbortSignal.timeout(this.#options.timeoutMs ?? 60_000)
      const signal = options.signal ? AbortSignal.any([options.signal, timeout]) : timeout
      try {
        const answer = await (this.#options.fetch ?? fetch)(url, { ...init, signal })
        if (answer.ok) return await bodyOf(answer)
        if (answer.status !== 503 || isLast) throw await refusal(answer)
      } catch (cause) {
        if (cause instanceof RecadoError || isLast || options.signal?.aborted) throw cause
      }
      await new Promise((resolve) => setTimeout(resolve, 250 * 2 ** attempt))
    }
  }

  #request(route: Route, input: object, options: CallOptions): { url: string; init: RequestInit } {
    const { url, instance, token, clientToken } = this.#options
    const left = new Map(Object.entries(input))
    const take = (name: string): string => {
      const value = String(left.get(name) ?? '')
      left.delete(name)
      return encodeURIComponent(value)
    }
    const path = route.path.replace(/\{(\w+)\}/gu, (_all, name: string) => take(name))
    const asked = (route.query ?? []).filter((name) => left.get(name) !== undefined)
    const query = asked.map((name) => `${name}=${take(name)}`).join('&')
    const body = Array.isArray(input) ? input : Object.fromEntries(left)
    const hasBody = route.method !== 'GET' && (Array.isArray(input) || left.size > 0)
    const headers = {
      ...(clientToken !== undefined && { 'client-token': clientToken }),
      ...(hasBody && { 'content-type': 'application/json' }),
      ...(route.sends && { 'idempotency-key': options.idempotencyKey ?? crypto.randomUUID() }),
    }
    const place = `${url.replace(/\/+$/u, '')}/instances/${instance}/token/${token}`
    return {
      url: `${place}/${path}${query === '' ? '' : `?${query}`}`,
      init: { method: route.method, headers, ...(hasBody && { body: JSON.stringify(body) }) },
    }
  }
}

/** Makes a client for one instance. Nothing is sent before a method is called. */
// The constructor gives it a method for each route, and the type of routes has each call.
// oxlint-disable-next-line typescript/no-unsafe-type-assertion
export const Recado = Client as unknown as new (options: RecadoOptions) => Recado

const takesInput = ({ input }: Route) => input === true

async function bodyOf(answer: Response): Promise<unknown> {
  const text = await answer.text()
  const isJson = answer.headers.get('content-type')?.includes('json') === true
  return text !== '' && isJson ? JSON.parse(text) : text
}

async function refusal(answer: Response): Promise<RecadoError> {
  const text = await answer.text()
  const [, told = text] = /^\{"error":"((?:[^"\\]|\\.)*)"/u.exec(text) ?? []
  const seconds = Number(answer.headers.get('retry-after') ?? Number.NaN)
  return new RecadoError(answer.status, told, Number.isFinite(seconds) ? seconds : undefined)
}
