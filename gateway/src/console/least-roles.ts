/**
 * Which role a call of the console needs at least. A route that is not in the table does not register, and
 * one hook asks for the login and compares the role, so no route can leave it out.
 */

import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { CallNeed } from '../domain/api-scope.js'
import { isEnough, type Role } from '../domain/role.js'
import { loginIn } from './authenticate.js'
import { RoleRefusedError } from './refusals.js'

/** `visitor`: without a login. */
type Least = Role | 'visitor'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Of a route of the console. */
    least?: Least
  }
}

/** Below `/console/api`. A HEAD is as its GET. */
export const leastRoles: Readonly<Record<string, Least>> = {
  'GET /visit': 'visitor',
  'POST /set-up': 'visitor',
  'POST /log-in': 'visitor',
  'POST /invitation/look': 'visitor',
  'POST /invitation/accept': 'visitor',
  'POST /passkey-link/state': 'visitor',
  'POST /passkey-link/answer': 'visitor',
  'POST /passkey-link/code': 'visitor',

  // One's own account.
  'POST /log-out': 'viewer',
  'GET /sessions': 'viewer',
  'DELETE /sessions': 'viewer',
  'DELETE /sessions/:sessionId': 'viewer',
  'PUT /password': 'viewer',
  'PUT /second-factor': 'viewer',
  'POST /second-factor/offer': 'viewer',
  'POST /second-factor/drop': 'viewer',

  'GET /events': 'viewer',
  'GET /calls': 'viewer',
  'GET /nodes': 'viewer',
  'GET /home': 'viewer',
  'GET /instances': 'viewer',
  'GET /instances/:instanceId': 'viewer',
  'GET /instances/:instanceId/health': 'viewer',
  'GET /instances/:instanceId/messages': 'viewer',
  'GET /instances/:instanceId/messages/:messageId': 'viewer',
  'GET /instances/:instanceId/queue': 'viewer',
  'GET /instances/:instanceId/callbacks': 'viewer',
  'GET /instances/:instanceId/callbacks/:callbackId': 'viewer',
  'GET /messages': 'viewer',
  'GET /messages.csv': 'viewer',
  'GET /alerts': 'viewer',
  'GET /gateway-settings': 'viewer',

  'PATCH /instances/:instanceId': 'operator',
  'POST /instances/:instanceId/qr': 'operator',
  'POST /instances/:instanceId/pairing-code': 'operator',
  'POST /instances/:instanceId/reconnect': 'operator',
  'POST /instances/:instanceId/restart': 'operator',
  'POST /instances/:instanceId/disconnect': 'operator',
  'GET /instances/:instanceId/passkey': 'operator',
  'POST /instances/:instanceId/passkey/link': 'operator',
  'POST /instances/:instanceId/passkey/answer': 'operator',
  'POST /instances/:instanceId/passkey/code': 'operator',
  'POST /instances/:instanceId/passkey/restart': 'operator',
  'POST /instances/:instanceId/import': 'operator',
  'DELETE /instances/:instanceId/queue': 'operator',
  'DELETE /instances/:instanceId/queue/:messageId': 'operator',
  'POST /instances/:instanceId/endpoints/enable': 'operator',
  'POST /alerts/test': 'operator',

  // Who may use the gateway, where callbacks and alerts go, and what cannot be undone.
  'POST /instances': 'administrator',
  'DELETE /instances/:instanceId': 'administrator',
  'POST /instances/:instanceId/cancel': 'administrator',
  'POST /instances/:instanceId/resume': 'administrator',
  'POST /instances/:instanceId/token': 'administrator',
  'POST /instances/:instanceId/first-call': 'administrator',
  'PUT /instances/:instanceId/allowed-callers': 'administrator',
  'PUT /instances/:instanceId/proxy': 'administrator',
  'POST /instances/:instanceId/webhook-secret': 'administrator',
  'POST /instances/:instanceId/webhook-secret/rotate': 'administrator',
  'PUT /instances/:instanceId/endpoints': 'administrator',
  'PUT /alerts/settings': 'administrator',
  'POST /alerts/secret': 'administrator',
  'GET /audit': 'administrator',
  'GET /people': 'administrator',
  'PUT /people/:personId/role': 'administrator',
  'DELETE /people/:personId': 'administrator',
  'POST /invitations': 'administrator',
  'DELETE /invitations/:invitationId': 'administrator',
  'GET /keys': 'administrator',
  'POST /keys': 'administrator',
  'DELETE /keys/:keyId': 'administrator',
}

/** The calls of programs, below `/call/`. */
const leastRolesOfNeeds: Readonly<Record<CallNeed, Role>> = {
  read: 'viewer',
  send: 'operator',
  manage: 'operator',
  owner: 'administrator',
}

const place = '/console/api'

/** Call it before the routes are registered. `logIn` sets `request.login`, or throws 401. */
export function guardRoutes(
  app: FastifyInstance,
  logIn: (request: FastifyRequest) => Promise<void>,
): void {
  app.addHook('onRoute', (route) => {
    const path = route.url.slice(place.length)
    const found = new Set(
      [route.method].flat().map((method) => leastOf(method, path, route.config)),
    )
    const [least] = found
    if (least === undefined || found.size !== 1)
      throw new Error(`${route.url} has no role: name it in least-roles.ts`)
    route.config = { ...route.config, least }
  })
  app.addHook('onRequest', async (request) => {
    const { least } = request.routeOptions.config
    if (least === 'visitor') return
    await logIn(request)
    request.isKnown = true
    if (least !== undefined) mustBe(least, request)
  })
}

/** For what only some uses of a route need. Throws `RoleRefusedError`. */
export function mustBe(least: Role, request: FastifyRequest): void {
  const { role } = loginIn(request).administrator
  if (!isEnough(role, least)) throw new RoleRefusedError(role, least)
}

function leastOf(
  method: string,
  path: string,
  config: { readonly need?: CallNeed } | undefined,
): Least | undefined {
  const isOfPrograms = path.startsWith('/call/') || path.startsWith('/instances/:instanceId/call/')
  if (isOfPrograms) return config?.need && leastRolesOfNeeds[config.need]
  return leastRoles[`${method === 'HEAD' ? 'GET' : method} ${path}`]
}
