/** The paths about an instance itself: how it is paired, connected, called and shown. */

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply } from 'fastify'
import {
  type AccessTokenCheck,
  authenticateInstance,
  authenticatePairing,
  type InstanceDirectory,
  instanceOf,
} from './authenticate.js'
import {
  InstanceHandlers,
  type RestrictionDirectory,
  type SessionDirectory,
} from './instance-handlers.js'
import * as operation from './instance-operations.js'
import { InstanceSettingsHandlers, type InstanceSettingsOptions } from './instance-settings.js'
import * as settings from './instance-settings-operations.js'
import { PhoneExistsHandlers } from './phone-exists.js'

export interface InstanceRoutesOptions extends InstanceSettingsOptions {
  readonly sessions: SessionDirectory
  readonly restrictions: RestrictionDirectory
}

export interface PairingRoutesOptions {
  readonly sessions: SessionDirectory
  readonly restrictions: RestrictionDirectory
  readonly instances: InstanceDirectory
  readonly tokens: AccessTokenCheck
  /** Those of `GET /extension-token`. */
  readonly extensionTokens: InstanceDirectory
}

/** With an authentication of their own: a browser that pairs may have less than a token. */
export function pairingRoutes(options: PairingRoutesOptions): FastifyPluginAsyncTypebox {
  const { sessions, restrictions, instances, tokens, extensionTokens } = options
  const instance = new InstanceHandlers(sessions, restrictions)
  return async (app) => {
    const regular = authenticateInstance(instances, tokens)
    app.addHook('onRequest', authenticatePairing(extensionTokens, tokens, regular))
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
  }
}

/** Below the instance, behind its authentication. */
export function ownInstanceRoutes(options: InstanceRoutesOptions): FastifyPluginAsyncTypebox {
  const instance = new InstanceHandlers(options.sessions, options.restrictions)
  return async (app) => {
    app.get('/disconnect', { schema: operation.disconnect }, (request) =>
      instance.disconnect(instanceOf(request)),
    )
    app.get('/restart', { schema: settings.restart }, (request) =>
      instance.restart(instanceOf(request)),
    )
    app.get('/restore-session', { schema: settings.restoreSession }, (request) =>
      instance.restore(instanceOf(request)),
    )
    await app.register(settingsRoutes(options))
    await app.register(phoneExistsRoutes(options))
  }
}

function settingsRoutes(options: InstanceSettingsOptions): FastifyPluginAsyncTypebox {
  const own = new InstanceSettingsHandlers(options)
  return async (app) => {
    app.get('/me', { schema: settings.me }, (request) => own.me(instanceOf(request)))
    app.get('/device', { schema: settings.device }, (request) => own.device(instanceOf(request)))
    app.put('/update-name', { schema: settings.updateName }, (request) =>
      own.rename(instanceOf(request), request.body),
    )
    app.put('/profile-name', { schema: settings.profileName }, (request) =>
      own.setProfileName(instanceOf(request), request.body),
    )
    app.put('/profile-picture', { schema: settings.profilePicture }, (request, reply) =>
      own.setProfilePicture(instanceOf(request), request.body, callerGone(reply)),
    )
    app.put('/profile-description', { schema: settings.profileDescription }, (request) =>
      own.setProfileDescription(instanceOf(request), request.body),
    )
    app.get('/extension-token', { schema: settings.extensionToken }, (request) =>
      own.extensionToken(instanceOf(request)),
    )
  }
}

function phoneExistsRoutes(options: InstanceSettingsOptions): FastifyPluginAsyncTypebox {
  const phones = new PhoneExistsHandlers(options.profiles)
  return async (app) => {
    app.get('/phone-exists/:phone', { schema: settings.phoneExists }, (request, reply) =>
      phones.one(instanceOf(request), request.params, callerGone(reply)),
    )
    app.post('/phone-exists-batch', { schema: settings.phoneExistsBatch }, (request, reply) =>
      phones.many(instanceOf(request), request.body, callerGone(reply)),
    )
  }
}

/** Aborts when whoever asked does not wait for the answer any more. */
function callerGone(reply: FastifyReply): AbortSignal {
  const gone = new AbortController()
  reply.raw.once('close', () => gone.abort(new Error('the caller is gone')))
  return gone.signal
}
