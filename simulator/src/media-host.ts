/**
 * Where clients put the files of their messages: encrypted, over TLS, on loopback.
 *
 * `POST /mms/<kind>/<sha256>?auth&token` (`/newsletter/…` for what channels show, which is not encrypted) stores a file under the hash of its
 * encrypted bytes and answers `{url, direct_path}`; `GET` gives it back. Memory is
 * bounded: the oldest files go first, and who asks for one gets a 404 as from
 * WhatsApp after some weeks.
 */

import { createHash } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import type { Server } from 'node:https'
import { setTimeout as delay } from 'node:timers/promises'
import { fastify, type FastifyInstance } from 'fastify'
import type { MediaFaults } from './fault-schema.js'
import { makeMediaCertificate } from './media-certificate.js'
import { downloadFile } from './media-download.js'
import type { MediaHost } from './model.js'

export interface MediaHostOptions {
  /** What goes wrong just now; asked at each request. */
  readonly faults?: () => MediaFaults
  /** With which status this upload is refused. */
  readonly uploadRefusal?: () => number | undefined
  /** A free one when left out. */
  readonly port?: number
  /** Where the authority's PEM is written for `NODE_EXTRA_CA_CERTS`; nowhere when left out. */
  readonly caFile?: string
  readonly maxFileBytes?: number
  readonly maxStoredBytes?: number
}

export interface StoredMedia {
  readonly files: number
  readonly bytes: number
}

const mebibyte = 1024 * 1024
const downloadTimeoutMs = 30_000

/** Starts listening. Throws when the port is taken or the PEM cannot be written. */
export async function openMediaHost({
  faults = () => ({}),
  uploadRefusal = () => undefined,
  port = 0,
  caFile,
  maxFileBytes = 128 * mebibyte,
  maxStoredBytes = 128 * mebibyte,
}: MediaHostOptions = {}): Promise<MediaHost & { readonly stored: StoredMedia }> {
  const { ca, cert, key } = await makeMediaCertificate()
  const closing = new AbortController()
  const files = new FileShelf(maxStoredBytes)
  const server: FastifyInstance<Server> = fastify({
    https: { cert, key },
    bodyLimit: maxFileBytes,
    forceCloseConnections: true,
  })
  server.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => {
    done(null, body)
  })
  server.addHook('onRequest', async () => {
    const { delayMs = 0 } = faults()
    if (delayMs > 0) await delay(delayMs, undefined, { signal: closing.signal })
  })
  for (const folder of ['mms', 'newsletter'] as const)
    addRoutes(server, folder, files, { faults, uploadRefusal })

  if (caFile !== undefined) await writeFile(caFile, ca)
  const host = new URL(await server.listen({ host: '127.0.0.1', port })).host
  return {
    host,
    caCertificate: ca,
    get stored() {
      return files.stored
    },
    storeFile: (kind, encrypted) => {
      const name = hashOf(encrypted)
      files.put(name, encrypted)
      const directPath = pathOf('mms', kind, name)
      return { url: `https://${host}${directPath}`, directPath }
    },
    fetchFile: (file) =>
      downloadFile(file, {
        host,
        ca,
        maxFileBytes,
        timeoutMs: downloadTimeoutMs,
        signal: closing.signal,
      }),
    async [Symbol.asyncDispose]() {
      closing.abort()
      await server.close()
    },
  }
}

interface FileRoute {
  readonly Params: { readonly kind: string; readonly sha256: string }
  readonly Querystring: { readonly auth?: string; readonly token?: string }
}

function addRoutes(
  server: FastifyInstance<Server>,
  folder: Folder,
  files: FileShelf,
  { faults, uploadRefusal }: Required<Pick<MediaHostOptions, 'faults' | 'uploadRefusal'>>,
): void {
  server.post<FileRoute>(`/${folder}/:kind/:sha256`, (request, reply) => {
    const { kind, sha256 } = request.params
    if (!isPlace(folder, kind)) return reply.code(404).send({ error: 'no such folder' })
    const { auth, token } = request.query
    if (!auth || token !== sha256) return reply.code(401).send({ error: 'auth or token is wrong' })
    const refusal = faults().upload === 'refuse' ? 507 : uploadRefusal()
    if (refusal !== undefined) return reply.code(refusal).send({ error: 'upload refused' })
    if (!Buffer.isBuffer(request.body)) return reply.code(400).send({ error: 'no file' })
    if (hashOf(request.body) !== sha256) return reply.code(400).send({ error: 'hash mismatch' })

    const path = pathOf(folder, kind, sha256)
    files.put(sha256, request.body)
    const handle = folder === 'newsletter' ? { handle: `4:${sha256}` } : {}
    return reply.send({ url: `https://${request.host}${path}`, direct_path: path, ...handle })
  })

  server.get<FileRoute>(`/${folder}/:kind/:sha256`, (request, reply) => {
    const { download } = faults()
    const file = files.get(request.params.sha256)
    if (download === 'expired') return reply.code(410).send({ error: 'expired' })
    if (download === 'missing' || !file) return reply.code(404).send({ error: 'not found' })
    return reply.type('application/octet-stream').send(file)
  })
}

/** Files of chats are encrypted and lie in `mms`; those of channels are not. */
type Folder = 'mms' | 'newsletter'

/** The kinds of channels are those of WhatsApp Web (Baileys #2434, 2026-06-05). */
function isPlace(folder: Folder, kind: string): boolean {
  return folder === 'mms' || /^newsletter-(image|video|gif|audio|ptt|sticker|document)$/.test(kind)
}

function pathOf(folder: Folder, kind: string, sha256: string): string {
  return `/${folder}/${encodeURIComponent(kind)}/${sha256}`
}

/** As Baileys writes it into the address of an upload. */
function hashOf(file: Buffer): string {
  return createHash('sha256').update(file).digest('base64url')
}

/** Files by name, with room for so many bytes. */
class FileShelf {
  readonly #files = new Map<string, Buffer>()
  readonly #maxBytes: number
  #bytes = 0

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes
  }

  get stored(): StoredMedia {
    return { files: this.#files.size, bytes: this.#bytes }
  }

  get(name: string): Buffer | undefined {
    return this.#files.get(name)
  }

  put(name: string, file: Buffer): void {
    this.#remove(name)
    this.#files.set(name, file)
    this.#bytes += file.length
    for (const oldest of this.#files.keys()) {
      if (this.#bytes <= this.#maxBytes) return
      this.#remove(oldest)
    }
  }

  #remove(name: string): void {
    this.#bytes -= this.#files.get(name)?.length ?? 0
    this.#files.delete(name)
  }
}
