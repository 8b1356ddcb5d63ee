/**
 * The door, for any dialect: limits, request ids, the log line, health, and
 * the answers that are the same everywhere (404, 405, 413, 415, 500).
 *
 * A dialect is a Fastify plugin. It authenticates in `onRequest`, before the
 * body is read, sets `request.instance`, and turns its domain errors into
 * answers in an error handler of its own; what that does not know ends here.
 */

import { randomUUID } from 'node:crypto'
import type { Socket } from 'node:net'
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
import { boundConnections } from './connection-limit.js'
import { explainHttpError, replyWithError } from './error-reply.js'
import { healthRoutes } from './health-routes.js'
import { createKnownPaths, type KnownPaths } from './known-paths.js'

declare module 'fastify' {
  interface FastifyRequest {
    /** Whose call it is, once the dialect has authenticated it. */
    instance: Instance | undefined
    /** Of the caller, in its canonical form (`runtime/address.ts`). Use it in place of `ip`. */
    address: string
  }
}

export interface ServerOptions {
  readonly log: Log
  /** Whether calls can be served, for a load balancer. A rejection counts as no. */
  readonly isReady: () => Promise<boolean>
  /** How long `close()` lets calls finish before it cuts them off. */
  readonly closeGraceMs?: number
  /** CIDRs of proxies whose `X-Forwarded-For` is believed. Nobody's unless named. */
  readonly trustedProxies?: readonly string[]
  /** How many connections may be open; what comes after is closed at once. */
  readonly maxConnections?: number
  /** What `/docs` shows beside the routes; no such page without it. */
  readonly api?: ApiDescription | undefined
}

/** An image of 5 MB in base64 with room for the rest. */
export const maxBodyBytes = 8 * 1024 * 1024

/** What a client gets to send its head, its whole request, and its next one. */
const headersTimeoutMs = 20_000
const requestTimeoutMs = 60_000
const keepAliveTimeoutMs = 72_000
/** A socket on which nothing moves. Longer than any handler waits for WhatsApp. */
const idleSocketTimeoutMs = 120_000
/** After so many calls a client connects anew, so that none of them stays with one of two gateways for ever. */
const maxRequestsPerSocket = 10_000
/** When to try again what the database could not take. */
const storeRetrySeconds = 5

/** Less than what the process gives itself to end, so that the rooms behind are still closed in order. */
const defaultCloseGraceMs = 5_000

/** Builds the server without listening. `close()` lets the calls in flight finish, within bounds. */
export function createServer({
  log,
  isReady,
  closeGraceMs = defaultCloseGraceMs,
  trustedProxies = [],
  maxConnections,
  api,
}: ServerOptions): FastifyInstance {
  const app = fastify({
    bodyLimit: maxBodyBytes,
    requestTimeout: requestTimeoutMs,
    keepAliveTimeout: keepAliveTimeoutMs,
    connectionTimeout: idleSocketTimeoutMs,
    maxRequestsPerSocket,
    trustProxy: trustedProxies.length === 0 ? false : createCallerRule(trustedProxies),
    http: { headersTimeout: headersTimeoutMs },
    routerOptions: { maxParamLength: 500 },
    // HEAD would run the handler of a GET, and some of Z-API's GETs act.
    exposeHeadRoutes: false,
    genReqId: () => randomUUID(),
    ajv: {
      customOptions: { coerceTypes: false, removeAdditional: false, allowUnionTypes: true },
    },
    clientErrorHandler: answerClientError,
    frameworkErrors: (error, _request, reply) => {
      const { statusCode, text } = explainHttpError(error) ?? {
        statusCode: 400,
        text: 'Bad request',
      }
      replyWithError(reply, statusCode, text)
    },
  })
  app.removeContentTypeParser('text/plain')
  app.decorateRequest('instance', undefined)
  app.decorateRequest('address', unknownAddress)

  const paths = createKnownPaths()
  app.addHook('onRoute', ({ url, method }) => paths.remember(url, [method].flat()))
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id)
    request.address = canonicalAddress(request.ip)
    // Answered here, so that the body of a call to nowhere is not read.
    if (request.is404) return answerUnknown(paths, request, reply)
  })
  app.addHook('preParsing', async (request, reply) => {
    const coding = request.headers['content-encoding']
    if (coding !== undefined && coding !== 'identity')
      replyWithError(reply, 415, 'Unsupported Content-Encoding: send the body as it is')
  })
  app.addHook('onResponse', async (request, reply) => logAnswer(log, request, reply))
  app.setErrorHandler<FastifyError>((error, request, reply) =>
    answerError(log, error, request, reply),
  )
  // Schemas of answers only tell: an attribute that one forgot must not be lost.
  app.setSerializerCompiler(() => (answer) => JSON.stringify(answer))
  if (api !== undefined) addApiDocs(app, api)
  app.register(healthRoutes(isReady))
  boundClosing(app, closeGraceMs)
  if (maxConnections !== undefined) boundConnections(app, maxConnections, log)
  return app
}

/** A client that sends its body slowly, or never, must not keep the gateway from ending. */
function boundClosing(app: FastifyInstance, closeGraceMs: number): void {
  let timer: NodeJS.Timeout | undefined
  app.addHook('preClose', async () => {
    timer = setTimeout(() => app.server.closeAllConnections(), closeGraceMs)
  })
  app.addHook('onClose', async () => clearTimeout(timer))
}

function answerUnknown(
  paths: KnownPaths,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const [path = ''] = request.url.split('?', 1)
  const methods = paths.methodsOf(path)
  if (methods.length === 0)
    return reply.code(404).send({
      error: 'NOT_FOUND',
      message: 'Unable to find matching target resource method',
    })
  reply.header('allow', [...methods, 'OPTIONS'].join(', '))
  if (request.method === 'OPTIONS') return reply.code(204).send()
  return reply.code(405).send({ error: `Method ${request.method} not allowed` })
}

function answerError(
  log: Log,
  error: FastifyError,
  request: FastifyRequest,
  reply: FastifyReply,
): void {
  const known = explainHttpError(error)
  if (known !== undefined) return replyWithError(reply, known.statusCode, known.text)
  const call = {
    requestId: request.id,
    instanceId: request.instance?.id,
    route: request.routeOptions.url,
    method: request.method,
    cause: error,
  }
  if (error instanceof StoreUnavailableError) {
    log.warn('store-unavailable', call)
    reply.header('retry-after', storeRetrySeconds)
    return replyWithError(reply, 503, error.message)
  }
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

/** For bytes that never became a request, so there is no reply to answer with. */
function answerClientError(error: Error & { code?: string }, socket: Socket): void {
  if (!socket.writable || error.code === 'ECONNRESET') {
    socket.destroy()
    return
  }
  const [status, text] = clientErrors[error.code ?? ''] ?? ['400 Bad Request', 'Malformed request']
  const body = JSON.stringify({ error: text })
  socket.end(
    `HTTP/1.1 ${status}\r\nContent-Type: application/json; charset=utf-8\r\n` +
      `Content-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  )
}

const clientErrors: Readonly<Record<string, readonly [string, string]>> = {
  HPE_HEADER_OVERFLOW: ['431 Request Header Fields Too Large', 'Request headers are too large'],
  ERR_HTTP_REQUEST_TIMEOUT: ['408 Request Timeout', 'The request took too long to arrive'],
}
