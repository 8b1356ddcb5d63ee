/**
 * Who may call: addresses that are allowed, the account's Client-Token, then the instance and its token in
 * the path; for partners a bearer token. All of it in `onRequest`, so that the
 * body of a stranger is never read.
 */

import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Actor } from '../domain/audit.js'
import type { Instance } from '../domain/instance.js'
import { createCallerRule } from '../runtime/caller-rule.js'

export interface InstanceDirectory {
  /** The instance, if the token is its own. In constant time. */
  authenticate(id: string, token: string): Promise<Instance | undefined>
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
  instances: InstanceDirectory,
  tokens: AccessTokenCheck,
): OnRequest {
  const identify = identifyInstance(instances)
  return async (request, reply) => {
    if (!tokens.admits(request.address)) return refuseAddress(request, reply)
    const clientToken = headerOf(request, 'client-token')
    const isEnough =
      !tokens.isClientTokenRequired ||
      tokens.accepts('client', clientToken) ||
      (await isOptional(instances, request.params))
    if (!isEnough) return refuseClientToken(clientToken, reply)
    if ((await identify(request, reply)) !== undefined) return reply
    return refuseByInstance(request, reply)
  }
}

/** The instance takes calls without Client-Token, and the call has its token. */
async function isOptional(instances: InstanceDirectory, params: unknown): Promise<boolean> {
  const instance = await instances.authenticate(
    textAt(params, 'instanceId'),
    textAt(params, 'token'),
  )
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

/** Whose token the call to an instance carries. */
export function roleOf(request: FastifyRequest): 'caller' | 'pairing' {
  return byPairingToken.has(request) ? 'pairing' : 'caller'
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
