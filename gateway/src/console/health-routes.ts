/** How an instance does: its latencies, and what expired or was refused over time. */

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { Instances } from '../instances/instances.js'
import type { Percentiles } from '../outbox/history/health-figures.js'
import type { MessageHealth } from '../outbox/history/message-health.js'
import type { Restrictions } from '../outbox/limits/restrictions.js'
import type { Clock } from '../runtime/clock.js'
import { described } from './described.js'
import { healthAnswer } from './health-answers.js'
import { knownInstance } from './known-instance.js'
import * as sent from './requests.js'
import { withoutAbsent } from './words.js'

export interface HealthRoutesOptions {
  readonly instances: Pick<Instances, 'find'>
  readonly health: Pick<MessageHealth, 'read'>
  readonly restrictions: Pick<Restrictions, 'until'>
  readonly clock: Pick<Clock, 'now'>
}

const minuteMs = 60_000
const hourMs = 60 * minuteMs

/** Each gives 48 to 60 bars. */
const ranges = {
  hour: { lengthMs: hourMs, bucketMs: minuteMs },
  day: { lengthMs: 24 * hourMs, bucketMs: 30 * minuteMs },
  week: { lengthMs: 7 * 24 * hourMs, bucketMs: 3 * hourMs },
} as const

export function healthRoutes(options: HealthRoutesOptions): FastifyPluginAsyncTypebox {
  const { instances, health, restrictions, clock } = options
  return async (app) => {
    app.get('/instances/:instanceId/health', {
      ...described('Latencies, and what did not arrive.', healthAnswer, {
        params: sent.instanceParams,
        querystring: sent.healthQuery,
      }),
      handler: async ({ params, query: { range = 'day' } }) => {
        const { id } = await knownInstance(instances, params.instanceId)
        const { lengthMs, bucketMs } = ranges[range]
        const until = clock.now()
        const read = await health.read(id, { since: until - lengthMs, bucketMs })
        return withoutAbsent({
          since: read.since,
          until,
          bucketMs,
          isPartial: read.isPartial,
          acceptedToSent: measured(read.acceptedToSent),
          sentToDelivered: measured(read.sentToDelivered),
          acceptedToDelivered: measured(read.acceptedToDelivered),
          buckets: read.buckets.map(({ refusals, ...bucket }) =>
            withoutAbsent({ ...bucket, refusals: [...refusals] }),
          ),
          failures: [...read.failures],
          restrictedUntil: await restrictions.until(id),
        })
      },
    })
  }
}

function measured(percentiles: Percentiles) {
  return withoutAbsent({ ...percentiles })
}
