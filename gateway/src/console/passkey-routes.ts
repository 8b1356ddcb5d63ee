/**
 * WhatsApp's passkey step, for the pages. Shapes: `passkey-answers.ts`. Every call carries the header that each call of
 * the console carries, and a POST answers `{"done":true}` unless it says something else.
 *
 * With a login, below `/console/api`:
 *
 * | Call | Gives |
 * |---|---|
 * | `GET /instances/:instanceId/passkey` | where the step stands: `passkeyAnswer` |
 * | `POST /instances/:instanceId/passkey/link` | a one-time link: `{ url, expiresAt }`; 409 when WhatsApp does not ask |
 * | `POST /instances/:instanceId/passkey/answer` `{ answer }` | 400 with what is wrong; 409 when WhatsApp does not ask, or the linking failed over it |
 * | `POST /instances/:instanceId/passkey/code` `{ same }` | 409 when there is no code to compare |
 * | `POST /instances/:instanceId/passkey/restart` | begins another pairing; ask for its QR after it |
 *
 * `POST /instances/:instanceId/qr` and `…/pairing-code` answer `{ "state": "passkey" }` meanwhile.
 *
 * With the token of a link and without a login; 404 when the link does not count any more. The link is
 * `/console/passkey#<token>`, and the token is sent in the body alone, so that it stands in no log:
 *
 * | Call | Gives |
 * |---|---|
 * | `POST /passkey-link/state` `{ token }` | `passkeyLinkAnswer`: the same with the instance's name. After the end only how it ended |
 * | `POST /passkey-link/answer` `{ token, answer }` | as above |
 * | `POST /passkey-link/code` `{ token, same }` | as above |
 *
 * A change of the step is told as topic `session` by `GET /events`. The page of a link asks every second or two.
 */

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Actor } from '../domain/audit.js'
import type { HandOn } from '../http/node-link.js'
import type { AuditLog } from '../instances/audit-log.js'
import type { Instances } from '../instances/instances.js'
import type { Clock } from '../runtime/clock.js'
import type { PasskeyState } from '../sessions/passkey-linking.js'
import type { Sessions } from '../sessions/sessions.js'
import { done } from './answer-shapes.js'
import { described } from './described.js'
import { knownInstance } from './known-instance.js'
import * as shape from './passkey-answers.js'
import { RefusedError } from './refusals.js'
import * as sent from './requests.js'

export interface PasskeyRoutesOptions {
  readonly instances: Pick<Instances, 'find'>
  readonly sessions: Pick<
    Sessions,
    | 'status'
    | 'answerPasskey'
    | 'compareCode'
    | 'restartPairing'
    | 'createPasskeyLink'
    | 'passkeyLink'
    | 'byPasskeyLink'
  >
  readonly audit: Pick<AuditLog, 'record'>
  readonly clock: Pick<Clock, 'now'>
  /** The address that people reach the gateway by, without a slash at the end. */
  readonly linkBase: () => string
  readonly handOn: HandOn
  /** The page of the phones of a simulator; undefined where WhatsApp is the real one. */
  readonly virtualPhonesUrl: string | undefined
}

