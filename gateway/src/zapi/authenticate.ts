/**
 * Who may call: addresses that are allowed, the account's Client-Token, then the instance and its token in
 * the path, or an API key in the token's place; for partners a bearer token. All of it in `onRequest`, so that the
 * body of a stranger is never read.
 */

import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Actor } from '../domain/audit.js'
import type { Instance } from '../domain/instance.js'
import type { ApiKey } from '../instances/api-keys.js'
import { createCallerRule } from '../runtime/caller-rule.js'
import { apiKeyPrefix } from '../runtime/ids.js'

export interface InstanceDirectory {
  /** The instance, if the token is its own. In constant time. */
  authenticate(id: string, token: string): Promise<Instance | undefined>
}

export interface KeyedInstances extends InstanceDirectory {
  find(id: string): Promise<Instance | undefined>
}

export interface ApiKeyDirectory {
  /** The key of this token, also one that has expired. */
  find(token: string): Promise<ApiKey | undefined>
}

export interface AccessTokenCheck {
  /** In constant time. */
  accepts(kind: 'client' | 'partner', token: string): boolean
  /** Whether calls need a Client-Token, unless their instance takes them without. */
  readonly isClientTokenRequired: boolean
  /** Whether this address may call the gateway at all. */
  admits(address: string): boolean
}

