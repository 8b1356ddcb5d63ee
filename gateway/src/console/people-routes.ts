/** The people of the console, the invitations that make more of them, and the API keys of programs. */

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { People } from '../administrators/people.js'
import type { ApiKeys } from '../instances/api-keys.js'
import type { Clock } from '../runtime/clock.js'
import { type AccountOptions, enter } from './account-routes.js'
import { done } from './answer-shapes.js'
import { actorOf, loginIn } from './authenticate.js'
import { described } from './described.js'
import * as shape from './people-answers.js'
import { withoutAbsent } from './words.js'

export interface PeopleRoutesOptions {
  readonly people: People
  readonly apiKeys: ApiKeys
  readonly clock: Pick<Clock, 'now'>
  /** The address that people reach the gateway by, without a slash at the end. */
  readonly linkBase: () => string
}

const dayMs = 86_400_000

export function peopleRoutes({ people, linkBase }: PeopleRoutesOptions): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.get('/people', {
      ...described('The people of the console, and the open invitations.', shape.peopleAnswer),
      handler: async (request) => {
        const own = loginIn(request).administrator.id
        const all = await people.list()
        const invitations = await people.invitations()
        return {
          people: all.map((each) => withoutAbsent({ ...each, isYou: each.id === own })),
          invitations: invitations.map((each) => withoutAbsent({ ...each })),
        }
      },
    })

    app.put('/people/:personId/role', {
      ...described('Gives a person another role; every login of that person ends.', done, {
        params: shape.personParams,
        body: shape.roleBody,
      }),
      handler: async (request) => {
        await people.changeRole(request.params.personId, request.body.role, actorOf(request))
        return { done: true } as const
      },
    })

    app.delete('/people/:personId', {
      ...described('Removes a person with every login.', done, { params: shape.personParams }),
      handler: async (request) => {
        await people.remove(request.params.personId, actorOf(request))
        return { done: true } as const
      },
    })

    app.post('/invitations', {
      ...described('A link that makes one person, shown this once.', shape.madeInvitationAnswer, {
        body: shape.invitationBody,
      }),
      handler: async (request) => {
        const { id } = loginIn(request).administrator
        const made = await people.invite(request.body, actorOf(request), id)
        return { url: invitationUrl(linkBase(), made.token), expiresAt: made.expiresAt }
      },
    })

    app.delete('/invitations/:invitationId', {
      ...described('Withdraws an invitation.', done, { params: shape.invitationParams }),
      handler: async (request) => {
        await people.withdraw(request.params.invitationId, actorOf(request))
        return { done: true } as const
      },
    })
  }
}

/** For those who have a link and no login. The token comes in the body alone, so that it stands in no log. */
export function invitationRoutes(
  options: AccountOptions & Pick<PeopleRoutesOptions, 'people'>,
): FastifyPluginAsyncTypebox {
  const { people } = options
  return async (app) => {
    app.post('/invitation/look', {
      ...described('What the link gives.', shape.invitationAnswer, { body: shape.lookBody }),
      handler: (request) => people.look(request.body.token),
    })

    app.post('/invitation/accept', {
      ...described('Makes the person and logs in.', done, { body: shape.acceptBody }),
      handler: async (request, reply) => {
        const { token, ...chosen } = request.body
        const person = await people.accept(token, chosen, request.address)
        await enter(options, person, request, reply)
        return { done: true } as const
      },
    })
  }
}

export function keyRoutes({ apiKeys, clock }: PeopleRoutesOptions): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.get('/keys', {
      ...described('The API keys, without what opens anything.', shape.keysAnswer),
      handler: async () => {
        const keys = await apiKeys.list()
        return {
          keys: keys.map(({ scopes, instanceIds, ...key }) =>
            withoutAbsent({
              ...key,
              scopes: [...scopes],
              instanceIds: instanceIds && [...instanceIds],
            }),
          ),
        }
      },
    })

    app.post('/keys', {
      ...described('An API key, shown this once.', shape.madeKeyAnswer, { body: shape.keyBody }),
      handler: async (request) => {
        const { name, scopes, instanceIds, days } = request.body
        const expiresAt = days === undefined ? undefined : clock.now() + days * dayMs
        const wish = { name, scopes, instanceIds, expiresAt }
        const { id, token } = await apiKeys.create(wish, actorOf(request))
        return { id, token }
      },
    })

    app.delete('/keys/:keyId', {
      ...described('Revokes an API key.', done, { params: shape.keyParams }),
      handler: async (request) => {
        await apiKeys.revoke(request.params.keyId, actorOf(request))
        return { done: true } as const
      },
    })
  }
}

/** The token stands behind the `#`, which no browser sends. */
export function invitationUrl(base: string, token: string): string {
  return `${base}/console/invitation#${token}`
}
