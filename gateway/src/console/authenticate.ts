/**
 * Who is at the other end of a call to the console.
 *
 * The session's token lies in a cookie that no program in the page can read and
 * that no other site can make the browser send. Against a browser that does not
 * keep to that, whatever changes something must also carry a header that a form
 * of another site cannot set, and come from the console's own origin.
 */

import type { FastifyReply, FastifyRequest } from 'fastify'
import { type Actor, personActor } from '../domain/audit.js'
import type { Administrator } from '../administrators/administrators.js'
import { markLifetimeMs } from '../administrators/browser-marks.js'
import type { LoginSession } from '../administrators/login-sessions.js'
import { absoluteLifetimeMs } from '../administrators/session-lifetime.js'
import { RefusedError } from './refusals.js'

declare module 'fastify' {
  interface FastifyRequest {
    /** Whose call to the console it is, once that is known. */
    login: Login | undefined
  }
}

export interface Login {
  readonly administrator: Administrator
  readonly session: LoginSession
}

export interface LoginDirectory {
  readonly sessions: { find(token: string): Promise<LoginSession | undefined> }
  readonly administrators: { find(id: string): Promise<Administrator | undefined> }
}

const cookieName = 'recado_console'

/** Proves an earlier login from this browser, and opens nothing (`administrators/browser-marks.ts`). */
const markCookieName = 'recado_known'

/** What every call that changes something carries. */
const ownHeader = 'x-recado-console'

function tokenOf(request: FastifyRequest): string | undefined {
  return request.cookies[cookieName]
}

/** What `administrators.markFor` gave this browser, if it is still there. */
export function markOf(request: FastifyRequest): string | undefined {
  return request.cookies[markCookieName]
}

/** The login that the cookie proves, if it is alive. */
export async function loginOf(
  request: FastifyRequest,
  { sessions, administrators }: LoginDirectory,
): Promise<Login | undefined> {
  const token = tokenOf(request)
  if (token === undefined || token.length > 100) return undefined
  const session = await sessions.find(token)
  const administrator = session && (await administrators.find(session.administratorId))
  return session && administrator && { session, administrator }
}

/** Sets `request.login`, or throws 401. */
export function requireLogin(directory: LoginDirectory) {
  return async (request: FastifyRequest): Promise<void> => {
    request.login = await loginOf(request, directory)
    if (request.login === undefined) throw new RefusedError(401, 'You are not logged in.')
  }
}

/** The login of a call that went through `requireLogin`. */
export function loginIn(request: FastifyRequest): Login {
  if (request.login === undefined)
    throw new Error('A route of the console was registered without authentication')
  return request.login
}

/** The person of that call, for the audit log. */
export function actorOf(request: FastifyRequest): Actor {
  return personActor(loginIn(request).administrator, request.address)
}

/** `isSecure`: people reach the console by https. */
export function giveCookie(reply: FastifyReply, token: string, isSecure: boolean): void {
  reply.setCookie(cookieName, token, {
    ...cookiePlace(isSecure),
    maxAge: absoluteLifetimeMs / 1_000,
  })
}

export function giveMark(reply: FastifyReply, mark: string, isSecure: boolean): void {
  reply.setCookie(markCookieName, mark, {
    ...cookiePlace(isSecure),
    maxAge: markLifetimeMs / 1_000,
  })
}

export function takeCookie(reply: FastifyReply, isSecure: boolean): void {
  reply.clearCookie(cookieName, cookiePlace(isSecure))
}

function cookiePlace(secure: boolean) {
  return { path: '/console', httpOnly: true, sameSite: 'strict', secure } as const
}

/** Throws 403 for a change that another site may have had the browser make. Lets every GET through. */
export function requireOwnOrigin(publicOrigin: string | undefined) {
  const requireOwn = requireOwnPage(publicOrigin)
  return async (request: FastifyRequest): Promise<void> => {
    if (request.method !== 'GET') await requireOwn(request)
  }
}

/** The same for calls of which a GET may change something. */
export function requireOwnPage(publicOrigin: string | undefined) {
  return async (request: FastifyRequest): Promise<void> => {
    const { origin, host, 'sec-fetch-site': site } = request.headers
    const isOwn =
      request.headers[ownHeader] === '1' &&
      (site === undefined || site === 'same-origin') &&
      (origin === undefined || origin === publicOrigin || hostOf(origin) === host)
    if (!isOwn) throw new RefusedError(403, 'This did not come from a page of the console.')
  }
}

function hostOf(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined
}
