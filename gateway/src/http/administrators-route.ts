/** What `recado administrator reset` asks of a gateway that runs. */

import type { FastifyPluginAsync } from 'fastify'
import { Type } from 'typebox'
import type { Actor } from '../domain/audit.js'
import { operation } from './operation.js'

export interface AdministratorsRouteOptions {
  /** Leaves no administrator and no login of the console, and gives the code that makes the next one. */
  readonly reset: (by: Actor) => Promise<{
    readonly administrators: number
    readonly logins: number
    readonly setupCode: string
  }>
}

const schema = operation({
  tag: 'operator',
  summary:
    'Removes the administrators of the console and gives a set-up code, for `recado administrator reset`.',
  description: 'For a lost password. Every login of the console ends. Instances are not touched.',
  answer: Type.Object(
    {
      administrators: Type.Integer({ description: 'How many there were.' }),
      logins: Type.Integer({ description: 'How many logins ended.' }),
      setupCode: Type.String({
        description: 'Makes the next administrator. Good until the gateway ends; shown this once.',
      }),
    },
    {
      description: 'What was removed, and what comes next.',
      examples: [{ administrators: 1, logins: 2, setupCode: 'abcde-fghjk-mnpqr-stuvw' }],
    },
  ),
})

/** Register it behind the operator's authentication. */
export function administratorsRoute({ reset }: AdministratorsRouteOptions): FastifyPluginAsync {
  return async (app) => {
    app.post('/operator/administrators/reset', { schema }, ({ address }) =>
      reset({ role: 'operator', address }),
    )
  }
}