type OnRequest = (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply | undefined>

/** Sets `request.instance`. The texts are those of Z-API's live service. */
export function authenticateInstance(
  instances: KeyedInstances,
  tokens: AccessTokenCheck,
  apiKeys: ApiKeyDirectory,
): OnRequest {
  const byToken = identifyInstance(instances)
  const byKey = identifyByKey(instances, apiKeys)
  return async (request, reply) => {
    if (!tokens.admits(request.address)) return refuseAddress(request, reply)
    const clientToken = headerOf(request, 'client-token')
    const isEnough =
      !tokens.isClientTokenRequired ||
      tokens.accepts('client', clientToken) ||
      (await isOptional(instances, apiKeys, request.params))
    if (!isEnough) return refuseClientToken(clientToken, reply)
    const identify = isApiKey(textAt(request.params, 'token')) ? byKey : byToken
    if ((await identify(request, reply)) !== undefined) return reply
    return refuseByInstance(request, reply)
  }
}

/** The instance takes calls without Client-Token, and the call has its token or a key to it. */
async function isOptional(
  instances: KeyedInstances,
  apiKeys: ApiKeyDirectory,
  params: unknown,
): Promise<boolean> {
  const [id, token] = [textAt(params, 'instanceId'), textAt(params, 'token')]
  const instance = isApiKey(token)
    ? opens(await apiKeys.find(token), id) && (await instances.find(id))
    : await instances.authenticate(id, token)
  if (instance === false) return false
  return instance?.settings.clientTokenOptional ?? false
}

function refuseClientToken(given: string, reply: FastifyReply): FastifyReply {
  return given === ''
    ? reply.code(400).send({ error: 'your client-token is not configured' })
    : reply.code(403).send({ error: `Client-Token ${printable(given)} not allowed` })
}

/** Lets in by a token that counts for pairing only, without Client-Token; by `regular` otherwise. */
export function authenticatePairing(
  pairing: InstanceDirectory,
  tokens: AccessTokenCheck,
  regular: OnRequest,
): OnRequest {
  return async (request, reply) => {
    const params: unknown = request.params
    const token = textAt(params, 'token')
    const instance = /^\w{4}-\w{4}$/u.test(token)
      ? await pairing.authenticate(textAt(params, 'instanceId'), token)
      : undefined
    if (instance === undefined) return regular(request, reply)
    if (!tokens.admits(request.address)) return refuseAddress(request, reply)
    request.instance = instance
    byPairingToken.add(request)
    return refuseByInstance(request, reply)
  }
}

const byPairingToken = new WeakSet<FastifyRequest>()

/** What an instance that is identified says against a call. */
export async function refuseByInstance(
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply | undefined> {
  const { allowedCallers = [], cancelledAt } = instanceOf(request)
  if (!createCallerRule(allowedCallers)(request.address)) return refuseAddress(request, reply)
  // Z-API's text for an instance whose subscription ended, on every route.
  if (cancelledAt !== undefined)
    return reply.code(400).send({
      error: 'To continue sending a message, you must subscribe to this instance again',
    })
  return undefined
}

/** Sets `request.instance` by the instance and the token in the path alone. */
export function identifyInstance(instances: InstanceDirectory): OnRequest {
  return async (request, reply) => {
    const params: unknown = request.params
    const instance = await instances.authenticate(
      textAt(params, 'instanceId'),
      textAt(params, 'token'),
    )
    // Z-API's status for this text is not known; 404 says the same as the text.
    if (instance === undefined) return reply.code(404).send({ error: 'Instance not found' })
    request.instance = instance
    return undefined
  }
}

const keys = new WeakMap<FastifyRequest, ApiKey>()

/** Sets `request.instance` by the instance in the path and the API key in the place of its token. */
function identifyByKey(instances: KeyedInstances, apiKeys: ApiKeyDirectory): OnRequest {
  return async (request, reply) => {
    const id = textAt(request.params, 'instanceId')
    const key = await apiKeys.find(textAt(request.params, 'token'))
    if (key === undefined)
      return refuseKey(
        reply,
        'This API key is not known: it was revoked, or a part of it is missing',
      )
    if (key.isExpired)
      return refuseKey(
        reply,
        `The API key "${key.name}" has expired. Make another one in the console`,
      )
    const instance = opens(key, id) ? await instances.find(id) : undefined
    if (instance === undefined)
      return refuseKey(
        reply,
        `The API key "${key.name}" does not open the instance ${printable(id)}`,
      )
    request.instance = instance
    keys.set(request, key)
    const need = request.routeOptions.config.need ?? 'owner'
    if (need === 'owner')
      return refuseKey(
        reply,
        "No API key opens this call, because it gives a secret or could lead to one. Use the instance's own token",
      )
    if (!key.scopes.includes(need))
      return refuseKey(
        reply,
        `The API key "${key.name}" lacks the scope ${need}, which this call needs. It has: ${key.scopes.join(', ')}`,
      )
    return undefined
  }
}

function refuseKey(reply: FastifyReply, error: string): FastifyReply {
  return reply.code(403).send({ error })
}

function isApiKey(token: string): boolean {
  return token.startsWith(apiKeyPrefix)
}

function opens(key: ApiKey | undefined, instanceId: string): boolean {
  if (key === undefined || key.isExpired) return false
  return key.instanceIds?.includes(instanceId) ?? true
}

export function authenticatePartner(tokens: AccessTokenCheck): OnRequest {
  return async (request, reply) => {
    if (!tokens.admits(request.address)) return refuseAddress(request, reply)
    const [, token = ''] = /^Bearer +(\S+) *$/iu.exec(headerOf(request, 'authorization')) ?? []
    if (token !== '' && tokens.accepts('partner', token)) return undefined
    return reply
      .code(401)
      .header('www-authenticate', 'Bearer')
      .send({
        error:
          token === ''
            ? 'Partner token missing: send Authorization: Bearer <token>'
            : 'Partner token not allowed',
      })
  }
}

/** The owner of the token that a call to an instance carries, for the audit log. */
export function callerOf(request: FastifyRequest): Actor {
  const key = keys.get(request)
  if (key !== undefined) return { role: 'key', name: key.name, address: request.address }
  return actorOf(request, byPairingToken.has(request) ? 'pairing' : 'caller')
}

/** Who makes this call, for the audit log. */
export function actorOf(request: FastifyRequest, role: Actor['role']): Actor {
  return { role, address: request.address }
}

export function refuseAddress(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  return reply.code(403).send({ error: `${request.address} not allowed` })
}

/** The instance of a call that went through `authenticateInstance`. */
export function instanceOf(request: FastifyRequest): Instance {
  if (request.instance === undefined)
    throw new Error('A route of an instance was registered without authentication')
  return request.instance
}

function headerOf(request: FastifyRequest, name: string): string {
  return [request.headers[name] ?? ''].flat().join(', ').trim()
}

function textAt(params: unknown, name: string): string {
  if (typeof params !== 'object' || params === null) return ''
  const value: unknown = Reflect.get(params, name)
  return typeof value === 'string' ? value : ''
}

/** Z-API repeats the token to its sender. Bounded, and never logged: a wrong one may be nearly right. */
function printable(token: string): string {
  return token.replace(/[^ -~]/gu, '').slice(0, 64)
}
