/** Tells which calls of programs were answered 4xx. */

import type { FastifyInstance, FastifyRequest } from 'fastify'
import { isInstanceId } from '../domain/instance.js'

export interface NotedRefusal {
  readonly instanceId: string | undefined
  readonly isIdentified: boolean
  readonly method: string
  readonly route: string
  readonly statusCode: number
  readonly cause: string
  readonly requestId: string
  readonly address: string
}

/** Pages of the console show their refusals themselves. */
const console = '/console'
const longestAnswer = 4_096

/** Call it before the routes are registered. `note` must not throw, and costs every refused call its time. */
export function noteRefusals(app: FastifyInstance, note: (call: NotedRefusal) => void): void {
  app.addHook('onSend', (request, reply, payload, done) => {
    const { statusCode } = reply
    if (statusCode >= 400 && statusCode < 500 && !request.url.startsWith(console))
      note({ ...whose(request), ...described(request), statusCode, cause: causeIn(payload) })
    done(null, payload)
  })
}

function whose(request: FastifyRequest) {
  // A path that is no route has no parameters.
  const [, named = ''] = /^\/instances\/(\w+)\//u.exec(request.url) ?? []
  const instanceId = isInstanceId(named) ? named : undefined
  return {
    instanceId: request.instance?.id ?? instanceId,
    isIdentified: request.instance !== undefined,
  }
}

function described(request: FastifyRequest) {
  return {
    method: request.method,
    route: request.is404 ? 'unknown' : (request.routeOptions.url ?? 'unknown'),
    requestId: request.id,
    address: request.address,
  }
}

function causeIn(payload: unknown): string {
  if (typeof payload !== 'string' || payload.length > longestAnswer) return ''
  try {
    const answer: unknown = JSON.parse(payload)
    if (typeof answer === 'string') return answer
    const { message, error }: { message?: unknown; error?: unknown } = Object(answer)
    const cause = message ?? error
    return typeof cause === 'string' ? cause : ''
  } catch {
    return ''
  }
}
