/** What pages read and send about people, invitations and API keys. */

import { type Static, Type } from 'typebox'
import { longestPassword, shortestPassword } from '../administrators/password-hash.js'
import { apiScopes } from '../domain/api-scope.js'
import { roles } from '../domain/role.js'
import { moment, optional } from './answer-shapes.js'

const roleShape = Type.Enum([...roles], { description: 'What the person may do.' })

export const peopleAnswer = Type.Object({
  people: Type.Array(
    Type.Object({
      id: Type.String(),
      isYou: Type.Boolean(),
      name: Type.String(),
      role: roleShape,
      hasSecondFactor: Type.Boolean(),
      createdAt: moment,
      lastSeenAt: optional.moment,
    }),
  ),
  invitations: Type.Array(
    Type.Object({
      id: Type.String(),
      role: roleShape,
      note: Type.String(),
      invitedBy: optional.text,
      createdAt: moment,
      expiresAt: moment,
    }),
  ),
})

export const madeInvitationAnswer = Type.Object({ url: Type.String(), expiresAt: moment })
export const invitationAnswer = Type.Object({ role: roleShape, expiresAt: moment })

export const keysAnswer = Type.Object({
  keys: Type.Array(
    Type.Object({
      id: Type.String(),
      name: Type.String(),
      scopes: Type.Array(Type.Enum([...apiScopes])),
      /** Missing: every instance. */
      instanceIds: Type.Optional(Type.Array(Type.String())),
      createdAt: moment,
      expiresAt: optional.moment,
      isExpired: Type.Boolean(),
      lastUsedAt: optional.moment,
    }),
  ),
})

export const madeKeyAnswer = Type.Object({ id: Type.String(), token: Type.String() })

const id = Type.String({ maxLength: 64 })
export const personParams = Type.Object({ personId: id })
export const invitationParams = Type.Object({ invitationId: id })
export const keyParams = Type.Object({ keyId: id })
export const roleBody = Type.Object({ role: roleShape })
export const invitationBody = Type.Object({
  role: roleShape,
  note: Type.String({ maxLength: 100, description: 'For whom it is.' }),
  hours: Type.Integer({ minimum: 1, maximum: 168, description: 'For how long the link counts.' }),
})

const token = Type.String({ maxLength: 100, description: 'Of the link.' })
export const lookBody = Type.Object({ token })
export const acceptBody = Type.Object({
  token,
  name: Type.String({
    minLength: 1,
    maxLength: 100,
    pattern: '\\S',
    description: 'What the person is called.',
  }),
  password: Type.String({
    minLength: shortestPassword,
    maxLength: longestPassword,
    description: 'At least 12 characters.',
  }),
})

export const keyBody = Type.Object({
  name: Type.String({
    minLength: 1,
    maxLength: 60,
    pattern: '\\S',
    description: 'The program that gets it.',
  }),
  scopes: Type.Array(Type.Enum([...apiScopes]), {
    minItems: 1,
    maxItems: apiScopes.length,
    description: 'What it opens.',
  }),
  instanceIds: Type.Optional(
    Type.Array(Type.String({ maxLength: 64 }), {
      minItems: 1,
      maxItems: 500,
      description: 'The instances that it opens; every one if left out.',
    }),
  ),
  days: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: 3_650,
      description: 'After how many days it expires; never if left out.',
    }),
  ),
})

export type PeopleAnswer = Static<typeof peopleAnswer>
export type MadeInvitationAnswer = Static<typeof madeInvitationAnswer>
export type InvitationAnswer = Static<typeof invitationAnswer>
export type KeysAnswer = Static<typeof keysAnswer>
export type MadeKeyAnswer = Static<typeof madeKeyAnswer>
