/** The paths that Recado adds about callbacks: those that were given up, and the signing secret. */

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { Instance, InstanceId } from '../domain/instance.js'
import { instanceOf } from './authenticate.js'
import { DeadCallbackHandlers, type DeadLetterBox } from './dead-callback-handlers.js'
import * as operation from './webhook-operations.js'

export interface CallbackRoutesOptions {
  readonly deadLetters: DeadLetterBox
  readonly instances: { signingSecretOf(id: InstanceId): Promise<string> }
}

/** Below the instance, behind its authentication. */
export function ownCallbackRoutes({
  deadLetters,
  instances,
}: CallbackRoutesOptions): FastifyPluginAsyncTypebox {
  const dead = new DeadCallbackHandlers(deadLetters)
  const secretOf = async ({ id }: Instance) => ({
    webhookSecret: await instances.signingSecretOf(id),
  })
  return async (app) => {
    app.get('/callbacks', { schema: operation.listDead }, (request) =>
      dead.list(instanceOf(request), request.query),
    )
    app.get('/callbacks/:callbackId', { schema: operation.showCallback }, (request) =>
      dead.show(instanceOf(request), request.params, request.query),
    )
    app.post('/callbacks/:callbackId/replay', { schema: operation.replayOne }, (request) =>
      dead.replay(instanceOf(request), request.params),
    )
    app.post('/callbacks/replay', { schema: operation.replayAll }, (request) =>
      dead.replayAll(instanceOf(request), request.body),
    )
    app.get('/webhook-secret', { schema: operation.signingSecret }, (request) =>
      secretOf(instanceOf(request)),
    )
  }
}
