/** What the partner's calls on one instance share. */

import { Type } from 'typebox'

/** 2100-01-01. Z-API's trial ends at `due`; an instance of ours does not end. */
export const due = Date.UTC(2100, 0, 1)

export const exampleId = '019D44C09B3E7A10B1C2D3E4F5061728'
export const exampleToken = 'k7Qd0vX2mZpT4sYb9LrA1nWc'

export const emptyAnswer = Type.Null({ description: 'Done. The body is empty.' })

export const done = Type.Object(
  { value: Type.Boolean({ description: 'true: it is done.' }) },
  { examples: [{ value: true }] },
)

export const withCalls = Type.Boolean({
  description: 'Accepted and without effect: there is nothing to subscribe to here.',
})

const defaultOverlapSeconds = 24 * 3600
const longestOverlapSeconds = 30 * 24 * 3600

export const overlap = {
  overlapSeconds: Type.Optional(
    Type.Integer({
      minimum: 0,
      maximum: longestOverlapSeconds,
      description: 'How long the previous one still counts. 24 hours if left out; 0: no longer.',
    }),
  ),
}

export const overlapMsOf = ({ overlapSeconds = defaultOverlapSeconds }) => overlapSeconds * 1_000

export const previousUntil = Type.Union([Type.Integer(), Type.Null()], {
  description:
    'Until when the previous one still counts, in epoch milliseconds; null: it does not.',
})
