/** The test of the alerts, for `recado alerts test`. */

import type { FastifyPluginAsync } from 'fastify'
import { Type } from 'typebox'
import { operation } from './operation.js'

export interface AlertsRouteOptions {
  /** Tells every channel that is set; `problem` is missing where it was taken. */
  test(signal: AbortSignal): Promise<
    readonly {
      readonly channel: string
      readonly problem?: string | undefined
      readonly tookMs: number
    }[]
  >
}

const testAlerts = operation({
  tag: 'operator',
  summary: 'Sends a test to each channel of the alerts, for `recado alerts test`.',
  description: 'At once and without a further try. Nothing is sent where no channel is set.',
  answer: Type.Object(
    {
      results: Type.Array(
        Type.Object({
          channel: Type.String({ description: 'webhook, email, slack or telegram.' }),
          problem: Type.Union([Type.String(), Type.Null()], {
            description: 'Why it was not taken: HTTP 500, ECONNREFUSED. null: it was.',
          }),
          tookMs: Type.Integer({ description: 'How long it took.' }),
        }),
        { description: 'One a channel.' },
      ),
    },
    { examples: [{ results: [{ channel: 'email', problem: null, tookMs: 412 }] }] },
  ),
})

/** Register it behind the operator's authentication. */
export function alertsRoute(alerts: AlertsRouteOptions): FastifyPluginAsync {
  return async (app) => {
    app.post('/operator/alerts/test', { schema: testAlerts }, async () => {
      const results = await alerts.test(new AbortController().signal)
      return {
        results: results.map(({ channel, problem = null, tookMs }) => {
          return { channel, problem, tookMs }
        }),
      }
    })
  }
}
