/**
 * What a partner does to one instance: take it out of use and back, delete it,
 * replace its token and signing secret, say who may call on it, set its proxy.
 */

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { Actor } from '../domain/audit.js'
import { ProxyError } from '../domain/errors.js'
import type { InstanceId } from '../domain/instance.js'
import type { EpochMs } from '../domain/time.js'
import { unreadableNetworks } from '../runtime/caller-rule.js'
import {
  type AccessTokenCheck,
  actorOf,
  authenticatePartner,
  identifyInstance,
  type InstanceDirectory,
  instanceOf,
} from './authenticate.js'
import { InvalidRequestError } from './error-replies.js'
import * as operation from './partner-operations.js'

export interface InstanceLifePort {
  cancel(id: InstanceId, by: Actor): Promise<void>
  resume(id: InstanceId, by: Actor): Promise<void>
  delete(id: InstanceId, by: Actor): Promise<void>
}

export interface InstanceAccessPort {
  rotateToken(
    id: InstanceId,
    overlapMs: number,
    by: Actor,
  ): Promise<{ readonly token: string; readonly previousUntil: EpochMs | undefined }>
  rotateSigningSecret(
    id: InstanceId,
    overlapMs: number,
    by: Actor,
  ): Promise<{ readonly secret: string; readonly previousUntil: EpochMs | undefined }>
  setAllowedCallers(id: InstanceId, networks: readonly string[], by: Actor): Promise<void>
}

export interface ProxyPort {
  /** `undefined` for a direct connection. Throws `ProxyError`; nothing was changed then. */
  setProxy(id: InstanceId, url: string | undefined, by: Actor): Promise<void>
}

export interface PartnerInstanceOptions {
  readonly instances: InstanceDirectory
  readonly tokens: AccessTokenCheck
  readonly life: InstanceLifePort
  readonly access: InstanceAccessPort
  readonly proxies: ProxyPort
}

const defaultOverlapSeconds = 24 * 3600

/** Below `/instances/:instanceId/token/:token`, for the partner token and the instance's own. */
export function partnerInstanceRoutes(options: PartnerInstanceOptions): FastifyPluginAsyncTypebox {
  const { instances, tokens } = options
  return async (app) => {
    app.addHook('onRequest', authenticatePartner(tokens))
    app.addHook('onRequest', identifyInstance(instances))
    await app.register(subscriptionRoutes(options))
    await app.register(accessRoutes(options))
    await app.register(proxyRoutes(options))
  }
}

function subscriptionRoutes({ life }: PartnerInstanceOptions): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.post(
      '/integrator/on-demand/subscription',
      { schema: operation.subscribe },
      async (request, reply) => {
        await life.resume(instanceOf(request).id, actorOf(request, 'partner'))
        return reply.code(201).send()
      },
    )
    app.post('/integrator/on-demand/cancel', { schema: operation.cancel }, async (request, reply) => {
      await life.cancel(instanceOf(request).id, actorOf(request, 'partner'))
      return reply.code(201).send()
    })
    for (const path of ['/integrator/subscription/update', '/integrator/on-demand/subscription/update'])
      app.put(path, { schema: operation.updateSubscription }, async (_request, reply) =>
        reply.code(201).send(),
      )
    app.delete('/integrator/on-demand', { schema: operation.deleteInstance }, async (request) => {
      await life.delete(instanceOf(request).id, actorOf(request, 'partner'))
      return { value: true }
    })
  }
}

function accessRoutes({ access }: PartnerInstanceOptions): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.post('/integrator/rotate-token', { schema: operation.rotateToken }, async (request) => {
      const by = actorOf(request, 'partner')
      const overlapMs = overlapOf(request.body)
      const { token, previousUntil } = await access.rotateToken(instanceOf(request).id, overlapMs, by)
      return { token, previousUntil: previousUntil ?? null }
    })
    app.post(
      '/integrator/rotate-webhook-secret',
      { schema: operation.rotateSecret },
      async (request) => {
        const { id } = instanceOf(request)
        const by = actorOf(request, 'partner')
        const rotated = await access.rotateSigningSecret(id, overlapOf(request.body), by)
        return { webhookSecret: rotated.secret, previousUntil: rotated.previousUntil ?? null }
      },
    )
    app.get('/integrator/allowed-callers', { schema: operation.readCallers }, async (request) => ({
      networks: [...(instanceOf(request).allowedCallers ?? [])],
    }))
    app.put('/integrator/allowed-callers', { schema: operation.setCallers }, async (request) => {
      const { networks } = request.body
      checkNetworks(networks)
      await access.setAllowedCallers(instanceOf(request).id, networks, actorOf(request, 'partner'))
      return { value: true }
    })
  }
}

function proxyRoutes({ proxies }: PartnerInstanceOptions): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.put(
      '/integrator/configure-proxy',
      { schema: operation.configureProxy },
      async (request, reply) => {
        const { proxyUrl, enable } = request.body
        const url = enable === true && proxyUrl ? proxyUrl : undefined
        try {
          await proxies.setProxy(instanceOf(request).id, url, actorOf(request, 'partner'))
        } catch (cause) {
          // Documented as a JSON text and not as an object.
          if (cause instanceof ProxyError) return reply
              .code(400)
              .type('application/json')
              .send(JSON.stringify(cause.message))
          throw cause
        }
        return { value: true }
      },
    )
  }
}

function overlapOf({ overlapSeconds = defaultOverlapSeconds }: { overlapSeconds?: number }): number {
  return overlapSeconds * 1_000
}

function checkNetworks(networks: readonly string[]): void {
  if (unreadableNetworks(networks).length > 0)
    throw new InvalidRequestError(
      'networks must hold networks such as 203.0.113.0/24 or addresses such as 203.0.113.7',
    )
}
