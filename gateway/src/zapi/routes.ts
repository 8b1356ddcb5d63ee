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
  authenticatePartner,
  type InstanceDirectory,
} from './authenticate.js'
import { answerZapiError } from './error-replies.js'
import { withoutBlanks } from './from-zapi.js'
import { endpoints } from './endpoints.js'
import * as operation from './instance-operations.js'
import { type PairingRoutesOptions, pairingRoutes } from './instance-routes.js'
import type { Modules } from './modules.js'
import { notSupportedRoutes } from './not-supported.js'
import { type CodesPort, otpRoutes } from './otp-routes.js'
import {
  type InstanceCatalogue,
  PartnerHandlers,
  type PartnerHandlersOptions,
} from './partner-handlers.js'
import { type PartnerInstanceOptions, partnerInstanceRoutes } from './partner-instance-routes.js'
import { register } from './register.js'

export interface ZapiOptions extends Omit<Modules, 'callbackRule'>, PartnerInstanceOptions {
  readonly proxies: PartnerInstanceOptions['proxies'] & Modules['proxies']
  readonly audit: AuditPort
  readonly tokens: AccessTokenCheck
  readonly instances: Modules['instances'] & InstanceDirectory & InstanceCatalogue
  readonly extensionTokens: PairingRoutesOptions['extensionTokens'] & Modules['extensionTokens']
  readonly codes: CodesPort
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
    await app.register(partnerInstanceRoutes(options), { prefix: instancePath })
    await app.register(pairingRoutes(options), { prefix: instancePath })
    await app.register(instanceRoutes(options), { prefix: instancePath })
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

function instanceRoutes(options: ZapiOptions): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.addHook('onRequest', authenticateInstance(options.instances, options.tokens))
    await app.register(otpRoutes(options))
    register(app, endpoints, { ...options, callbackRule: callbackRule(options) })
  }
}

function callbackRule({ isAllowedAddress, allowHttpCallbacks }: ZapiOptions) {
  return { isAllowedAddress, allowHttp: allowHttpCallbacks }
}
