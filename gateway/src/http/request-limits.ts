/**
 * How often a caller may call: per instance and address in general, and much
 * less often with a token that is not right, so that tokens cannot be tried out.
 *
 * Counted before anything else is looked at. The refusals of an address close
 * its right tokens too until they are a minute old: a guesser must
 * not learn which of the guesses was right.
 */

import rateLimit from '@fastify/rate-limit'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { addressForLimits } from '../runtime/address.js'
import { replyWithError } from './error-reply.js'

export interface RequestLimits {
  /** Of one instance from one address; of one address where a path names no instance. 0: no limit. */
  readonly requestsPerMinute: number
  /** Of one address with tokens that are not accepted. 0: no limit. */
  readonly refusalsPerMinute: number
}

const windowMs = 60_000
/** So many instances and addresses are counted; the least recent are forgotten. */
const mostCounted = 50_000

type Count = (
  request: FastifyRequest,
  options?: { readonly increment?: boolean },
) => Promise<{
  readonly remaining: number
  readonly ttlInSeconds: number
  readonly isExceeded: boolean
}>

/** Await it before the first route is registered. */
export async function limitRequests(app: FastifyInstance, limits: RequestLimits): Promise<void> {
  const { requestsPerMinute, refusalsPerMinute } = limits
  if (requestsPerMinute === 0 && refusalsPerMinute === 0) return
  await app.register(rateLimit, { global: false, cache: mostCounted, timeWindow: windowMs })
  if (refusalsPerMinute > 0) limitRefusals(app, refusalsPerMinute)
  if (requestsPerMinute > 0) limitCalls(app, requestsPerMinute)
}

function limitRefusals(app: FastifyInstance, max: number): void {
  const count = counter(app, max, ({ address }) => addressForLimits(address))
  app.addHook('onRequest', async (request, reply) => {
    if (isHealth(request)) return undefined
    const { remaining, ttlInSeconds } = await count(request, { increment: false })
    if (remaining > 0) return undefined
    return refuse(reply, ttlInSeconds, 'Too many calls with a wrong token')
  })
  app.addHook('onSend', async (request, reply) => {
    if (isRefusal(request, reply)) await count(request)
  })
}

function limitCalls(app: FastifyInstance, max: number): void {
  const count = counter(
    app,
    max,
    (request) => `${instanceIn(request)} ${addressForLimits(request.address)}`,
  )
  app.addHook('onRequest', async (request, reply) => {
    if (isHealth(request)) return undefined
    const { isExceeded, ttlInSeconds } = await count(request)
    return isExceeded ? refuse(reply, ttlInSeconds, 'Too many requests') : undefined
  })
}

function counter(
  app: FastifyInstance,
  max: number,
  key: (request: FastifyRequest) => string,
): Count {
  const limit = app.createRateLimit({ max, timeWindow: windowMs, keyGenerator: key })
  return async (request, options) => {
    const counted = await limit(request, options)
    if (counted.isAllowed) throw new Error('no caller is exempt from the limits')
    return counted
  }
}

function refuse(reply: FastifyReply, seconds: number, text: string): FastifyReply {
  const retryAfter = Math.max(1, seconds)
  reply.header('retry-after', retryAfter)
  replyWithError(reply, 429, `${text}. Try again in ${retryAfter} seconds.`)
  return reply
}

/** Whether the caller was refused because of its tokens. 404 is the answer to a wrong instance token. */
function isRefusal(request: FastifyRequest, { statusCode }: FastifyReply): boolean {
  if (request.instance !== undefined || request.isKnown || request.is404) return false
  if (statusCode === 401 || statusCode === 403) return true
  return statusCode === 404 && instanceIn(request) !== ''
}

function instanceIn({ params }: FastifyRequest): string {
  if (typeof params !== 'object' || params === null) return ''
  const id: unknown = Reflect.get(params, 'instanceId')
  return typeof id === 'string' ? id : ''
}

/** A load balancer asks often, and the answer tells nothing. */
function isHealth({ routeOptions }: FastifyRequest): boolean {
  return routeOptions.url?.startsWith('/health/') ?? false
}
