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
  type ApiKeyDirectory,
  authenticateInstance,
  authenticatePairing,
  authenticatePartner,
  identifyInstance,
} from './authenticate.js'
import type { Access } from './endpoint.js'
import { answerZapiError } from './error-replies.js'
import { endpoints } from './endpoints.js'
import { type ModuleOptions, modulesOf } from './modules.js'
import { notSupportedRoutes } from './not-supported.js'
import { register } from './register.js'

export interface ZapiOptions extends ModuleOptions {
  readonly audit: AuditPort
  readonly tokens: AccessTokenCheck
  readonly apiKeys: ApiKeyDirectory
}

const instancePath = '/instances/:instanceId/token/:token'

/** A Fastify plugin: `app.register(zapiRoutes(options))`. */
export function zapiRoutes(options: ZapiOptions): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.setErrorHandler(answerZapiError)
    auditCalls(app, options.audit)
    for (const access of ['instance', 'pairing', 'partner', 'account'] as const)
      await app.register(routesFor(access, options), {
        prefix: access === 'account' ? '' : instancePath,
      })
    // The last: what is registered by now is built.
    await app.register(notSupportedRoutes(options))
  }
}

/** The calls that these keys open, behind their authentication. */
function routesFor(access: Access, options: ZapiOptions): FastifyPluginAsyncTypebox {
  const { instances, tokens, apiKeys, extensionTokens } = options
  const regular = authenticateInstance(instances, tokens, apiKeys)
  const hooks = {
    instance: [regular],
    pairing: [authenticatePairing(extensionTokens, tokens, regular)],
    partner: [authenticatePartner(tokens), identifyInstance(instances)],
    account: [authenticatePartner(tokens)],
  }[access]
  return async (app) => {
    for (const hook of hooks) app.addHook('onRequest', hook)
    const calls = endpoints.filter((each) => each.access === access)
    register(app, calls, modulesOf(options))
  }
}
