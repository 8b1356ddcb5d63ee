/** Makes Fastify routes of endpoints. */

import type { FastifyInstance, FastifyReply } from 'fastify'
import { actorOf, instanceOf, roleOf } from './authenticate.js'
import type { Endpoint } from './endpoint.js'
import { withoutBlanks } from './from-zapi.js'
import type { Modules } from './modules.js'

/** `app` authenticates first, and sets `request.instance` unless the access is `account`. */
export function register(
  app: FastifyInstance,
  endpoints: readonly Endpoint[],
  modules: Modules,
): void {
  for (const { method, paths, schema, status, keepBlanks, access, audit, handle } of endpoints)
    for (const url of paths)
      app.route({
        method,
        url,
        schema,
        config: audit === undefined ? {} : { audit },
        preValidation: async (request) => {
          if (schema.body === undefined) return
          // No body is an empty one, so that the refusal names what is missing.
          const body = request.body ?? {}
          request.body = keepBlanks ? body : withoutBlanks(body)
        },
        handler: async (request, reply) => {
          const isPartners = access === 'partner' || access === 'account'
          const caller = {
            ...(access !== 'account' && { instance: instanceOf(request) }),
            by: actorOf(request, isPartners ? 'partner' : roleOf(request)),
            headers: request.headers,
            gone: callerGone(reply),
          }
          const { params, query, body } = request
          const answer = await handle(caller, { params, query, body }, modules)
          return reply.code(status).send(answer)
        },
      })
}

/** Aborts when the caller closes the connection before the answer. */
function callerGone(reply: FastifyReply): AbortSignal {
  const gone = new AbortController()
  reply.raw.once('close', () => gone.abort(new Error('the caller is gone')))
  return gone.signal
}
