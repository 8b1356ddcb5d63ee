/**
 * The HTTP server, for any dialect: limits, request ids, the log line, health, and
 * the answers that are the same everywhere (404, 405, 413, 415, 500).
 *
 * A dialect is a Fastify plugin. It authenticates in `onRequest`, before the
 * body is read, sets `request.instance`, and turns its domain errors into
 * answers in an error handler of its own; what that does not know ends here.
 */

import { ownKeywords } from './own-keywords.js'
import type { NodeLink } from './node-link.js'
import { randomUUID } from 'node:crypto'
import {
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  fastify,
} from 'fastify'
import { StoreUnavailableError } from '../domain/errors.js'
import type { Instance } from '../domain/instance.js'
import { canonicalAddress, unknownAddress } from '../runtime/address.js'
import { createCallerRule } from '../runtime/caller-rule.js'
import type { Log } from '../runtime/telemetry.js'
import { addApiDocs } from './api-docs.js'
import type { ApiDescription } from './api-document.js'
import { BodyRefusedError } from './body-refused.js'
import { boundConnections } from './connection-limit.js'
import { explainHttpError, isRefusal, replyWithError, replyWithRefusal } from './error-reply.js'
import { healthRoutes } from './health-routes.js'
import { joinEqualValues } from './headers.js'
import { buildValidator } from './lazy-validators.js'
import { createKnownPaths } from './known-paths.js'
import { answerBeforeRouting, answerClientError } from './raw-answers.js'
import type { FileIntake } from './file-intake.js'
import { type NotedRefusal, noteRefusals } from './note-refusals.js'
import { acceptBodies } from './read-body.js'
import { answerUnknown, canonicalUrl, noRouteNames, type RouteNames } from './route-forms.js'

declare module 'fastify' {
  interface FastifyRequest {
    /** Whose call it is, once the dialect has authenticated it. */
    instance: Instance | undefined
    /** The caller is known, so a refusal is not about a wrong token. */
    isKnown: boolean
    /** Of the caller, in its canonical form (`runtime/address.ts`). Use it in place of `ip`. */
    address: string
  }
}

export interface ServerOptions {
  readonly log: Log
  /** Rejects when calls cannot be served, for a load balancer. They always can unless given. */
  readonly checkReady?: () => Promise<void>
  /** How long `close()` lets calls finish before it cuts them off. */
  readonly closeGraceMs?: number
  /** CIDRs of proxies whose `X-Forwarded-For` is believed. None unless named. */
  readonly trustedProxies?: readonly string[]
  /** How many connections may be open; what comes after is closed at once. */
  readonly maxConnections?: number
  /** The same of one address, other than of trusted proxies. */
  readonly maxConnectionsPerAddress?: number
  /** Of all bodies above 16 KiB that are read or worked on at the same moment. */
  readonly maxBodyBytesInMemory?: number
  /** What a client gets to send the head of a request, and the whole of it. */
  readonly headersTimeoutMs?: number
  readonly requestTimeoutMs?: number
  /** Takes the files of bodies that are too large for the memory; they are refused without it. */
  readonly files?: FileIntake
  /** Is told of each call of a program that was answered 4xx. */
  readonly refused?: (call: NotedRefusal) => void
  /** Between the nodes of one database. Unset for a gateway alone. */
  readonly nodeLink?: NodeLink | undefined
  /** How callers of the dialect name its routes. */
  readonly names?: RouteNames
  /** What `/docs` shows beside the routes; no such page without it. */
  readonly api?: ApiDescription | undefined
}

const defaultHeadersTimeoutMs = 20_000
const defaultRequestTimeoutMs = 60_000
/** How often Node looks for clients that take longer. Its default, 30 s, is longer than the time-out itself. */
const timeoutsCheckedEveryMs = 1_000
/** What a client gets to send its next request. */
const keepAliveTimeoutMs = 72_000
/** A socket on which nothing moves. Longer than any handler waits for WhatsApp. */
const idleSocketTimeoutMs = 120_000
/** After so many calls a client must open a new connection, so that none stays with one of two gateways for ever. */
const maxRequestsPerSocket = 10_000
/** When to try again what the database could not take, or what came in at the end of the process. */
const retrySeconds = 5
const defaultBodyBytesInMemory = 64 * 1_024 * 1_024

/** Less than what the process gives itself to end, so that the modules behind are still closed in order. */
const defaultCloseGraceMs = 5_000

