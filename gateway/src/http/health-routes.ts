/** Whether the gateway lives and can serve, for a load balancer. */

import type { FastifyPluginAsync } from 'fastify'
import { Type } from 'typebox'
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
  description: 'The database answers. For a load balancer.',
  answer: ok,
  refusals: { 503: 'Not now: send calls elsewhere, or later.' },
})

/** A rejection of `isReady` counts as no. */
export function healthRoutes(isReady: () => Promise<boolean>): FastifyPluginAsync {
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
        if (await isReady().catch(() => false)) return { status: 'ok' }
        return reply.code(503).send({ error: 'Not ready' })
      },
    })
  }
}
