/** What pages read of callbacks: what the outside was told, and how that went. */

import { type Static, Type } from 'typebox'
import { moment, next, optional } from './answer-shapes.js'

const callbackProperties = {
  id: Type.String(),
  kind: Type.String(),
  /** The chat that it tells of. */
  phone: optional.text,
  /** Of the message that it tells of: ours, where this gateway sent it, and WhatsApp's. */
  messageId: optional.text,
  whatsappId: optional.text,
  url: Type.String(),
  status: Type.Enum(['pending', 'done', 'dead']),
  attempts: Type.Integer(),
  /** After so many attempts it has failed. */
  mostAttempts: Type.Integer(),
  error: optional.text,
  createdAt: moment,
  endedAt: optional.moment,
  /** Of a pending one. Once that is past, it waits for those before it, or is under way. */
  nextAttemptAt: optional.moment,
}
export const callbackSummary = Type.Object(callbackProperties)
export const callbacksAnswer = Type.Object({ callbacks: Type.Array(callbackSummary), next })
/** `body` is gone once the receiver has it. Codes in it are masked. */
export const callbackAnswer = Type.Object({
  ...callbackProperties,
  body: Type.Optional(Type.Unknown()),
  /** Its attempts, the oldest first. Codes in the answers are masked. */
  tries: Type.Array(
    Type.Object({
      at: moment,
      durationMs: Type.Integer(),
      statusCode: Type.Optional(Type.Integer()),
      error: optional.text,
      answer: optional.text,
    }),
  ),
})

export type CallbackSummary = Static<typeof callbackSummary>
export type CallbacksAnswer = Static<typeof callbacksAnswer>
export type CallbackAnswer = Static<typeof callbackAnswer>
