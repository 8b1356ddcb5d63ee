/**
 * The Z-API dialect: the table path → handler.
 *
 * Handlers get what was checked and return the answer's body; errors of the
 * domain become answers in `error-replies.ts`.
 */

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { AddressRule } from '../runtime/address-rule.js'
import { type AuditPort, auditCalls } from './audited-routes.js'
import {
  type AccessTokenCheck,
  actorOf,
  authenticateInstance,
  authenticatePartner,
  type InstanceDirectory,
  instanceOf,
} from './authenticate.js'
import { answerZapiError } from './error-replies.js'
import { withoutBlanks } from './from-zapi.js'
import { endpoints } from './endpoints.js'
import { idempotencyKeyOf } from './idempotency-key.js'
import * as operation from './instance-operations.js'
import {
  type InstanceRoutesOptions,
  ownInstanceRoutes,
  type PairingRoutesOptions,
  pairingRoutes,
} from './instance-routes.js'
import { type HistoryRoutesOptions, historyRoutes } from './message-history.js'
import { MessageHandlers, type OutgoingLine } from './message-handlers.js'
import { sendButtonOtp } from './message-operations.js'
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

export interface ZapiOptions extends HistoryRoutesOptions, PartnerInstanceOptions {
  readonly proxies: PartnerInstanceOptions['proxies'] & InstanceRoutesOptions['proxies']
  readonly profiles: InstanceRoutesOptions['profiles']
  readonly pictures: InstanceRoutesOptions['pictures']
  readonly audit: AuditPort
  readonly tokens: AccessTokenCheck
  readonly instances: Modules['instances'] &
    InstanceDirectory &
    InstanceCatalogue &
    InstanceRoutesOptions['instances']
  readonly extensionTokens: PairingRoutesOptions['extensionTokens'] &
    InstanceRoutesOptions['extensionTokens']
  readonly outbox: OutgoingLine
  readonly codes: CodesPort
  readonly waiting: Modules['waiting']
  readonly sessions: InstanceRoutesOptions['sessions']
  readonly restrictions: InstanceRoutesOptions['restrictions']
  readonly webhooks: Modules['webhooks'] & PartnerHandlersOptions['webhooks']
  readonly deadLetters: Modules['deadLetters']
  /** Which addresses URLs in requests may name. */
  readonly isAllowedAddress: AddressRule
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
    await app.register(messageRoutes(options))
    await app.register(otpRoutes(options))
    await app.register(ownInstanceRoutes(options))
    await app.register(historyRoutes(options))
    register(app, endpoints, { ...options, callbackRule: callbackRule(options) })
  }
}

function messageRoutes(options: ZapiOptions): FastifyPluginAsyncTypebox {
  const messages = new MessageHandlers(options)
  return async (app) => {
    app.addHook('preValidation', async (request) => {
      request.body = withoutBlanks(request.body)
    })
    app.post('/send-button-otp', { schema: sendButtonOtp }, (request) =>
      messages.sendButtonOtp(instanceOf(request), request.body, idempotencyKeyOf(request.headers)),
    )
  }
}

function callbackRule({ isAllowedAddress, allowHttpCallbacks }: ZapiOptions) {
  return { isAllowedAddress, allowHttp: allowHttpCallbacks }
}
