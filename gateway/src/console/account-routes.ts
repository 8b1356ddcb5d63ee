/** The first administrator, logging in and out, and one's own account. */

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type {
  Administrator,
  Administrators,
  Confirmation,
  Enrolment,
  Login,
} from '../administrators/administrators.js'
import type { LoginSessions } from '../administrators/login-sessions.js'
import type { Log } from '../runtime/telemetry.js'
import {
  logInAnswer,
  loginSessionsAnswer,
  recoveryCodesAnswer,
  secondFactorOffer,
  visitAnswer,
} from './account-answers.js'
import { done } from './answer-shapes.js'
import { giveCookie, giveMark, loginIn, loginOf, markOf, takeCookie } from './authenticate.js'
import { described } from './described.js'
import { qrOf } from './qr.js'
import { heldUp, RefusedError } from './refusals.js'
import * as body from './requests.js'

export interface AccountOptions {
  readonly administrators: Administrators
  readonly loginSessions: LoginSessions
  readonly log: Log
  readonly version: string
  /** Undefined for a gateway that has its database alone. */
  readonly nodes: object | undefined
  /** People reach the console by https. */
  readonly isSecure: boolean
}

/** The same whatever part is wrong. */
const wrongLogin = () => new RefusedError(401, 'Name, password or one-time code is wrong.')
const wrongPassword = () => new RefusedError(403, 'The password or the one-time code is wrong.')

/** The calls of a visitor who is not logged in yet. */
export function doorRoutes(options: AccountOptions): FastifyPluginAsyncTypebox {
  return async (app) => {
    await app.register(visitRoute(options))
    await app.register(setUpRoute(options))
    await app.register(logInRoute(options))
  }
}

function visitRoute({
  administrators,
  loginSessions,
  version,
  nodes,
}: AccountOptions): FastifyPluginAsyncTypebox {
  const directory = { administrators, sessions: loginSessions }
  return async (app) => {
    app.get('/visit', {
      ...described(
        'Whether the visitor is logged in, or has to set up the console first.',
        visitAnswer,
      ),
      handler: async (request) => {
        const login = await loginOf(request, directory)
        if (login === undefined) {
          const state = (await administrators.exist()) ? 'log-in' : 'set-up'
          return { state, version } as const
        }
        const { id, name, role, hasSecondFactor } = login.administrator
        const recoveryCodesLeft = await administrators.recoveryCodesLeft(id)
        const administrator = { name, role, hasSecondFactor, recoveryCodesLeft }
        const seen = { state: 'in', administrator, version } as const
        return nodes === undefined ? seen : ({ ...seen, hasNodes: true } as const)
      },
    })
  }
}

function setUpRoute(options: AccountOptions): FastifyPluginAsyncTypebox {
  const { administrators, log } = options
  return async (app) => {
    app.post('/set-up', {
      ...described('Makes the first administrator and logs in.', done, {
        body: body.setUpBody,
      }),
      onRequest: mayTry(administrators),
      handler: async (request, reply) => {
        const { setupCode, ...credentials } = request.body
        const result = await administrators.setUp(setupCode, credentials, request.address)
        if (result.kind === 'held-up') throw heldUp(result.retryAfterSeconds)
        if (result.kind === 'too-late')
          throw new RefusedError(409, 'There is an administrator already. Log in.')
        if (result.kind === 'wrong')
          throw new RefusedError(
            403,
            'The set-up code is wrong. The program prints it at its start.',
          )
        log.info('administrator-made', { address: request.address })
        await enter(options, result.administrator, request, reply)
        return { done: true } as const
      },
    })
  }
}

function logInRoute(options: AccountOptions): FastifyPluginAsyncTypebox {
  const { administrators, log } = options
  return async (app) => {
    app.post('/log-in', {
      ...described('Logs in, or asks for a one-time code.', logInAnswer, {
        body: body.logInBody,
      }),
      onRequest: mayTry(administrators),
      handler: async (request, reply) => {
        const result = await administrators.logIn(request.body, request.address, markOf(request))
        switch (result.kind) {
          case 'held-up':
            throw heldUp(result.retryAfterSeconds)
          case 'wrong':
            log.warn('login-refused', { address: request.address })
            throw wrongLogin()
          case 'code-needed':
            return { state: 'code-needed' } as const
          case 'right':
            await enter(options, result.administrator, request, reply)
            return { state: 'in' } as const
        }
      },
    })
  }
}

