/**
 * Puts files on WhatsApp's media hosts: encrypted, but for those of channels.
 *
 * Not with Baileys' `waUploadToServer`: it hides the status of the answer, so a refusal for good looks
 * like a host that is away; and once its question for the hosts has failed, every later upload of that
 * connection fails. Addresses and answers are those of Baileys' `messages-media.js`.
 */

import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import type { IncomingMessage } from 'node:http'
import { type Agent, request } from 'node:https'
import type { Readable } from 'node:stream'
import {
  type BinaryNode,
  DEFAULT_ORIGIN,
  encodeBase64EncodedStringForUpload,
  getBinaryNodeChild,
  getBinaryNodeChildren,
  MEDIA_PATH_MAP,
  S_WHATSAPP_NET,
  type WAMediaUploadFunction,
  type WASocket,
} from 'baileys'
import type { Clock } from '../../runtime/clock.js'

export interface MediaHostsOptions {
  readonly sock: Pick<WASocket, 'query'>
  /** The proxy's, if the instance has one. */
  readonly agent: Agent | undefined
  readonly clock: Clock
  readonly closed: AbortSignal
}

/** Nothing was sent; a retry is safe, and may help. */
class UploadError extends Error {
  override readonly name = 'UploadError'
  /** Node's code (`ECONNREFUSED`, `SELF_SIGNED_CERT_IN_CHAIN`), or `HTTP_503` where a host answered. */
  readonly code: string

  constructor(code: string, options?: ErrorOptions) {
    super("WhatsApp's media server did not take the file", options)
    this.code = code
  }
}

/** Nothing was sent, and the same file is refused again. */
export class FileRefusedError extends Error {
  override readonly name = 'FileRefusedError'
  readonly status: number

  constructor(status: number) {
    super(`WhatsApp's media server refused the file (HTTP ${status})`)
    this.status = status
  }
}

interface Access {
  readonly hosts: readonly string[]
  readonly auth: string
  /** Epoch, ms. */
  readonly until: number
}

interface Answer {
  readonly status: number
  readonly location: string | undefined
  readonly body: string
}

type Placed = Awaited<ReturnType<WAMediaUploadFunction>> & {
  /** A channel's message names the file by it, beside the path. */
  readonly handle?: string | undefined
}

/** What is uploaded. `open` is called for each try. */
export interface UploadBody {
  readonly byteLength: number
  readonly open: () => Readable
}

/** Of silence. */
const timeoutMs = 30_000
const maxAnswerBytes = 65_536
const mostRedirects = 5
/** The permission to upload ran out, perhaps. */
const unauthorized: readonly number[] = [401, 403]
/** What a host says of itself or of the moment, below 500. */
const passing: readonly number[] = [408, 425, 429]

export class MediaHosts {
  readonly #options: MediaHostsOptions
  #access: Access | undefined

  constructor(options: MediaHostsOptions) {
    this.#options = options
  }

  /** For `prepareWAMessageMedia`. Throws `UploadError` or `FileRefusedError`. */
  readonly upload: WAMediaUploadFunction = async (path, { mediaType, fileEncSha256B64 }) => {
    const { size: byteLength } = await stat(path)
    const body = { byteLength, open: () => createReadStream(path) }
    return this.put(body, MEDIA_PATH_MAP[mediaType] ?? '', fileEncSha256B64)
  }

  /** Puts it under its hash into that folder. Throws `UploadError` or `FileRefusedError`. */
  async put(body: UploadBody, folder: string, sha256Base64: string): Promise<Placed> {
    const name = encodeBase64EncodedStringForUpload(sha256Base64)
    const place = `${folder}/${name}`
    try {
      return await this.#uploadToOne(body, place, name)
    } catch (error) {
      this.#access = undefined
      if (!(error instanceof FileRefusedError && unauthorized.includes(error.status))) throw error
    }
    return this.#uploadToOne(body, place, name)
  }

