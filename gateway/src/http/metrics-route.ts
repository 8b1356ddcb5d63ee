/**
 * `GET /metrics`, for Prometheus.
 *
 * The figures name no person, but they tell how much business an operator does. So
 * the port that the whole world may reach shows them to a bearer token only.
 */

import type { FastifyPluginAsync } from 'fastify'
import { Type } from 'typebox'
import { bearerOf } from './bearer.js'
import { replyWithError } from './error-reply.js'
import { operation } from './operation.js'

export interface MetricsRouteOptions {
  readonly figures: {
    readonly contentType: string
    /** A rejection means that they cannot be read at this moment. */
    text(): Promise<string>
  }
  /** In constant time. */
  readonly mayRead: (token: string) => boolean
}

const metrics = operation({
  tag: 'operator',
  summary: 'Gives the figures for Prometheus.',
  description:
    'docs/operator-reference.md explains each of them. They name no person and no instance.',
  contentType: 'text/plain',
  answer: Type.String({
    description: 'The text format of Prometheus.',
    examples: ['recado_messages_waiting 0'],
  }),
})

/** A Fastify plugin: `app.register(metricsRoute(options))`. */
export function metricsRoute({ figures, mayRead }: MetricsRouteOptions): FastifyPluginAsync {
  return async (app) => {
    app.get('/metrics', { schema: metrics }, async (request, reply) => {
      const token = bearerOf(request)
      if (token === undefined || !mayRead(token)) {
        reply.header('www-authenticate', 'Bearer')
        replyWithError(reply, 401, 'Send Authorization: Bearer with the metrics or partner token')
        return reply
      }
      return reply.type(figures.contentType).send(await figures.text())
    })
  }
}
