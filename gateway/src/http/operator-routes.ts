/**
 * What the operator's own commands ask of a running gateway: `recado backup`
 * and `recado doctor`. The database is locked to this process, so they can not
 * look for themselves.
 */

import { Readable } from 'node:stream'
import type { FastifyPluginAsync } from 'fastify'
import { bearerOf } from './bearer.js'
import { replyWithError } from './error-reply.js'

export interface OperatorRoutesOptions {
  /** In constant time. */
  readonly mayOperate: (token: string) => boolean
  /** Lines of JSON: everything that is stored, at one moment. */
  readonly dump: () => AsyncIterable<string>
  readonly report: () => Promise<object>
}

/** A Fastify plugin: `app.register(operatorRoutes(options))`. */
export function operatorRoutes(options: OperatorRoutesOptions): FastifyPluginAsync {
  const { mayOperate, dump, report } = options
  return async (app) => {
    app.addHook('onRequest', async (request, reply) => {
      const token = bearerOf(request)
      if (token !== undefined && mayOperate(token)) return
      reply.header('www-authenticate', 'Bearer')
      replyWithError(reply, 401, 'Only commands on the data of this gateway may ask for this')
      return reply
    })
    app.get('/operator/report', report)
    app.get('/operator/backup', async (_request, reply) =>
      // Not in object mode, so that the reader's pace counts in bytes.
      reply.type('application/x-ndjson').send(Readable.from(dump(), { objectMode: false })),
    )
  }
}
