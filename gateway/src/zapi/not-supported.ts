/**
 * What Z-API documents and Recado has not built: 501 with the name of it, never
 * a success that is none, and no 404 either, which would blame the caller.
 *
 * The caller is authenticated first, and a wrong method gets its 405.
 */

import type { FastifyInstance, FastifyPluginAsync } from 'fastify'
import {
  type AccessTokenCheck,
  type ApiKeyDirectory,
  authenticateInstance,
  authenticatePartner,
  identifyInstance,
  type KeyedInstances,
} from './authenticate.js'
import {
  type DocumentedRoute,
  documentedInstanceRoutes,
  documentedPartnerRoutes,
} from './documented-routes.js'

export interface NotSupportedOptions {
  readonly instances: KeyedInstances
  readonly tokens: AccessTokenCheck
  readonly apiKeys: ApiKeyDirectory
}

const instancePath = '/instances/:instanceId/token/:token'

/** Registers every documented route that `app` does not have yet, so it has to come after all others. */
export function notSupportedRoutes({
  instances,
  tokens,
  apiKeys,
}: NotSupportedOptions): FastifyPluginAsync {
  return async (app) => {
    await app.register(async (ofInstance) => {
      ofInstance.addHook('onRequest', authenticateInstance(instances, tokens, apiKeys))
      for (const route of documentedInstanceRoutes)
        addUnlessBuilt(ofInstance, { ...route, path: instancePath + route.path })
    })
    await app.register(async (ofPartner) => {
      ofPartner.addHook('onRequest', authenticatePartner(tokens))
      const identify = identifyInstance(instances)
      ofPartner.addHook('onRequest', async (request, reply) =>
        request.routeOptions.url?.startsWith(instancePath) ? identify(request, reply) : undefined,
      )
      for (const route of documentedPartnerRoutes) addUnlessBuilt(ofPartner, route)
    })
  }
}

function addUnlessBuilt(app: FastifyInstance, { method, path, title }: DocumentedRoute): void {
  if (app.hasRoute({ method, url: path })) return
  app.route({
    method,
    url: path,
    // The document tells of what works; its introduction says where the rest is listed.
    schema: { hide: true },
    config: { need: 'read', audit: { none: 'it is not built' } },
    // Before the body is read, which may be of any kind and size.
    onRequest: async (_request, reply) =>
      reply.code(501).send({ error: `Not supported: ${title}` }),
    handler: () => undefined,
  })
}