/** Builds the server without listening. `close()` lets the calls in flight finish, within bounds. */
export function createServer(options: ServerOptions): FastifyInstance {
  const {
    log,
    checkReady = async () => undefined,
    api,
    names = noRouteNames,
    maxBodyBytesInMemory,
    nodeLink,
  } = options
  const app = newServer(options)
  app.decorateRequest('instance', undefined)
  app.decorateRequest('isKnown', false)
  app.decorateRequest('address', unknownAddress)
  app.decorateRequest('isHandedOn', false)
  nodeLink?.attachTo(app)

  const paths = createKnownPaths()
  app.addHook('onRoute', ({ url, method }) => paths.remember(url, [method].flat()))
  const isClosing = boundClosing(app, options.closeGraceMs ?? defaultCloseGraceMs)
  // Without a promise: it is there for every call.
  app.addHook('onRequest', (request, reply, done) => {
    reply.header('x-request-id', request.id)
    const handedOnFor = nodeLink?.callerOf(request.raw, request.originalUrl)
    request.isHandedOn = handedOnFor !== undefined
    request.address = handedOnFor ?? canonicalAddress(request.ip)
    joinEqualValues(request.headers)
    const refusal = isClosing() ? closing : problemOf(request)
    if (refusal !== undefined) {
      if (refusal === closing) reply.header('retry-after', retrySeconds)
      return replyWithError(reply, refusal.statusCode, refusal.text)
    }
    // Answered here, so that the body of a call to nowhere is not read.
    if (request.is404) return void answerUnknown({ paths, names }, request, reply)
    return done()
  })
  if (options.refused !== undefined) noteRefusals(app, options.refused)
  acceptBodies(app, maxBodyBytesInMemory ?? defaultBodyBytesInMemory, options.files)
  app.addHook('onResponse', async (request, reply) => logAnswer(log, request, reply))
  app.setErrorHandler<FastifyError>((error, request, reply) =>
    answerError(log, error, request, reply),
  )
  // Schemas of answers only tell: an attribute that one forgot must not be lost.
  app.setSerializerCompiler(() => (answer) => JSON.stringify(answer))
  if (api !== undefined) addApiDocs(app, api)
  app.register(healthRoutes(checkReady))
  answerBeforeRouting(app.server)
  boundConnections(app.server, options)
  return app
}

const closing = {
  statusCode: 503,
  text: 'The gateway is shutting down. Send this again in a few seconds.',
}

/** What is wrong with the head of any call. */
function problemOf({ raw, headers, url }: FastifyRequest) {
  if (raw.httpVersion === '1.1' && headers.host === undefined)
    return { statusCode: 400, text: 'The header Host is missing' }
  if (url.includes('%00'))
    return { statusCode: 400, text: 'The URL must not hold a NUL character (%00)' }
  return undefined
}

function newServer({
  trustedProxies = [],
  names = noRouteNames,
  headersTimeoutMs = defaultHeadersTimeoutMs,
  requestTimeoutMs = defaultRequestTimeoutMs,
}: ServerOptions): FastifyInstance {
  return fastify({
    requestTimeout: requestTimeoutMs,
    keepAliveTimeout: keepAliveTimeoutMs,
    connectionTimeout: idleSocketTimeoutMs,
    maxRequestsPerSocket,
    trustProxy: trustedProxies.length === 0 ? false : createCallerRule(trustedProxies),
    http: {
      headersTimeout: headersTimeoutMs,
      connectionsCheckingInterval: timeoutsCheckedEveryMs,
      // Node refuses such a request without a word of ours.
      requireHostHeader: false,
    },
    routerOptions: { maxParamLength: 500 },
    rewriteUrl: ({ url = '/' }) => canonicalUrl(url, names),
    // HEAD would run the handler of a GET, and some of Z-API's GETs act.
    exposeHeadRoutes: false,
    return503OnClosing: false,
    genReqId: () => randomUUID(),
    schemaController: { compilersFactory: { buildValidator } },
    ajv: {
      customOptions: {
        coerceTypes: false,
        removeAdditional: false,
        allowUnionTypes: true,
        keywords: ownKeywords,
      },
    },
    clientErrorHandler: answerClientError,
    frameworkErrors: (error, request, reply) => {
      reply.header('x-request-id', request.id)
      const { statusCode, text } = explainHttpError(error) ?? {
        statusCode: 400,
        text: 'Bad request',
      }
      replyWithError(reply, statusCode, text)
    },
  })
}

/**
 * A client that sends its body slowly, or never, must not keep the gateway from ending.
 * Gives whether the end has begun.
 */
function boundClosing(app: FastifyInstance, closeGraceMs: number): () => boolean {
  let timer: NodeJS.Timeout | undefined
  let hasBegun = false
  app.addHook('preClose', async () => {
    hasBegun = true
    timer = setTimeout(() => app.server.closeAllConnections(), closeGraceMs)
  })
  app.addHook('onClose', async () => clearTimeout(timer))
  return () => hasBegun
}

function answerError(
  log: Log,
  error: FastifyError,
  request: FastifyRequest,
  reply: FastifyReply,
): void {
  const known = isRefusal(error) ? undefined : explainHttpError(error)
  if (known !== undefined) {
    if (error instanceof BodyRefusedError && error.retryAfterSeconds !== undefined)
      reply.header('retry-after', error.retryAfterSeconds)
    const isEmpty = error.validationContext === 'body' && request.body === undefined
    const text = isEmpty ? 'Request body is empty: send a JSON object' : known.text
    return replyWithError(reply, known.statusCode, text)
  }
  const call = {
    requestId: request.id,
    instanceId: request.instance?.id,
    route: request.routeOptions.url,
    method: request.method,
    cause: error,
  }
  if (error instanceof StoreUnavailableError) log.warn('store-unavailable', call)
  if (isRefusal(error)) return replyWithRefusal(reply, error)
  log.error('http-bug', call)
  replyWithError(reply, 500, 'Internal error')
}

function logAnswer(log: Log, request: FastifyRequest, reply: FastifyReply): void {
  log.info('http-request', {
    requestId: request.id,
    instanceId: request.instance?.id,
    // The pattern: tokens and phone numbers stand in the URL.
    route: request.is404 ? 'unknown' : request.routeOptions.url,
    method: request.method,
    statusCode: reply.statusCode,
    durationMs: Math.round(reply.elapsedTime),
  })
}
