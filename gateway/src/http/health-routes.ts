/** Whether the gateway lives and can serve, for a load balancer. */

import type { FastifyPluginAsync } from 'fastify'
import { Type } from 'typebox'
import { GatewayError } from '../domain/errors.js'
import { operation } from './operation.js'

const ok = Type.Object(
  { status: Type.Literal('ok', { description: 'Always ok.' }) },
  { description: 'It does.', examples: [{ status: 'ok' }] },
)

const live = operation({
  tag: 'health',
  summary: 'Tells that the process lives.',
  description: 'Asks nothing else of it. For a supervisor that restarts what hangs.',
  answer: ok,
})

const ready = operation({
  tag: 'health',
  summary: 'Tells that calls can be served.',
  description:
    'A send would be stored: the database takes a write, and the disk has room. For a load balancer.',
  answer: ok,
  refusals: { 503: 'Not now: send calls elsewhere, or later.' },
})

/** @param checkReady rejects when calls cannot be served; the message of a `GatewayError` is told */
export function healthRoutes(checkReady: () => Promise<void>): FastifyPluginAsync {
  return async (app) => {
    app.route({
      method: ['GET', 'HEAD'],
      url: '/health/live',
      schema: live,
      handler: async () => ({ status: 'ok' }),
    })
    app.route({
      method: ['GET', 'HEAD'],
      url: '/health/ready',
      schema: ready,
      handler: async (_request, reply) => {
        try {
          await checkReady()
          return { status: 'ok' }
        } catch (cause) {
          const why = cause instanceof GatewayError ? `: ${cause.message}` : ''
          return reply.code(503).send({ error: `Not ready${why}` })
        }
      },
    })
  }
}
