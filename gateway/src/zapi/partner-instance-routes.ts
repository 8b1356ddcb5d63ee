/**
 * What a partner does to one instance: take it out of use and back, delete it,
 * replace its token and signing secret, say who may call on it, set its proxy.
 */

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
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
    app.put('/integrator/configure-proxy', { schema: operation.configureProxy }, (request, reply) =>
      setProxy(options.proxies, request, request.body).catch((cause: unknown) => {
        if (!(cause instanceof ProxyError)) throw cause
        // Documented as a JSON text and not as an object.
        return reply.code(400).type('application/json').send(JSON.stringify(cause.message))
      }),
    )
  }
}

function created(reply: FastifyReply): FastifyReply {
  return reply.code(201).send()
}

function subscriptionRoutes({ life }: PartnerInstanceOptions): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.post(
      '/integrator/on-demand/subscription',
      { schema: operation.subscribe },
      (request, reply) => life.resume(...whoseBy(request)).then(() => created(reply)),
    )
    app.post('/integrator/on-demand/cancel', { schema: operation.cancel }, (request, reply) =>
      life.cancel(...whoseBy(request)).then(() => created(reply)),
    )
    for (const path of [
      '/integrator/subscription/update',
      '/integrator/on-demand/subscription/update',
    ])
      app.put(path, { schema: operation.updateSubscription }, (_request, reply) => created(reply))
    app.delete('/integrator/on-demand', { schema: operation.deleteInstance }, (request) =>
      life.delete(...whoseBy(request)).then(() => ({ value: true })),
    )
  }
}

function accessRoutes({ access }: PartnerInstanceOptions): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.post('/integrator/rotate-token', { schema: operation.rotateToken }, (request) =>
      rotateToken(access, request, request.body),
    )
    app.post('/integrator/rotate-webhook-secret', { schema: operation.rotateSecret }, (request) =>
      rotateSecret(access, request, request.body),
    )
    app.get('/integrator/allowed-callers', { schema: operation.readCallers }, (request, reply) =>
      reply.send({ networks: [...(instanceOf(request).allowedCallers ?? [])] }),
    )
    app.put('/integrator/allowed-callers', { schema: operation.setCallers }, (request) =>
      setCallers(access, request, request.body),
    )
  }
}

interface Overlap {
  readonly overlapSeconds?: number
}

async function rotateToken(
  access: InstanceAccessPort,
  request: FastifyRequest,
  { overlapSeconds = defaultOverlapSeconds }: Overlap,
): Promise<{ token: string; previousUntil: number | null }> {
  const [id, by] = whoseBy(request)
  const { token, previousUntil } = await access.rotateToken(id, overlapSeconds * 1_000, by)
  return { token, previousUntil: previousUntil ?? null }
}

async function rotateSecret(
  access: InstanceAccessPort,
  request: FastifyRequest,
  { overlapSeconds = defaultOverlapSeconds }: Overlap,
): Promise<{ webhookSecret: string; previousUntil: number | null }> {
  const [id, by] = whoseBy(request)
  const rotated = await access.rotateSigningSecret(id, overlapSeconds * 1_000, by)
  return { webhookSecret: rotated.secret, previousUntil: rotated.previousUntil ?? null }
}

async function setCallers(
  access: InstanceAccessPort,
  request: FastifyRequest,
  { networks }: { readonly networks: readonly string[] },
): Promise<{ value: boolean }> {
  if (unreadableNetworks(networks).length > 0)
    throw new InvalidRequestError(
      'networks must hold networks such as 203.0.113.0/24 or addresses such as 203.0.113.7',
    )
  const [id, by] = whoseBy(request)
  await access.setAllowedCallers(id, networks, by)
  return { value: true }
}

async function setProxy(
  proxies: ProxyPort,
  request: FastifyRequest,
  { proxyUrl, enable }: { readonly proxyUrl: string | null; readonly enable: boolean | null },
): Promise<{ value: boolean }> {
  const [id, by] = whoseBy(request)
  await proxies.setProxy(id, enable === true && proxyUrl ? proxyUrl : undefined, by)
  return { value: true }
}

function whoseBy(request: FastifyRequest): readonly [InstanceId, Actor] {
  return [instanceOf(request).id, actorOf(request, 'partner')]
}