export async function enter(
  { administrators, loginSessions, isSecure }: AccountOptions,
  administrator: Administrator,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  const { token } = await loginSessions.begin(administrator, {
    address: request.address,
    browser: request.headers['user-agent'] ?? '',
  })
  giveCookie(reply, token, isSecure)
  giveMark(reply, administrators.markFor(administrator), isSecure)
}

/** Before the body is read, so that a guess costs no parsing. */
function mayTry(administrators: Administrators): (request: FastifyRequest) => Promise<void> {
  return async (request) => {
    const wait = await administrators.waitOf(request.address, markOf(request))
    if (wait !== undefined) throw heldUp(wait)
  }
}

/** One's own account. */
export function accountRoutes(options: AccountOptions): FastifyPluginAsyncTypebox {
  const { administrators } = options
  return async (app) => {
    await app.register(sessionRoutes(options))
    await app.register(secondFactorRoutes(options))

    app.put('/password', {
      ...described('Changes the password and logs out everywhere else.', done, {
        body: body.passwordBody,
      }),
      handler: async (request) => {
        const change = { old: request.body.password, new: request.body.newPassword }
        mustBeRight(await administrators.changePassword(loginAt(request), change))
        return { done: true } as const
      },
    })
  }
}

function sessionRoutes({ loginSessions, isSecure }: AccountOptions): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.post('/log-out', {
      ...described('Ends this session.', done),
      handler: async (request, reply) => {
        const { administrator, session } = loginIn(request)
        await loginSessions.revoke(administrator, session.id, request.address)
        takeCookie(reply, isSecure)
        return { done: true } as const
      },
    })

    app.get('/sessions', {
      ...described('Where one is logged in.', loginSessionsAnswer),
      handler: async (request) => {
        const { administrator, session } = loginIn(request)
        const all = await loginSessions.list(administrator.id)
        return {
          sessions: all.map(({ administratorId: _administratorId, ...each }) => ({
            ...each,
            isThis: each.id === session.id,
          })),
        }
      },
    })

    app.delete('/sessions/:sessionId', {
      ...described('Ends one session.', done, { params: body.sessionParams }),
      handler: async (request) => {
        const { administrator } = loginIn(request)
        const { sessionId } = request.params
        if (!(await loginSessions.revoke(administrator, sessionId, request.address)))
          throw new RefusedError(404, 'This session has ended already.')
        return { done: true } as const
      },
    })

    app.delete('/sessions', {
      ...described('Ends all sessions but this one.', done),
      handler: async (request) => {
        const { administrator, session } = loginIn(request)
        await loginSessions.revokeOthers(administrator, session.id, request.address)
        return { done: true } as const
      },
    })
  }
}

function secondFactorRoutes({ administrators }: AccountOptions): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.post('/second-factor/offer', {
      ...described(
        'A secret for an authenticator app. It counts once it is enrolled.',
        secondFactorOffer,
      ),
      handler: async (request) => {
        const { secret, uri } = administrators.offerSecondFactor(loginIn(request).administrator)
        return { secret, qr: qrOf(uri) }
      },
    })

    app.put('/second-factor', {
      ...described(
        'From now on a login needs a one-time code; all other logins end.',
        recoveryCodesAnswer,
        {
          body: body.enrolBody,
        },
      ),
      handler: async (request) => {
        const result = await administrators.enrol(loginAt(request), request.body)
        mustBeRight(result)
        return { recoveryCodes: [...result.recoveryCodes] }
      },
    })

    app.post('/second-factor/drop', {
      ...described('A login needs no one-time code any more; all other logins end.', done, {
        body: body.dropFactorBody,
      }),
      handler: async (request) => {
        mustBeRight(await administrators.dropSecondFactor(loginAt(request), request.body))
        return { done: true } as const
      },
    })
  }
}

function loginAt(request: FastifyRequest): Login {
  const { administrator, session } = loginIn(request)
  return { id: administrator.id, sessionId: session.id, address: request.address }
}

type Right = { readonly kind: 'right' }

/** Throws for any other end. */
function mustBeRight<C extends Confirmation | Enrolment>(
  result: C,
): asserts result is Extract<C, Right> {
  if (result.kind === 'on-already')
    throw new RefusedError(409, 'One-time codes are on already. Switch them off first.')
  if (result.kind === 'wrong') throw wrongPassword()
  if (result.kind === 'held-up') throw heldUp(result.retryAfterSeconds)
}
