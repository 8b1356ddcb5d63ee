/**
 * How the body of a call is read: JSON within the limit of its route, counted
 * while it arrives. Replaces the parsers of Fastify.
 */

import { isUtf8 } from 'node:buffer'
import type { Readable } from 'node:stream'
import { finished } from 'node:stream/promises'
import type {
  FastifyInstance,
  FastifyReply,
  FastifyRequest,
  FastifySchema,
  preParsingHookHandler,
} from 'fastify'
import { addressForLimits } from '../runtime/address.js'
import {
  type BodyClass,
  type BodyLimit,
  bodyLimits,
  sizeInWords,
  smallBodyBytes,
} from './body-limits.js'
import { BodyRefusedError } from './body-refused.js'
import { BodyMemory, type TakenMemory } from './body-memory.js'
import { brokenTextOf } from './broken-text.js'
import type { FileIntake, IncomingFile } from './file-intake.js'
import { JsonReader } from './json-reader.js'

declare module 'fastify' {
  interface FastifyRequest {
    /** Of its route. */
    bodyLimit: BodyLimit
    /** Set where the body may be a large one. */
    bodyMemory: TakenMemory | undefined
  }
}

type Parse = (text: string) => unknown

/**
 * Call it before the first route is registered.
 * @param maxBytesInMemory of all large bodies at once
 * @param files takes those that are too large for the memory
 */
export function acceptBodies(
  app: FastifyInstance,
  maxBytesInMemory: number,
  files?: FileIntake,
): void {
  const room = new BodyMemory(maxBytesInMemory)
  const parseWith = app.getDefaultJsonParser('error', 'error')
  app.decorateRequest('bodyLimit')
  app.decorateRequest('bodyMemory', undefined)
  app.addHook('onRoute', (route) => {
    const limit = limitOf(route.schema)
    const check: preParsingHookHandler = (request, reply, _payload, done) => {
      request.bodyLimit = limit
      done(refusalByHeaders(room, request, reply))
    }
    route.preParsing = [check, ...[route.preParsing ?? []].flat()]
  })
  app.removeAllContentTypeParsers()
  // Without a promise: small calls come by the hundred a second.
  app.addContentTypeParser('*', (request: FastifyRequest, payload: Readable, done) => {
    const body = new IncomingBody(request, (text) => parse(text, parseWith, request), files)
    collect(payload, body, done)
  })
}

function parse(
  text: string,
  parseWith: ReturnType<FastifyInstance['getDefaultJsonParser']>,
  request: FastifyRequest,
): unknown {
  let value: unknown
  // It calls back at once, though its type allows a promise too.
  void parseWith(request, text, (error, parsed: unknown) => {
    if (error !== null) throw error
    value = parsed
  })
  const problem = brokenTextOf(text, value)
  if (problem !== undefined) throw new BodyRefusedError(400, problem)
  return value
}

/** What the headers alone say against the body: then it is not read. */
function refusalByHeaders(
  room: BodyMemory,
  request: FastifyRequest,
  reply: FastifyReply,
): BodyRefusedError | undefined {
  const { headers } = request
  const announced = announcedBytesOf(request)
  if (announced === 0) {
    // Some clients say of every call that it carries JSON or a form.
    delete headers['content-type']
    return undefined
  }
  const coding = headers['content-encoding']
  if (coding !== undefined && coding !== 'identity')
    return new BodyRefusedError(415, 'Unsupported Content-Encoding: send the body as it is')
  const { maxBytes } = request.bodyLimit
  if (announced !== undefined && announced > maxBytes) return tooLarge(maxBytes)
  if (Math.min(announced ?? maxBytes, maxBytes) <= smallBodyBytes) return undefined
  try {
    request.bodyMemory = enter(room, request, reply, inMemory(announced))
    return undefined
  } catch (cause) {
    if (cause instanceof BodyRefusedError) return cause
    throw cause
  }
}

/** Of a body: more of it is stored while it arrives. */
const mostBytesInMemory = bodyLimits.file.maxBytes

function inMemory(announced: number | undefined): number | undefined {
  return announced === undefined ? undefined : Math.min(announced, mostBytesInMemory)
}

