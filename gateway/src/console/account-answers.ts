/** What pages read of the person who looks at them. */

import { type Static, Type } from 'typebox'
import { roles } from '../domain/role.js'
import { moment, qrAnswer } from './answer-shapes.js'

const administratorAnswer = Type.Object({
  name: Type.String(),
  role: Type.Enum([...roles]),
  hasSecondFactor: Type.Boolean(),
  recoveryCodesLeft: Type.Integer(),
})

/** Who looks at the console, and what it can do now. */
export const visitAnswer = Type.Object({
  state: Type.Enum(['set-up', 'log-in', 'in']),
  administrator: Type.Optional(administratorAnswer),
  version: Type.String(),
  /** Several gateways may share the database. */
  hasNodes: Type.Optional(Type.Literal(true)),
})

/** `code-needed`: name and password are right; send them again with a one-time code. */
export const logInAnswer = Type.Object({ state: Type.Enum(['in', 'code-needed']) })

export const loginSessionsAnswer = Type.Object({
  sessions: Type.Array(
    Type.Object({
      id: Type.String(),
      isThis: Type.Boolean(),
      address: Type.String(),
      browser: Type.String(),
      createdAt: moment,
      lastSeenAt: moment,
      endsAt: moment,
    }),
  ),
})

export const secondFactorOffer = Type.Object({ secret: Type.String(), qr: qrAnswer })
export const recoveryCodesAnswer = Type.Object({ recoveryCodes: Type.Array(Type.String()) })

export type VisitAnswer = Static<typeof visitAnswer>
export type LogInAnswer = Static<typeof logInAnswer>
export type LoginSessionsAnswer = Static<typeof loginSessionsAnswer>
export type SecondFactorOffer = Static<typeof secondFactorOffer>
export type RecoveryCodesAnswer = Static<typeof recoveryCodesAnswer>
