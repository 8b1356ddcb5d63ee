/**
 * `GET /media/{id}`: a file of an incoming message. The id is the permission:
 * a program that fetches the file of a callback has no other key.
 *
 * Strangers sent the files, so no browser may run what is in them or take them
 * for something else than they say.
 */

import { Readable } from 'node:stream'
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { MediaGoneError } from '../domain/errors.js'
import { replyWithError } from './error-reply.js'
import { operation } from './operation.js'

export interface ServedMedia {
  readonly mimeType: string
  readonly fileName?: string | undefined
  readonly byteLength?: number | undefined
  readonly bytes: AsyncIterable<Uint8Array>
}

export interface MediaRouteOptions {
  /** `undefined` for an unknown id. Throws `MediaGoneError` or `MediaUnavailableError`. */
  readonly open: (id: string, signal: AbortSignal) => Promise<ServedMedia | undefined>
  /** WhatsApp does not have it, and the node that runs the instance may ask its phone: `reply.sent` says that it answered. */
  readonly handOn: (id: string, request: FastifyRequest, reply: FastifyReply) => Promise<unknown>
}

/** So many files may be on their way at once: each costs a connection to WhatsApp. */
const mostAtOnce = 32

/** A Fastify plugin: `app.register(mediaRoute(options))`. */
export function mediaRoute({ open, handOn }: MediaRouteOptions): FastifyPluginAsync {
  let onTheWay = 0
  return async (app) => {
    app.get<{ Params: { readonly id: string } }>(
      '/media/:id',
      { schema },
      async (request, reply) => {
        if (onTheWay >= mostAtOnce) {
          reply.header('retry-after', '5')
          return replyWithError(
            reply,
            503,
            'Too many files are being fetched. Try again in a moment.',
          )
        }
        onTheWay += 1
        reply.raw.once('close', () => {
          onTheWay -= 1
        })
        const gone = new AbortController()
        reply.raw.once('close', () => gone.abort())
        const { id } = request.params
        const media = await open(id, gone.signal).catch(async (cause: unknown) => {
          if (cause instanceof MediaGoneError) await handOn(id, request, reply)
          if (!reply.sent) throw cause
        })
        if (reply.sent) return reply
        if (media === undefined) return replyWithError(reply, 404, 'There is no such file')
        return reply.headers(headersOf(media)).send(Readable.from(media.bytes))
      },
    )
  }
}

const schema = operation({
  tag: 'webhooks',
  summary: 'Gives a file of an incoming message, fetched from WhatsApp and decrypted.',
  description: '**Ours.** Callbacks name these URLs. They need no key: the id is one.',
  params: Type.Object({
    id: Type.String({
      maxLength: 64,
      description: 'As the URL in the callback has it. It is valid for 30 days.',
    }),
  }),
  contentType: '*/*',
  answer: Type.String({
    description: 'The bytes, with the content type of the file.',
    examples: ['…'],
  }),
  refusals: {
    410: 'WhatsApp does not have it any more, and the phone of the number did not give it again within 15 seconds. The text says why.',
    502: 'WhatsApp did not give it, or not as it was signed.',
    503: 'Too many files are being fetched. Retry-After says when to come back.',
  },
})

function headersOf({ mimeType, fileName, byteLength }: ServedMedia): Record<string, string> {
  const isShown = /^(image|audio|video)\//u.test(mimeType) && !/svg/iu.test(mimeType)
  return {
    'content-type': typeOf(mimeType),
    ...(byteLength === undefined ? {} : { 'content-length': String(byteLength) }),
    'content-disposition': dispositionOf(isShown ? 'inline' : 'attachment', fileName),
    'x-content-type-options': 'nosniff',
    'content-security-policy': "sandbox; default-src 'none'",
    'cross-origin-resource-policy': 'cross-origin',
    'cache-control': 'private, max-age=3600',
  }
}

/** The sender wrote it. What is no media type must not become a header. */
function typeOf(mimeType: string): string {
  const shape = /^[\w.+-]{1,64}\/[\w.+-]{1,64}(?:; ?[\w-]{1,32}=[\w.+"-]{1,64}){0,4}$/u
  return shape.test(mimeType) ? mimeType : 'application/octet-stream'
}

/** RFC 6266: plain letters for old clients, the true name beside it. */
function dispositionOf(way: 'inline' | 'attachment', fileName: string | undefined): string {
  if (!fileName) return way
  const name = fileName.slice(0, 200).replace(/\p{Surrogate}/gu, '_')
  const plain = name.replace(/[^\w. -]/gu, '_')
  const encoded = encodeURIComponent(name).replace(
    /['()*]/gu,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `${way}; filename="${plain}"; filename*=UTF-8''${encoded}`
}