function enter(
  room: BodyMemory,
  request: FastifyRequest,
  reply: FastifyReply,
  announced = 0,
): TakenMemory {
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
  readonly #parse: Parse
  readonly #announced: number | undefined
  readonly #openFile: (() => IncomingFile) | undefined
  #bytes = 0
  #chunks: Buffer[] = []
  /** Once it is a large one. */
  #reader: JsonReader | undefined

  constructor(request: FastifyRequest, parseText: Parse, files: FileIntake | undefined) {
    const { instance } = request
    if (files !== undefined && instance !== undefined)
      this.#openFile = () => files.open(instance.id)
    this.#request = request
    this.#parse = parseText
    this.#announced = announcedBytesOf(request)
  }

  /** Throws `BodyRefusedError`. */
  add(chunk: Buffer): void {
    if (this.#bytes === 0) checkType(this.#request.headers['content-type'])
    this.#bytes += chunk.length
    const { bodyLimit } = this.#request
    const { maxBytes } = bodyLimit
    if (this.#bytes > maxBytes) throw tooLarge(maxBytes)
    if (this.#reader !== undefined) return this.#addLarge(this.#reader, chunk)
    this.#chunks.push(chunk)
    if (this.#bytes <= smallBodyBytes) return
    this.#reader = new JsonReader(bodyLimit, this.#openFile)
    for (const each of this.#chunks.splice(0)) this.#addLarge(this.#reader, each)
  }

  /** See `JsonReader`. */
  backlog(): Promise<void> | undefined {
    return this.#reader?.backlog()
  }

  /** `undefined` where there are none. */
  storeFiles(): Promise<void> | undefined {
    return this.#reader?.hasStoredFiles ? this.#reader.storeFiles() : undefined
  }

  discardFiles(): void {
    void this.#reader?.discardFiles()
  }

  get isLarge(): boolean {
    return this.#reader !== undefined
  }

  /** `undefined` for an empty body. Throws `BodyRefusedError`, and what the parser throws. */
  end(): unknown {
    if (this.#announced !== undefined && this.#bytes !== this.#announced)
      throw new BodyRefusedError(400, 'Request body does not have the announced length')
    if (this.#bytes === 0) return undefined
    const charset = charsetOf(this.#request.headers['content-type'])
    const parseBytes = (bytes: Buffer) => this.#parse(decode(bytes, charset))
    if (this.#reader !== undefined) return this.#reader.end(parseBytes)
    const [first, ...others] = this.#chunks
    if (first !== undefined && others.length === 0) return parseBytes(first)
    return parseBytes(Buffer.concat(this.#chunks))
  }

  #addLarge(reader: JsonReader, chunk: Buffer): void {
    if (this.#announced === undefined && this.#bytes <= mostBytesInMemory)
      this.#request.bodyMemory?.more(chunk.length)
    reader.push(chunk)
  }
}

type Done = (error: Error | null, body?: unknown) => void

/** Reads to the end. When a chunk is refused, what still comes is read and dropped. */
function collect(payload: Readable, body: IncomingBody, done: Done): void {
  const settle: Done = (error, value) => {
    payload.off('data', onData).off('end', onEnd).off('error', settle)
    if (error !== null) body.discardFiles()
    payload.resume()
    // What the call does with a large body comes after a turn of others.
    if (body.isLarge) setImmediate(done, error, value)
    else done(error, value)
  }
  const onData = (chunk: Buffer): void => {
    const refusal = errorOf(() => body.add(chunk))
    if (refusal !== undefined) return settle(refusal)
    const backlog = body.backlog()
    if (backlog === undefined) return
    payload.pause()
    backlog.then(() => payload.resume(), settle)
  }
  const finish = (): void => {
    let value: unknown
    const refusal = errorOf(() => {
      value = body.end()
    })
    if (refusal === undefined) settle(null, value)
    else settle(refusal)
  }
  const onEnd = (): void => {
    const storing = body.storeFiles()
    if (storing === undefined) finish()
    else storing.then(finish, settle)
  }
  payload.on('data', onData).on('end', onEnd).on('error', settle)
  payload.resume()
}

function errorOf(act: () => void): Error | undefined {
  try {
    act()
    return undefined
  } catch (cause) {
    return cause instanceof Error ? cause : new Error('the body cannot be read', { cause })
  }
}

function limitOf(schema: FastifySchema | undefined): BodyLimit {
  const takes: BodyClass | undefined = Reflect.get(Object(schema), 'x-takes')
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

const plainType = 'application/json'

function checkType(contentType: string | undefined): void {
  if (contentType === plainType) return
  if (!/^\s*application\/json\s*(;|$)/iu.test(contentType ?? ''))
    throw new BodyRefusedError(415, 'Unsupported Content-Type: send application/json')
}

const westernCharsets = ['iso-8859-1', 'latin1', 'windows-1252']
const unicodeCharsets = ['utf-8', 'utf8', 'us-ascii', 'ascii']

function charsetOf(contentType: string | undefined): 'utf-8' | 'windows-1252' {
  if (contentType === plainType) return 'utf-8'
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
