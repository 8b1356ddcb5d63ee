/** What the page of all instances reads. */

import { type Static, Type } from 'typebox'
import { moment, optional } from './answer-shapes.js'
import { instanceSummary, trouble } from './instance-answers.js'

const homeInstance = Type.Object({
  ...instanceSummary.properties,
  troubles: Type.Array(trouble),
  /** Of the messages accepted since then. */
  today: Type.Object({
    sent: Type.Integer(),
    /** Failed or expired. */
    failed: Type.Integer(),
    /** Codes that left late or wait for too long. */
    late: Type.Integer(),
  }),
  /** When the last message was sent or received. */
  lastMessageAt: optional.moment,
  /** `none`: no URL is set. */
  receivers: Type.Enum(['none', 'good', 'paused', 'failing']),
  /** How long a new message would wait, in ms; missing while nothing leaves. */
  waitMs: Type.Optional(Type.Integer()),
})

export const homeAnswer = Type.Object({
  now: moment,
  /** A code is late after so many milliseconds. */
  lateAfterMs: Type.Integer(),
  instances: Type.Array(homeInstance),
})

export type HomeInstance = Static<typeof homeInstance>
export type HomeAnswer = Static<typeof homeAnswer>