  /** The one that files are fetched from. Throws `UploadError`. */
  async first(): Promise<string> {
    const [host] = (await this.#open()).hosts
    if (host === undefined) throw new UploadError('NO_HOST')
    return host
  }

  /** Where one host refuses the file for good and no other takes it, that is the cause. */
  async #uploadToOne(body: UploadBody, place: string, token: string): Promise<Placed> {
    const { hosts, auth } = await this.#open()
    let failure: unknown = new UploadError('NO_HOST')
    for (const host of hosts) {
      const query = `auth=${encodeURIComponent(auth)}&token=${token}`
      try {
        return placedBy(await this.#post(new URL(`https://${host}${place}?${query}`), body))
      } catch (error) {
        if (!(failure instanceof FileRefusedError)) failure = error
      }
    }
    throw failure
  }

  async #open(): Promise<Access> {
    const { clock } = this.#options
    if (this.#access !== undefined && clock.now() < this.#access.until) return this.#access
    const media = getBinaryNodeChild(await this.#askForHosts(), 'media_conn')
    this.#access = {
      hosts: getBinaryNodeChildren(media, 'host').flatMap(({ attrs }) => attrs['hostname'] ?? []),
      auth: media?.attrs['auth'] ?? '',
      until: clock.now() + (Number(media?.attrs['ttl']) || 0) * 1_000,
    }
    return this.#access
  }

  async #askForHosts(): Promise<BinaryNode | undefined> {
    try {
      return await this.#options.sock.query({
        tag: 'iq',
        attrs: { type: 'set', xmlns: 'w:m', to: S_WHATSAPP_NET },
        content: [{ tag: 'media_conn', attrs: {} }],
      })
    } catch (cause) {
      throw new UploadError('NO_HOST', { cause })
    }
  }

  async #post(url: URL, body: UploadBody): Promise<Answer> {
    let at = url
    for (let redirects = 0; ; redirects += 1) {
      const answer = await this.#postOnce(at, body)
      if (answer.status < 300 || answer.status > 399 || answer.location === undefined) return answer
      if (redirects === mostRedirects || !URL.canParse(answer.location, at.href)) return answer
      at = new URL(answer.location, at)
      if (at.protocol !== 'https:') return answer
    }
  }

  async #postOnce(url: URL, { byteLength, open }: UploadBody): Promise<Answer> {
    const { agent, closed } = this.#options
    const file = open()
    try {
      return await new Promise<Answer>((resolve, reject) => {
        const asked = request(url, {
          method: 'POST',
          agent,
          timeout: timeoutMs,
          signal: closed,
          headers: {
            'content-type': 'application/octet-stream',
            'content-length': byteLength,
            origin: DEFAULT_ORIGIN,
          },
        })
        asked.on('response', (answer) => void read(answer).then(resolve, reject))
        asked.on('timeout', () => asked.destroy(coded('ETIMEDOUT')))
        asked.on('error', reject)
        file.on('error', (error) => asked.destroy(error))
        file.pipe(asked)
      })
    } catch (cause) {
      throw new UploadError(codeOf(cause), { cause })
    } finally {
      file.destroy()
    }
  }
}

async function read(answer: IncomingMessage): Promise<Answer> {
  const parts: Buffer[] = []
  let byteLength = 0
  for await (const part of answer) {
    byteLength += part.length
    if (byteLength > maxAnswerBytes) throw coded('ANSWER_TOO_LONG')
    parts.push(part)
  }
  const { statusCode: status = 0, headers } = answer
  return { status, location: headers.location, body: Buffer.concat(parts).toString() }
}

function placedBy({ status, body }: Answer): Placed {
  if (status >= 400 && status < 500 && !passing.includes(status)) throw new FileRefusedError(status)
  const { url, direct_path: directPath, handle } = fieldsOf(body)
  if (status !== 200 || typeof directPath !== 'string' || typeof url !== 'string')
    throw new UploadError(`HTTP_${status}`)
  return { mediaUrl: url, directPath, ...(typeof handle === 'string' ? { handle } : {}) }
}

function fieldsOf(body: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(body)
    return typeof value === 'object' && value !== null ? { ...value } : {}
  } catch {
    return {}
  }
}

function coded(code: string): Error {
  return Object.assign(new Error(code), { code })
}

function codeOf(cause: unknown): string {
  const code: unknown = cause instanceof Error ? Reflect.get(cause, 'code') : undefined
  return typeof code === 'string' ? code : 'UNKNOWN'
}
