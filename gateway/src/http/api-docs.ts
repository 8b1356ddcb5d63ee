/**
 * The API document, OpenAPI 3.1, and the page that shows it: `/docs` and `/docs/json`.
 *
 * It is made of the very schemas that requests are checked with, so it cannot
 * promise what the gateway refuses. Everything on the page comes from this
 * server, and its policy lets the browser ask no other host.
 *
 * The first request makes it: a start would load what makes it for nothing.
 */

import type { FastifyInstance } from 'fastify'
import type { DocumentedRoute } from './api-docs-server.js'
import type { ApiDescription } from './api-document.js'

/** Those of `@fastify/swagger-ui`. */
const paths = ['/docs', '/docs/', '/docs/json', '/docs/yaml', '/docs/static/*']

/** Of this connection, which is not the one that the answer was made for. */
const ofConnection = new Set(['connection', 'date', 'keep-alive', 'transfer-encoding'])

/** Has to come before the routes that the document is to have. */
export function addApiDocs(app: FastifyInstance, api: ApiDescription): void {
  const routes: DocumentedRoute[] = []
  app.addHook('onRoute', ({ method, url, schema }) => {
    // Pages and what only they ask are no part of the API.
    if (schema?.tags !== undefined && schema.hide !== true) routes.push({ method, url, schema })
  })
  let made: Promise<FastifyInstance> | undefined
  const docs = async (): Promise<FastifyInstance> => {
    const { createDocsServer } = await import('./api-docs-server.js')
    made ??= createDocsServer(api, routes)
    return made
  }
  app.addHook('onClose', async () => (await made)?.close())
  // In a scope of its own, which the limits of calls do not reach.
  app.register(async (scope) => {
    for (const path of paths)
      scope.get(path, { schema: { hide: true } }, async ({ url, headers }, reply) => {
        const answer = await (await docs()).inject({ method: 'GET', url, headers })
        for (const [name, value] of Object.entries(answer.headers))
          if (!ofConnection.has(name)) reply.header(name, value)
        const body = answer.rawPayload
        // Fastify adds a content type to empty bytes.
        return reply.code(answer.statusCode).send(body.length === 0 ? undefined : body)
      })
  })
}
