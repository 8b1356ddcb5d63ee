/**
 * HTTP requests to addresses that users chose: images and callbacks.
 *
 * A user must not be able to make us call our own network. Addresses are
 * therefore judged at three places, because each alone can be walked round:
 * the URL itself (a literal address is never looked up), the answer of the
 * resolver (a name may lead anywhere, and elsewhere a second later), and the
 * other end of the socket once it is connected (the only one that cannot lie).
 * Redirects are followed by hand, so that each hop is judged like the first.
 */

import { lookup as systemLookup } from 'node:dns/promises'
import { isIP, type LookupFunction } from 'node:net'
import { callbackify } from 'node:util'
import type { Agent, buildConnector, Response } from 'undici'
import type * as Undici from 'undici'
import { ForbiddenUrlError } from '../domain/errors.js'
import { type AddressRule, createAddressRule } from './address-rule.js'
import { checkUrl, forbiddenAddress } from './check-url.js'
import { fetchHead } from './fetch-head.js'
import type { FetchedResponse, FetchOptions } from './fetch-types.js'

/**
 * Returns whatever the server answered. Throws `ForbiddenUrlError` when the
 * URL, or one that it redirects to, may not be called: nothing was sent there.
 * Any other error means that no complete answer came; whether the server acted
 * on the request is then unknown.
 */
export type GuardedFetch = (url: string, options: FetchOptions) => Promise<FetchedResponse>

export interface GuardedFetchOptions {
  /** CIDRs that may be called besides the public internet. */
  readonly allowedNetworks: readonly string[]
  /** The system's resolver, unless a test brings its own. */
  readonly lookup?: Lookup
}

type Lookup = (host: string) => Promise<readonly { address: string; family: number }[]>

/** Node's servers send no more than a quarter of it. */
const maxHeaderBytes = 65_536

/** Throws `ConfigError` when one of the networks cannot be read. */
export function createGuardedFetch(options: GuardedFetchOptions): GuardedFetch {
  const isAllowedAddress = createAddressRule(options.allowedNetworks)
  const lookup = options.lookup ?? ((host) => systemLookup(host, { all: true }))
  let opened: Promise<Client> | undefined
  const check = (url: string) => checkUrl(url, { isAllowedAddress, allowHttp: true })
  return async (url, request) => {
    using deadline = startDeadline(request.timeoutMs, request.signal)
    try {
      const { signal } = deadline
      const first = check(url)
      opened ??= openClient(lookup, isAllowedAddress)
      const { undici, dispatcher } = await opened
      if (request.ignoresBody)
        return await fetchHead(first, request, { undici, dispatcher, signal })
      return await follow(first, request, { undici, dispatcher, check, signal })
    } catch (error) {
      throw forbiddenIn(error) ?? error
    }
  }
}

interface Client {
  readonly undici: typeof Undici
  readonly dispatcher: Agent
}

/** Loads undici with the first request, which most starts do without. */
async function openClient(lookup: Lookup, isAllowedAddress: AddressRule): Promise<Client> {
  const undici = await import('undici')
  const connector = undici.buildConnector({ lookup: guardLookup(lookup, isAllowedAddress) })
  const dispatcher = new undici.Agent({
    maxHeaderSize: maxHeaderBytes,
    connect: guardConnector(connector, isAllowedAddress),
  })
  return { undici, dispatcher }
}

/** Refuses a literal address before the socket exists, and closes a socket that came out at a forbidden one. */
export function guardConnector(
  connect: buildConnector.connector,
  isAllowedAddress: AddressRule,
): buildConnector.connector {
  return (options, callback) => {
    const host = options.hostname.replace(/^\[(.*)\]$/, '$1')
    if (isIP(host) !== 0 && !isAllowedAddress(host)) return callback(forbiddenAddress(), null)
    connect(options, (...[error, socket]) => {
      if (error) return callback(error, null)
      if (isAllowedAddress(socket.remoteAddress ?? '')) return callback(null, socket)
      socket.destroy()
      callback(forbiddenAddress(), null)
    })
  }
}

function guardLookup(lookup: Lookup, isAllowedAddress: AddressRule): LookupFunction {
  const ask = callbackify(async (host: string) => {
    const allowed = (await lookup(host)).filter(({ address }) => isAllowedAddress(address))
    if (allowed.length === 0) throw forbiddenAddress()
    return allowed
  })
  return (host, options, callback) =>
    ask(host, (error, allowed) => {
      const [first] = allowed ?? []
      if (error !== null || first === undefined) callback(error, [])
      else if (options.all) callback(null, allowed)
      else callback(null, first.address, first.family)
    })
}