/** Behind the login. */
export function passkeyRoutes(options: PasskeyRoutesOptions): FastifyPluginAsyncTypebox {
  const { instances, sessions, clock, linkBase, virtualPhonesUrl } = options
  const params = sent.instanceParams
  const path = '/instances/:instanceId/passkey'
  return async (app) => {
    app.get(path, {
      ...described('Where the passkey step stands.', shape.passkeyAnswer, { params }),
      handler: async ({ params: { instanceId } }) => {
        const { id } = await knownInstance(instances, instanceId)
        return shape.viewPasskey(sessions.status(id).passkey, clock.now(), virtualPhonesUrl)
      },
    })

    app.post(`${path}/link`, {
      ...described('A one-time link for the person with the passkey.', shape.madeLinkAnswer, {
        params,
      }),
      handler: async ({ params: { instanceId } }) => {
        const { id } = await knownInstance(instances, instanceId)
        const { token, expiresAt } = await sessions.createPasskeyLink(id)
        return { url: `${linkBase()}/console/passkey#${token}`, expiresAt }
      },
    })

    app.post(`${path}/answer`, {
      ...described('What the passkey signed.', done, { params, body: shape.answerBody }),
      handler: async ({ params: { instanceId }, body }) => {
        const { id } = await knownInstance(instances, instanceId)
        await sessions.answerPasskey(id, body.answer)
        return { done: true } as const
      },
    })

    app.post(`${path}/code`, {
      ...described('Whether the phone shows the same code.', done, {
        params,
        body: shape.compareBody,
      }),
      handler: async ({ params: { instanceId }, body }) => {
        const { id } = await knownInstance(instances, instanceId)
        await sessions.compareCode(id, body.same)
        return { done: true } as const
      },
    })

    app.post(`${path}/restart`, {
      ...described('Another pairing in place of this one.', done, { params }),
      handler: async ({ params: { instanceId } }) => {
        const { id } = await knownInstance(instances, instanceId)
        await sessions.restartPairing(id)
        return { done: true } as const
      },
    })
  }
}

/** For those who have a link and no login. */
export function passkeyLinkRoutes(options: PasskeyRoutesOptions): FastifyPluginAsyncTypebox {
  const { instances, sessions, audit, clock, virtualPhonesUrl, handOn } = options

  /** Throws 404. Undefined once the node that runs the instance has answered, if that is another one. */
  async function linked(token: string, request: FastifyRequest, reply: FastifyReply) {
    const gone = new RefusedError(404, 'This link is not valid any more. Ask for a new one.')
    const link = await sessions.passkeyLink(token)
    if (link === undefined) throw gone
    await handOn(link.instanceId, request, reply)
    if (reply.sent) return undefined
    const passkey = sessions.byPasskeyLink(link)
    if (passkey === undefined) throw gone
    return { instanceId: link.instanceId, passkey }
  }

  return async (app) => {
    app.post('/passkey-link/state', {
      ...described('Where the step of a link stands.', shape.passkeyLinkAnswer, {
        body: shape.linkBody,
      }),
      handler: async (request, reply) => {
        const own = await linked(request.body.token, request, reply)
        if (own === undefined) return reply
        const view = shape.viewPasskey(own.passkey, clock.now(), virtualPhonesUrl)
        if (isOver(own.passkey)) return view
        const { name } = await knownInstance(instances, own.instanceId)
        return { ...view, instanceName: name }
      },
    })

    app.post('/passkey-link/answer', {
      ...described('What the passkey signed.', done, { body: shape.linkAnswerBody }),
      handler: async (request, reply) => {
        const own = await linked(request.body.token, request, reply)
        if (own === undefined) return reply
        const { instanceId } = own
        await sessions.answerPasskey(instanceId, request.body.answer)
        await audit.record({ act: 'passkey-answered', by: visitorOf(request), instanceId })
        return { done: true } as const
      },
    })

    app.post('/passkey-link/code', {
      ...described('Whether the phone shows the same code.', done, {
        body: shape.linkCompareBody,
      }),
      handler: async (request, reply) => {
        const own = await linked(request.body.token, request, reply)
        if (own === undefined) return reply
        const { instanceId } = own
        await sessions.compareCode(instanceId, request.body.same)
        await audit.record({ act: 'passkey-code-compared', by: visitorOf(request), instanceId })
        return { done: true } as const
      },
    })
  }
}

/** A link says nothing about who has it. */
function visitorOf({ address }: FastifyRequest): Actor {
  return { role: 'visitor', address }
}

function isOver({ step }: PasskeyState): boolean {
  return step.kind === 'failed' || step.kind === 'linked'
}
