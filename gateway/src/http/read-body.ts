/**
 * How the body of a call is read: JSON within the limit of its route, counted
 * while it arrives. Replaces the parsers of Fastify.
 */

import { isUtf8 } from 'node:buffer'
import type { Readable } from 'node:stream'
import { finished } from 'node:stream/promises'
import { setImmediate } from 'node:timers/promises'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { addressForLimits } from '../runtime/address.js'
import {
  type BodyClass,
  type BodyLimit,
  bodyLimits,
  sizeInWords,
  smallBodyBytes,
} from './body-limits.js'
import { BodyRefusedError } from './body-refused.js'
import { BodyRoom, type TakenRoom } from './body-room.js'
import { brokenTextOf } from './broken-text.js'
import { JsonReader } from './json-reader.js'

declare module 'fastify' {
  interface FastifyRequest {
    /** Set where the body may be a large one. */
    bodyRoom: TakenRoom | undefined
  }
}

type Parse = (text: string) => unknown

/**
 * Call it before the first route is registered.
 * @param maxBytesInMemory of all large bodies at once
 */
export function acceptBodies(app: FastifyInstance, maxBytesInMemory: number): void {
  const room = new BodyRoom(maxBytesInMemory)
  const parseWith = app.getDefaultJsonParser('error', 'error')
  app.removeAllContentTypeParsers()
  app.decorateRequest('bodyRoom', undefined)
  app.addHook('preParsing', async (request, reply) => checkHeaders(room, request, reply))
  app.addContentTypeParser('*', async (request: FastifyRequest, payload: Readable) => {
    const body = new IncomingBody(request)
    await collect(payload, (chunk) => body.add(chunk))
    const read = body.end((text) => {
      let value: unknown
      // It calls back at once, though its type allows a promise too.
      void parseWith(request, text, (error, parsed: unknown) => {
        if (error !== null) throw error
        value = parsed
      })
      const problem = brokenTextOf(text, value)
      if (problem !== undefined) throw new BodyRefusedError(400, problem)
      return value
    })
    // What the call does with a large body comes after a turn of others.
    if (body.isLarge) await setImmediate()
    return read
  })
}

/** Refuses by the headers alone what must not be read. */
function checkHeaders(room: BodyRoom, request: FastifyRequest, reply: FastifyReply): void {
  const { headers } = request
  const announced = announcedBytesOf(request)
  if (announced === 0) {
    // Some clients say of every call that it carries JSON or a form.
    delete headers['content-type']
    return
  }
  const coding = headers['content-encoding']
  if (coding !== undefined && coding !== 'identity')
    throw new BodyRefusedError(415, 'Unsupported Content-Encoding: send the body as it is')
  const { maxBytes } = limitOf(request)
  if (announced !== undefined && announced > maxBytes) throw tooLarge(maxBytes)
  if (Math.min(announced ?? maxBytes, maxBytes) > smallBodyBytes)
    request.bodyRoom = enter(room, request, reply, announced)
}

function enter(
  room: BodyRoom,
  request: FastifyRequest,
  reply: FastifyReply,
  announced = 0,
): TakenRoom {
  const taken = room.enter(callersOf(request))
  taken.more(announced)
  const giveBack = () => taken.giveBack()
  finished(reply.raw).then(giveBack, giveBack)
  return taken
}

/** Whose shares a large body counts for. */
function callersOf({ instance, address }: FastifyRequest): readonly string[] {
  const caller = `address ${addressForLimits(address)}`
  return instance === undefined ? [caller] : [`instance ${instance.id}`, caller]
}

class IncomingBody {
  readonly #request: FastifyRequest
  readonly #limit: BodyLimit
  readonly #announced: number | undefined
  #bytes = 0
  #chunks: Buffer[] = []
  /** Once it is a large one. */
  #reader: JsonReader | undefined

  constructor(request: FastifyRequest) {
    this.#request = request
    this.#limit = limitOf(request)
    this.#announced = announcedBytesOf(request)
  }

