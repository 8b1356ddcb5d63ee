/** The paths by which an instance is paired. */

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
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
