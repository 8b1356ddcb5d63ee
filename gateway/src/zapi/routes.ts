/**
 * The Z-API dialect: the table path → handler.
 *
 * Handlers get what was checked and return the answer's body; errors of the
 * domain become answers in `error-replies.ts`.
 */

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { AddressRule } from '../runtime/address-rule.js'
import {
  type AccessTokenCheck,
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
  InstanceHandlers,
  type RestrictionDirectory,
  type SessionDirectory,
} from './instance-handlers.js'
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
import type { WaitingLine } from './queue-handlers.js'
import { queueRoutes } from './queue-routes.js'
import {
  type CallbackEndpoints,
  type InstanceSettingsPort,
  WebhookHandlers,
} from './webhook-handlers.js'
import * as webhook from './webhook-operations.js'

export interface ZapiOptions extends HistoryRoutesOptions {
  readonly tokens: AccessTokenCheck
  readonly instances: InstanceDirectory & InstanceCatalogue & InstanceSettingsPort
  readonly outbox: OutgoingLine
  readonly codes: CodesPort
  readonly waiting: WaitingLine
  readonly sessions: SessionDirectory
  readonly restrictions: RestrictionDirectory
  readonly webhooks: CallbackEndpoints & PartnerHandlersOptions['webhooks']
  readonly deadLetters: CallbackRoutesOptions['deadLetters']
  /** Which addresses URLs in requests may name. */
  readonly isAllowedAddress: AddressRule
  readonly allowHttpCallbacks: boolean
}

/** A Fastify plugin: `app.register(zapiRoutes(options))`. */
export function zapiRoutes(options: ZapiOptions): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.setErrorHandler(answerZapiError)
    await app.register(partnerRoutes(options))
    await app.register(instanceRoutes(options), { prefix: '/instances/:instanceId/token/:token' })
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
    app.post('/instances/integrator/on-demand', creating, ({ body }) =>
      partner.createInstance(body),
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
    await app.register(sessionRoutes(options))
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

function sessionRoutes(options: ZapiOptions): FastifyPluginAsyncTypebox {
  const instance = new InstanceHandlers(options.sessions, options.restrictions)
  return async (app) => {
    app.get('/qr-code', { schema: operation.qrCode }, (request) =>
      instance.qrCode(instanceOf(request)),
    )
    app.get('/qr-code/image', { schema: operation.qrCodeImage }, (request) =>
      instance.qrCodeImage(instanceOf(request)),
    )
    app.get('/phone-code/:phone', { schema: operation.phoneCode }, (request) =>
      instance.phoneCode(instanceOf(request), request.params),
    )
    app.get('/status', { schema: operation.status }, (request) =>
      instance.status(instanceOf(request)),
    )
    app.get('/disconnect', { schema: operation.disconnect }, (request) =>
      instance.disconnect(instanceOf(request)),
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
