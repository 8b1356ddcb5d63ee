/**
 * HTTP for people and tests: the phones, their screens, and what goes wrong.
 *
 * JSON on a loopback port of its own. There is no password: a call whose `Host` is
 * not a name of loopback is refused, so that a web page can not reach it under a
 * name of its own (DNS rebinding), and a body must be JSON, which a foreign page
 * may not send without asking first.
 *
 * Errors are `{"error": "..."}`: 400 names the field, 404 an unknown phone, message
 * or device, 409 what the state of the simulator forbids.
 */

import { fastify, type FastifyInstance } from 'fastify'
import { addPhoneRoutes } from './control-phones.js'
import { addWorldRoutes } from './control-world.js'
import { answerErrors, refuseForeignHosts, refuseOtherMethods } from './control-manners.js'
import type { Faults } from './faults.js'
import type { World } from './model.js'

export interface ControlApiOptions {
  readonly world: World
  readonly faults: Faults
  /** A free one when left out. */
  readonly port?: number | undefined
}

export interface ControlApi extends AsyncDisposable {
  /** `http://127.0.0.1:PORT`, without a slash at the end. */
  readonly url: string
}

/** Starts listening. Throws when the port is taken. */
export async function openControlApi({
  world,
  faults,
  port = 0,
}: ControlApiOptions): Promise<ControlApi> {
  const app = createControlApi({ world, faults })
  const url = await app.listen({ host: '127.0.0.1', port })
  return { url, [Symbol.asyncDispose]: () => app.close() }
}

function createControlApi({ world, faults }: Omit<ControlApiOptions, 'port'>): FastifyInstance {
  const app = fastify({
    forceCloseConnections: true,
    exposeHeadRoutes: false,
    routerOptions: { maxParamLength: 500 },
    ajv: { customOptions: { coerceTypes: false, removeAdditional: false } },
  })
  app.removeContentTypeParser('text/plain')
  answerErrors(app)
  refuseForeignHosts(app)
  refuseOtherMethods(app, (routes) => {
    addPhoneRoutes(routes, world)
    addWorldRoutes(routes, world, faults)
  })
  return app
}