interface Hops extends Client {
  readonly check: (url: string) => URL
  readonly signal: AbortSignal
}

async function follow(first: URL, request: FetchOptions, hops: Hops): Promise<FetchedResponse> {
  const { method = 'GET', headers = {}, body, maxRedirects, maxResponseBytes } = request
  const seen = new Set([first.href])
  let url = first
  for (let hop = 0; ; hop += 1) {
    const response = await hops.undici
      .fetch(url, {
        method,
        // Another host gets none of the caller's headers.
        headers: { 'user-agent': 'Recado', ...(url.origin === first.origin ? headers : {}) },
        ...(body === undefined ? {} : { body }),
        redirect: 'manual',
        dispatcher: hops.dispatcher,
        signal: hops.signal,
      })
      .catch((cause: unknown) => {
        throw hop === 0 ? cause : afterRedirect(cause)
      })
    const mayFollow = method === 'GET' && maxRedirects > 0 && redirects.has(response.status)
    if (!mayFollow) return read(response, maxResponseBytes, request.onChunk)
    await response.body?.cancel()
    const next = nextOf(response, url, hop === maxRedirects ? undefined : seen)
    if ('unfollowed' in next) return { ...headOf(response), ...next }
    seen.add(next.href)
    url = checkNext(next.href, hops.check)
  }
}

const redirects: ReadonlySet<number> = new Set([301, 302, 303, 307, 308])

/** @param seen the URLs before; `undefined` where no more may be followed */
function nextOf(
  response: Response,
  from: URL,
  seen: ReadonlySet<string> | undefined,
): URL | { readonly unfollowed: NonNullable<FetchedResponse['unfollowed']> } {
  const location = response.headers.get('location')
  if (location === null) return { unfollowed: 'nowhere' }
  if (!URL.canParse(location, from.href)) return { unfollowed: 'unreadable' }
  const next = new URL(location, from)
  if (seen === undefined) return { unfollowed: 'too-often' }
  return seen.has(next.href) ? { unfollowed: 'circle' } : next
}

function checkNext(url: string, check: Hops['check']): URL {
  try {
    return check(url)
  } catch (cause) {
    throw afterRedirect(cause)
  }
}

/** The author of the URL sees an address that he did not write. */
function afterRedirect(cause: unknown): unknown {
  const forbidden = forbiddenIn(cause)
  if (forbidden === undefined) return cause
  return new ForbiddenUrlError(`The URL redirects to another one. ${forbidden.message}`, { cause })
}

function headOf(response: Response): FetchedResponse {
  return {
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: Buffer.alloc(0),
    truncated: false,
  }
}

async function read(
  response: Response,
  maxBytes: number,
  onChunk: FetchOptions['onChunk'],
): Promise<FetchedResponse> {
  const chunks: Uint8Array[] = []
  const take = response.ok ? onChunk : undefined
  let bytes = 0
  // Leaving the loop early cancels the body, which closes the connection.
  for await (const chunk of response.body ?? []) {
    bytes += chunk.length
    if (take === undefined) chunks.push(chunk)
    else if (bytes <= maxBytes) await take(chunk)
    if (bytes > maxBytes) break
  }
  const body = Buffer.concat(chunks).subarray(0, maxBytes)
  return { ...headOf(response), body, truncated: bytes > maxBytes }
}

/** Aborts after `timeoutMs` or together with `outer`, and lets go of both when it is disposed of. */
function startDeadline(timeoutMs: number, outer: AbortSignal | undefined) {
  const controller = new AbortController()
  const abort = (): void => controller.abort(outer?.reason)
  const timer = setTimeout(() => {
    controller.abort(new DOMException('The server took too long to answer.', 'TimeoutError'))
  }, timeoutMs)
  if (outer?.aborted) abort()
  outer?.addEventListener('abort', abort, { once: true })
  return {
    signal: controller.signal,
    [Symbol.dispose]() {
      clearTimeout(timer)
      outer?.removeEventListener('abort', abort)
    },
  }
}

/** `fetch` wraps what the connector threw. */
function forbiddenIn(error: unknown): ForbiddenUrlError | undefined {
  if (error instanceof ForbiddenUrlError) return error
  return error instanceof Error && error.cause !== undefined ? forbiddenIn(error.cause) : undefined
}
