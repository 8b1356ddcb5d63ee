/** What pages make the forms of calls of. */

import { type Static, Type } from 'typebox'

export type { RefusedCallsAnswer } from '../zapi/partner/list-refused-calls.js'

export const callAnswer = Type.Object({
  method: Type.Enum(['GET', 'POST', 'PUT', 'DELETE']),
  /** Below `instances/{id}/call`: `/queue/:zaapId`. */
  path: Type.String(),
  tag: Type.String(),
  summary: Type.String(),
  description: Type.String(),
  /** JSON Schema, as the next two. */
  params: Type.Optional(Type.Unknown()),
  query: Type.Optional(Type.Unknown()),
  body: Type.Optional(Type.Unknown()),
  /** Of the body. */
  maxBytes: Type.Integer(),
})

export const callsAnswer = Type.Object({ calls: Type.Array(callAnswer) })

export type CallAnswer = Static<typeof callAnswer>
export type CallsAnswer = Static<typeof callsAnswer>
