/**
 * The calls that programs make by HTTP, for people who are logged in: the same checks, handlers and audit,
 * without a token in the browser.
 */

import type { FastifyPluginAsync, FastifyRequest } from 'fastify'
import type { Actor } from '../domain/audit.js'
import type { Instances } from '../instances/instances.js'
import { actorOf } from './authenticate.js'
import { type CallAnswer, callsAnswer } from './call-answers.js'
import { described } from './described.js'
import { knownInstance } from './known-instance.js'
import { RefusedError } from './refusals.js'

export interface CallRoutesOptions {
  readonly instances: Pick<Instances, 'find'>
  readonly calls: {
    readonly described: readonly CallAnswer[]
    /** The routes themselves. They take `request.instance`, and tell the audit log who calls. */
    readonly routes: (personOf: (request: FastifyRequest) => Actor) => FastifyPluginAsync
    /** Those that belong to no instance. */
    readonly accountRoutes: (personOf: (request: FastifyRequest) => Actor) => FastifyPluginAsync
  }
}

/** `requireOwnPage` holds for every method: some of the calls that act are GETs. */
export function callRoutes(
  { instances, calls }: CallRoutesOptions,
  requireOwnPage: (request: FastifyRequest) => Promise<void>,
): FastifyPluginAsync {
  return async (app) => {
    app.get('/calls', {
      ...described('Every call of an instance, as its form is made.', callsAnswer),
      handler: async () => ({ calls: calls.described }),
    })

    await app.register(
      async (ofAccount) => {
        ofAccount.addHook('onRequest', requireOwnPage)
        await ofAccount.register(calls.accountRoutes(actorOf))
      },
      { prefix: '/call' },
    )

    await app.register(
      async (ofInstance) => {
        ofInstance.addHook('onRequest', requireOwnPage)
        ofInstance.addHook('onRequest', async (request) => {
          const instance = await knownInstance(instances, instanceIdIn(request.params))
          if (instance.cancelledAt !== undefined)
            throw new RefusedError(409, 'This instance is out of use. Take it back first.')
          request.instance = instance
        })
        await ofInstance.register(calls.routes(actorOf))
      },
      { prefix: '/instances/:instanceId/call' },
    )
  }
}

function instanceIdIn(params: unknown): string {
  return String(Reflect.get(Object(params), 'instanceId'))
}
