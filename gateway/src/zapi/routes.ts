/**
 * The Z-API dialect: the table path → handler.
 *
 * Handlers get what was checked and return the answer's body; errors of the
 * domain become answers in `error-replies.ts`.
 */

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { type AuditPort, auditCalls } from './audited-routes.js'
import {
  type AccessTokenCheck,
  actorOf,
  authenticateInstance,
  authenticatePairing,
  authenticatePartner,
  identifyInstance,
  type InstanceDirectory,
} from './authenticate.js'
import type { Access } from './endpoint.js'
import { answerZapiError } from './error-replies.js'
import { withoutBlanks } from './from-zapi.js'
import { endpoints } from './endpoints.js'
import * as operation from './instance-operations.js'
import { type PairingRoutesOptions, pairingRoutes } from './instance-routes.js'
import type { Modules } from './modules.js'
import { notSupportedRoutes } from './not-supported.js'
import {
  type InstanceCatalogue,
  PartnerHandlers,
  type PartnerHandlersOptions,
} from './partner-handlers.js'
import { register } from './register.js'

export interface ZapiOptions extends Omit<Modules, 'callbackRule'> {
  readonly audit: AuditPort
  readonly tokens: AccessTokenCheck
  readonly instances: Modules['instances'] & InstanceDirectory & InstanceCatalogue
  readonly extensionTokens: PairingRoutesOptions['extensionTokens'] & Modules['extensionTokens']
  readonly sessions: PairingRoutesOptions['sessions'] & Modules['sessions']
  readonly restrictions: PairingRoutesOptions['restrictions']
  readonly webhooks: Modules['webhooks'] & PartnerHandlersOptions['webhooks']
  readonly allowHttpCallbacks: boolean
}

const instancePath = '/instances/:instanceId/token/:token'

/** A Fastify plugin: `app.register(zapiRoutes(options))`. */
export function zapiRoutes(options: ZapiOptions): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.setErrorHandler(answerZapiError)
    auditCalls(app, options.audit)
    await app.register(partnerRoutes(options))
    await app.register(pairingRoutes(options), { prefix: instancePath })
    for (const access of ['instance', 'pairing', 'partner'] as const)
      await app.register(routesFor(access, options), { prefix: instancePath })
    // The last: what is registered by now is built.
    await app.register(notSupportedRoutes(options))
  }
}

function partnerRoutes(options: ZapiOptions): FastifyPluginAsyncTypebox {
  const partner = new PartnerHandlers({ ...options, callbackRule: callbackRule(options) })
  return async (app) => {
    app.addHook('onRequest', authenticatePartner(options.tokens))
    app.addHook('preValidation', async (request) => {
      request.body = withoutBlanks(request.body)
    })
    const creating = { schema: operation.createInstance }
    app.post('/instances/integrator/on-demand', creating, (request) =>
      partner.createInstance(request.body, actorOf(request, 'partner')),
    )
    app.get('/instances', { schema: operation.listInstances }, ({ query }) =>
      partner.listInstances(query),
    )
  }
}

/** The calls that these keys open, behind their authentication. */
function routesFor(access: Access, options: ZapiOptions): FastifyPluginAsyncTypebox {
  const { instances, tokens, extensionTokens } = options
  const regular = authenticateInstance(instances, tokens)
  const hooks = {
    instance: [regular],
    pairing: [authenticatePairing(extensionTokens, tokens, regular)],
    partner: [authenticatePartner(tokens), identifyInstance(instances)],
  }[access]
  return async (app) => {
    for (const hook of hooks) app.addHook('onRequest', hook)
    const calls = endpoints.filter((each) => each.access === access)
    register(app, calls, { ...options, callbackRule: callbackRule(options) })
  }
}

function callbackRule({ isAllowedAddress, allowHttpCallbacks }: ZapiOptions) {
  return { isAllowedAddress, allowHttp: allowHttpCallbacks }
}
