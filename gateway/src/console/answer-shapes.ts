/** Shapes that several answers of the console share. Moments are epoch milliseconds; what there is not is left out. */

import { type Static, Type } from 'typebox'

export const moment = Type.Integer()
export const optional = {
  moment: Type.Optional(moment),
  text: Type.Optional(Type.String()),
}

const bilingual = Type.Object({ en: Type.String(), pt: Type.String() })

/** Why something is as it is, and what helps, in both languages. */
export const explanation = Type.Object({ cause: bilingual, cure: bilingual })

export const done = Type.Object({ done: Type.Literal(true) })

/** `next`: give it as `before` for the page behind this one. */
export const next = Type.Optional(Type.Integer())

/** A QR code as one SVG path in a square of `size` modules, quiet zone and all. */
export const qrAnswer = Type.Object({
  text: Type.String(),
  size: Type.Integer(),
  path: Type.String(),
})

export type ExplanationAnswer = Static<typeof explanation>
export type QrAnswer = Static<typeof qrAnswer>
