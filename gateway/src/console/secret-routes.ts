/** The proxy of an instance, the secret that its callbacks are signed with, and what the gateway sets for all. */

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { ForbiddenUrlError, ProxyError } from '../domain/errors.js'
import type { InstanceAccess } from '../instances/instance-access.js'
import type { Instances } from '../instances/instances.js'
import type { Proxies } from '../instances/proxies.js'
import { done } from './answer-shapes.js'
import { actorOf } from './authenticate.js'
import { described } from './described.js'
import {
  type GatewaySetting,
  gatewaySettingsAnswer,
  rotatedSecretAnswer,
  webhookSecretAnswer,
} from './settings-answers.js'
import { knownInstance } from './known-instance.js'
import { RefusedError } from './refusals.js'
import { proxyBody, instanceParams as params, rotateBody } from './requests.js'

export interface SecretRoutesOptions {
  readonly instances: Pick<Instances, 'find' | 'signingSecretOf'>
  readonly access: Pick<InstanceAccess, 'rotateSigningSecret'>
  readonly proxies: Pick<Proxies, 'setProxy' | 'proxyOf'>
  /** What counts for every instance, by environment variable. */
  readonly gatewaySettings: readonly GatewaySetting[]
}

export function secretRoutes(options: SecretRoutesOptions): FastifyPluginAsyncTypebox {
  const { instances, access, proxies, gatewaySettings } = options
  return async (app) => {
    app.put('/instances/:instanceId/proxy', {
      ...described('Sets the proxy to WhatsApp, or none; tried before it is stored.', done, {
        params,
        body: proxyBody,
      }),
      handler: async (request) => {
        const { id } = await knownInstance(instances, request.params.instanceId)
        const url = request.body.proxyUrl.trim()
        try {
          await proxies.setProxy(id, url === '' ? undefined : url, actorOf(request))
        } catch (cause) {
          if (cause instanceof ProxyError || cause instanceof ForbiddenUrlError)
            throw new RefusedError(400, `proxyUrl: ${cause.message}`)
          throw cause
        }
        return { done: true } as const
      },
    })

    app.post('/instances/:instanceId/webhook-secret', {
      ...described('What callbacks are signed with.', webhookSecretAnswer, { params }),
      handler: async (request) => {
        const { id } = await knownInstance(instances, request.params.instanceId)
        return { secret: await instances.signingSecretOf(id) }
      },
    })

    app.post('/instances/:instanceId/webhook-secret/rotate', {
      ...described('A new secret for signatures.', rotatedSecretAnswer, {
        params,
        body: rotateBody,
      }),
      handler: async (request) => {
        const { id } = await knownInstance(instances, request.params.instanceId)
        const overlapMs = request.body.overlapSeconds * 1_000
        const { secret, previousUntil } = await access.rotateSigningSecret(
          id,
          overlapMs,
          actorOf(request),
        )
        return { secret, ...(previousUntil === undefined ? {} : { previousUntil }) }
      },
    })

    app.get('/gateway-settings', {
      ...described('What the gateway sets for every instance.', gatewaySettingsAnswer),
      handler: async () => ({ settings: [...gatewaySettings] }),
    })
  }
}

/** Without the user and the password that may stand in it. */
export async function shownProxy(
  proxies: Pick<Proxies, 'proxyOf'>,
  id: Parameters<Proxies['proxyOf']>[0],
): Promise<{ readonly proxy?: { readonly url: string; readonly hasPassword: boolean } }> {
  const stored = await proxies.proxyOf(id)
  if (stored === undefined) return {}
  const { protocol, host, password } = new URL(stored)
  return { proxy: { url: `${protocol}//${host}`, hasPassword: password !== '' } }
}
