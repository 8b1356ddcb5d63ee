/** What pages read of an instance's health. */

import { type Static, Type } from 'typebox'
import { moment, optional } from './answer-shapes.js'

const percentiles = Type.Object({
  count: Type.Integer(),
  p50: Type.Optional(Type.Number()),
  p95: Type.Optional(Type.Number()),
  p99: Type.Optional(Type.Number()),
})
export const healthAnswer = Type.Object({
  since: moment,
  until: moment,
  bucketMs: Type.Integer(),
  isPartial: Type.Boolean(),
  acceptedToSent: percentiles,
  sentToDelivered: percentiles,
  acceptedToDelivered: percentiles,
  buckets: Type.Array(
    Type.Object({
      at: moment,
      accepted: Type.Integer(),
      delivered: Type.Integer(),
      expired: Type.Integer(),
      failed: Type.Integer(),
      sentP95Ms: Type.Optional(Type.Number()),
      refusals: Type.Array(Type.Object({ code: Type.Integer(), count: Type.Integer() })),
    }),
  ),
  failures: Type.Array(Type.Object({ reason: Type.String(), count: Type.Integer() })),
  restrictedUntil: optional.moment,
})

export type HealthAnswer = Static<typeof healthAnswer>
