/**
 * HTTP for people and tests: the phones, their screens, and what goes wrong.
 *
 * JSON on a loopback port of its own. There is no password: a call whose `Host` is
 * not a name of loopback is refused, so that a web page cannot reach it under a
 * name of its own (DNS rebinding), and a body must be JSON, which a foreign page
 * may not send without asking first. What changes something and comes from a page
 * of another origin is refused, too.
 *
 * A browser that asks for `/phones` or `/phones/{phone}` gets the virtual phone;
 * `control-pages.ts` says how.
 *
 * Errors are `{"error": "..."}`: 400 names the field, 404 an unknown phone, message
 * or device, 409 what the state of the simulator forbids.
 */

import { fastify, type FastifyInstance } from 'fastify'
import { addBusinessRoutes } from './control-business.js'
import { addFailureRoutes } from './control-failures.js'
import { addLiveRoutes } from './control-live.js'
import { addPageAssets } from './control-pages.js'
import { addPhoneRoutes } from './control-phones.js'
import { addWorldRoutes } from './control-world.js'
import {
  answerErrors,
  refuseForeignHosts,
  refuseForeignPages,
  refuseOtherMethods,
} from './control-manners.js'
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
  refuseForeignPages(app)
  refuseOtherMethods(app, (routes) => {
    addLiveRoutes(routes, world)
    addPhoneRoutes(routes, world)
    addBusinessRoutes(routes, (phone) => world.businessSideOf(phone))
    addWorldRoutes(routes, world, faults)
    addFailureRoutes(routes, world, faults)
  })
  addPageAssets(app)
  return app
}
