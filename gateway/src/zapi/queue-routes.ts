/** The paths of Z-API's queue. */

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { instanceOf } from './authenticate.js'
import { withoutBlanks } from './from-zapi.js'
import { QueueHandlers, type QueueHandlersOptions } from './queue-handlers.js'
import * as operation from './queue-operations.js'

/** Below the instance, behind its authentication. */
export function queueRoutes(options: QueueHandlersOptions): FastifyPluginAsyncTypebox {
  const queue = new QueueHandlers(options)
  return async (app) => {
    app.addHook('preValidation', async (request) => {
      // Every attribute of the listing may be left out, and so may the body.
      request.body = withoutBlanks(request.body ?? {})
    })
    app.get('/queue', { schema: operation.listFirst }, (request) =>
      queue.listFirst(instanceOf(request), request.query),
    )
    app.post('/queue', { schema: operation.list }, (request) =>
      queue.list(instanceOf(request), request.body),
    )
    app.get('/queue/count', { schema: operation.count }, (request) =>
      queue.count(instanceOf(request)),
    )
    app.delete('/queue', { schema: operation.deleteAll }, (request) =>
      queue.deleteAll(instanceOf(request)),
    )
    app.delete('/queue/:zaapId', { schema: operation.deleteOne }, (request) =>
      queue.deleteOne(instanceOf(request), request.params),
    )
    app.put('/update-queue-settings', { schema: operation.updateSettings }, (request) =>
      queue.updateSettings(instanceOf(request), request.body),
    )
  }
}
