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
import { automationRoutes } from './automation-routes.js'
import { type CallbackRoutesOptions, ownCallbackRoutes } from './callback-routes.js'
import { answerZapiError } from './error-replies.js'
import { withoutBlanks } from './from-zapi.js'
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
import { notSupportedRoutes } from './not-supported.js'
import { type CodesPort, otpRoutes } from './otp-routes.js'
import {
  type InstanceCatalogue,
  PartnerHandlers,
  type PartnerHandlersOptions,
} from './partner-handlers.js'
import { type PartnerInstanceOptions, partnerInstanceRoutes } from './partner-instance-routes.js'
import type { WaitingLine } from './queue-handlers.js'
import { queueRoutes } from './queue-routes.js'
import {
  type CallbackEndpoints,
  type InstanceSettingsPort,
  WebhookHandlers,
} from './webhook-handlers.js'
import * as webhook from './webhook-operations.js'

export interface ZapiOptions extends HistoryRoutesOptions, PartnerInstanceOptions {
  readonly proxies: PartnerInstanceOptions['proxies'] & InstanceRoutesOptions['proxies']
  readonly profiles: InstanceRoutesOptions['profiles']
  readonly pictures: InstanceRoutesOptions['pictures']
  readonly audit: AuditPort
  readonly tokens: AccessTokenCheck
  readonly instances: InstanceDirectory &
    InstanceCatalogue &
    InstanceSettingsPort &
    InstanceRoutesOptions['instances']
  readonly extensionTokens: PairingRoutesOptions['extensionTokens'] &
    InstanceRoutesOptions['extensionTokens']
  readonly outbox: OutgoingLine
  readonly codes: CodesPort
  readonly waiting: WaitingLine
  readonly sessions: InstanceRoutesOptions['sessions']
  readonly restrictions: InstanceRoutesOptions['restrictions']
  readonly webhooks: CallbackEndpoints & PartnerHandlersOptions['webhooks']
  readonly deadLetters: CallbackRoutesOptions['deadLetters']
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
    await app.register(callbackRoutes(options))
    await app.register(automationRoutes(options))
    await app.register(ownCallbackRoutes(options))
    await app.register(queueRoutes(options))
    await app.register(historyRoutes(options))
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

/** Z-API's names in the path and the callback that each sets. */
const callbackSetters = {
  'update-webhook-delivery': 'delivery',
  'update-webhook-received': 'received',
  'update-webhook-receive': 'received',
  'update-webhook-connected': 'connected',
  'update-webhook-disconnected': 'disconnected',
  'update-webhook-message-status': 'messageStatus',
  'update-webhook-chat-presence': 'chatPresence',
  'update-proxy-webhook': 'proxy',
} as const

function callbackRoutes(options: ZapiOptions): FastifyPluginAsyncTypebox {
  const webhooks = new WebhookHandlers({ ...options, callbackRule: callbackRule(options) })
  return async (app) => {
    for (const [path, name] of Object.entries(callbackSetters))
      app.put(`/${path}`, { schema: webhook.setCallback[name] }, (request) =>
        webhooks.setCallback(name, instanceOf(request), request.body),
      )
    const both = { schema: webhook.setReceivedAndSent }
    app.put('/update-webhook-received-delivery', both, (request) =>
      webhooks.setReceivedAndSent(instanceOf(request), request.body),
    )
    app.put('/update-every-webhooks', { schema: webhook.setEveryCallback }, (request) =>
      webhooks.setEveryCallback(instanceOf(request), request.body),
    )
    const sentByMe = { schema: webhook.setNotifySentByMe }
    app.put('/update-notify-sent-by-me', sentByMe, (request) =>
      webhooks.setNotifySentByMe(instanceOf(request), request.body),
    )
    app.put('/update-filters', { schema: webhook.setFilters }, (request) =>
      webhooks.setFilters(instanceOf(request), request.body),
    )
  }
}

function callbackRule({ isAllowedAddress, allowHttpCallbacks }: ZapiOptions) {
  return { isAllowedAddress, allowHttp: allowHttpCallbacks }
}
