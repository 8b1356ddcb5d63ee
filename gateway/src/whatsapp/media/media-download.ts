/**
 * Fetches a file from WhatsApp's media host and decrypts it on the way.
 *
 * Not with Baileys' `downloadContentFromMessage`: that one asks whatever host
 * the sender of the message wrote into it, checks neither the seal nor the hash
 * of what comes, and waits for ever when the connection breaks in the middle.
 *
 * The format, from Baileys' `messages-media.js`: AES-256-CBC, then the first
 * ten bytes of an HMAC-SHA256 over the initialization vector and the ciphertext.
 */

import { createDecipheriv, createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { getMediaKeys } from 'baileys'
import { MediaGoneError, MediaUnavailableError, ProxyError } from '../../domain/errors.js'
import type { MediaReference } from '../../domain/incoming-content.js'
import { hostnameOf, isLoopbackHost } from '../../runtime/loopback.js'

export interface MediaDownloadOptions {
  /** Where WhatsApp is when it is a simulator on this machine; then its media host may be here too. */
  readonly whatsappUrl?: string | undefined
  /** More options for each request: the way that it takes. */
  readonly route?: RequestInit
  readonly fetch?: typeof fetch
}

/** What is needed to fetch a file. A part of the history is no file of a message. */
type Fetched = Pick<MediaReference, 'key' | 'path' | 'host' | 'sha256' | 'byteLength'> & {
  readonly kind: MediaReference['kind'] | 'md-msg-hist'
}

const laterText = 'WhatsApp does not give this file just now. Try again later.'
const proxyText =
  'The proxy of the instance does not lead to the file. Try again later, or set another proxy.'
const usualHost = 'mmg.whatsapp.net'
/** A connection that gives nothing for so long is dead. */
const answerMs = 20_000
/** The largest file that WhatsApp accepts. */
const mostBytes = 2 * 1024 ** 3
const sealBytes = 10
const blockBytes = 16

export class MediaDownload {
  readonly #mayBeHere: boolean
  readonly #route: RequestInit
  readonly #fetch: typeof fetch

  constructor({ whatsappUrl, route = {}, fetch: fetchBytes = fetch }: MediaDownloadOptions) {
    this.#mayBeHere = isLoopbackHost(whatsappUrl)
    this.#route = route
    this.#fetch = fetchBytes
  }

  /** See `MediaSource` of the media module. `signal` ends the wait for the answer. */
  async open(reference: Fetched, signal: AbortSignal): Promise<AsyncIterable<Uint8Array>> {
    const url = this.#addressOf(reference)
    return readChecked(reference, await this.#fetchBody(url, signal))
  }

  /** The sender of the message wrote host and path, so they are believed only where they lead to WhatsApp. */
  #addressOf({ host, path }: Fetched): URL {
    const named = host === undefined ? undefined : `https://${host}`
    const isTrusted = isMediaHost(named) || (this.#mayBeHere && isLoopbackHost(named))
    const base = isTrusted && named !== undefined ? named : `https://${usualHost}`
    const url = URL.canParse(base + path) ? new URL(base + path) : undefined
    if (url === undefined || url.origin !== new URL(base).origin || url.username !== '')
      throw new MediaGoneError('The message does not say where its file is.')
    return url
  }

  async #fetchBody(url: URL, signal: AbortSignal): Promise<AsyncIterable<Uint8Array>> {
    const waiting = new AbortController()
    const timer = setTimeout(() => waiting.abort(), answerMs)
    try {
      const response = await this.#fetch(url, {
        ...this.#route,
        redirect: 'error',
        headers: { origin: 'https://web.whatsapp.com' },
        signal: AbortSignal.any([signal, waiting.signal]),
      })
      if (response.status === 200 && response.body !== null) return response.body
      await response.body?.cancel()
      if ([403, 404, 410].includes(response.status))
        throw new MediaGoneError('WhatsApp does not have this file any more.')
      throw new Error(`WhatsApp's media host answered ${response.status}`)
    } catch (cause) {
      if (cause instanceof MediaGoneError || signal.aborted) throw cause
      const isProxy = cause instanceof Error && cause.cause instanceof ProxyError
      throw new MediaUnavailableError(isProxy ? proxyText : laterText, { cause })
    } finally {
      clearTimeout(timer)
    }
  }
}

function isMediaHost(url: string | undefined): boolean {
  return (
    hostnameOf(url)?.endsWith('.whatsapp.net') === true && url !== undefined && !new URL(url).port
  )
}

async function* readChecked(
  { key, kind, sha256, byteLength }: Fetched,
  body: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  const most = byteLength === undefined ? mostBytes : byteLength + blockBytes + sealBytes
  const arriving = limited(body, Math.min(most, mostBytes))
  const plain = key === undefined ? arriving : decrypted(arriving, await getMediaKeys(key, kind))
  const hash = createHash('sha256')
  for await (const part of plain) {
    hash.update(part)
    yield part
  }
  if (sha256 !== undefined && !isSame(hash.digest(), sha256))
    throw new MediaUnavailableError('The file is not the one that the message speaks of.')
}

async function* limited(body: AsyncIterable<Uint8Array>, most: number): AsyncGenerator<Uint8Array> {
  let byteLength = 0
  for await (const part of body) {
    byteLength += part.length
    if (byteLength > most) throw new MediaUnavailableError('The file is longer than it may be.')
    yield part
  }
}

async function* decrypted(
  body: AsyncIterable<Uint8Array>,
  { iv, cipherKey, macKey }: Awaited<ReturnType<typeof getMediaKeys>>,
): AsyncGenerator<Uint8Array> {
  if (macKey === undefined) throw new MediaUnavailableError('The key of the file is not complete.')
  const decipher = createDecipheriv('aes-256-cbc', cipherKey, iv)
  const seal = createHmac('sha256', macKey).update(iv)
  // The seal comes last, so the last bytes wait until it is clear that they are the last.
  let held: Uint8Array = new Uint8Array()
  for await (const part of body) {
    const bytes = Buffer.concat([held, part])
    const end = Math.max(0, bytes.length - sealBytes)
    const ciphertext = bytes.subarray(0, end)
    held = bytes.subarray(end)
    seal.update(ciphertext)
    const plain = decipher.update(ciphertext)
    if (plain.length > 0) yield plain
  }
  if (!isSame(seal.digest().subarray(0, sealBytes), held))
    throw new MediaUnavailableError('The seal of the file is broken.')
  yield decipher.final()
}

function isSame(bytes: Uint8Array, expected: Uint8Array): boolean {
  return bytes.length === expected.length && timingSafeEqual(bytes, expected)
}