  /** Throws `BodyRefusedError`. */
  add(chunk: Buffer): void {
    if (this.#bytes === 0) checkType(this.#request.headers['content-type'])
    this.#bytes += chunk.length
    const { maxBytes } = this.#limit
    if (this.#bytes > maxBytes) throw tooLarge(maxBytes)
    if (this.#reader !== undefined) return this.#addLarge(this.#reader, chunk)
    this.#chunks.push(chunk)
    if (this.#bytes <= smallBodyBytes) return
    this.#reader = new JsonReader(this.#limit)
    for (const each of this.#chunks.splice(0)) this.#addLarge(this.#reader, each)
  }

  get isLarge(): boolean {
    return this.#reader !== undefined
  }

  /** `undefined` for an empty body. Throws `BodyRefusedError`, and what `parse` throws. */
  end(parse: Parse): unknown {
    if (this.#announced !== undefined && this.#bytes !== this.#announced)
      throw new BodyRefusedError(400, 'Request body does not have the announced length')
    if (this.#bytes === 0) return undefined
    const charset = charsetOf(this.#request.headers['content-type'])
    const parseBytes = (bytes: Buffer) => parse(decode(bytes, charset))
    if (this.#reader !== undefined) return this.#reader.end(parseBytes)
    return parseBytes(Buffer.concat(this.#chunks))
  }

  #addLarge(reader: JsonReader, chunk: Buffer): void {
    if (this.#announced === undefined) this.#request.bodyRoom?.more(chunk.length)
    reader.push(chunk)
  }
}

/** Gives each chunk to `add`. When that throws, what still comes is read and dropped. */
function collect(payload: Readable, add: (chunk: Buffer) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const settle = (settled: () => void): void => {
      payload.off('data', onData).off('end', onEnd).off('error', onError)
      settled()
    }
    const onData = (chunk: Buffer): void => {
      try {
        add(chunk)
      } catch (cause) {
        settle(() => reject(cause))
      }
    }
    const onEnd = () => settle(resolve)
    const onError = (cause: unknown) => settle(() => reject(cause))
    payload.on('data', onData).on('end', onEnd).on('error', onError)
    payload.resume()
  })
}

function limitOf({ routeOptions }: FastifyRequest): BodyLimit {
  const takes: BodyClass | undefined = Reflect.get(Object(routeOptions.schema), 'x-takes')
  return bodyLimits[takes ?? 'small']
}

/** `undefined` where the length is not announced. */
function announcedBytesOf({ headers }: FastifyRequest): number | undefined {
  if (headers['transfer-encoding'] !== undefined) return undefined
  return Number(headers['content-length'] ?? 0)
}

function tooLarge(maxBytes: number): BodyRefusedError {
  return new BodyRefusedError(
    413,
    `Request body is too large: at most ${sizeInWords(maxBytes)} for this call`,
  )
}

function checkType(contentType: string | undefined): void {
  if (!/^\s*application\/json\s*(;|$)/iu.test(contentType ?? ''))
    throw new BodyRefusedError(415, 'Unsupported Content-Type: send application/json')
}

const westernCharsets = ['iso-8859-1', 'latin1', 'windows-1252']
const unicodeCharsets = ['utf-8', 'utf8', 'us-ascii', 'ascii']

function charsetOf(contentType: string | undefined): 'utf-8' | 'windows-1252' {
  const [, charset = 'utf-8'] = /;\s*charset="?([^";\s]+)/iu.exec(contentType ?? '') ?? []
  if (unicodeCharsets.includes(charset.toLowerCase())) return 'utf-8'
  if (westernCharsets.includes(charset.toLowerCase())) return 'windows-1252'
  throw new BodyRefusedError(415, 'Unsupported charset in Content-Type: send UTF-8')
}

/** Bytes that are not of the charset would reach the phone as other characters. */
function decode(bytes: Buffer, charset: 'utf-8' | 'windows-1252'): string {
  if (charset !== 'utf-8') return new TextDecoder(charset).decode(bytes)
  if (isUtf8(bytes)) return bytes.toString('utf8')
  throw new BodyRefusedError(
    400,
    'Request body is not valid UTF-8: send UTF-8, or name its charset in Content-Type',
  )
}
