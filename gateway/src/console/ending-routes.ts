/** Taking an instance out of use, taking it back, and deleting it for good. */

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { Actor } from '../domain/audit.js'
import type { InstanceId } from '../domain/instance.js'
import type { Instances } from '../instances/instances.js'
import { done } from './answer-shapes.js'
import { actorOf } from './authenticate.js'
import { described } from './described.js'
import { knownInstance } from './known-instance.js'
import { RefusedError } from './refusals.js'
import * as sent from './requests.js'

export interface EndingRoutesOptions {
  readonly instances: Pick<Instances, 'find'>
  /** Each is safe to repeat. */
  readonly ending: {
    cancel(id: InstanceId, by: Actor): Promise<unknown>
    resume(id: InstanceId, by: Actor): Promise<unknown>
    delete(id: InstanceId, by: Actor): Promise<void>
  }
}

export function endingRoutes({
  instances,
  ending,
}: EndingRoutesOptions): FastifyPluginAsyncTypebox {
  const params = sent.instanceParams
  return async (app) => {
    app.post('/instances/:instanceId/cancel', {
      ...described('Takes it out of use; its line is emptied and its phone unlinked.', done, {
        params,
      }),
      handler: async (request) => {
        const { id } = await knownInstance(instances, request.params.instanceId)
        await ending.cancel(id, actorOf(request))
        return { done: true } as const
      },
    })

    app.post('/instances/:instanceId/resume', {
      ...described('Takes a cancelled instance back into use.', done, { params }),
      handler: async (request) => {
        const { id } = await knownInstance(instances, request.params.instanceId)
        await ending.resume(id, actorOf(request))
        return { done: true } as const
      },
    })

    app.delete('/instances/:instanceId', {
      ...described('Deletes a cancelled instance with all that belongs to it.', done, {
        params,
      }),
      handler: async (request) => {
        const instance = await knownInstance(instances, request.params.instanceId)
        if (instance.cancelledAt === undefined)
          throw new RefusedError(409, 'This instance is in use. Take it out of use first.')
        await ending.delete(instance.id, actorOf(request))
        return { done: true } as const
      },
    })
  }
}
