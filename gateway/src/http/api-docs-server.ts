/** What makes the API document and its page: a server of its own that does not listen. `api-docs.ts` alone loads it. */

import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import { type FastifyInstance, type FastifySchema, fastify, type RouteOptions } from 'fastify'
import {
  type ApiDescription,
  completeDocument,
  describedAs,
  type OpenApiDocument,
} from './api-document.js'

export interface DocumentedRoute extends Pick<RouteOptions, 'method' | 'url'> {
  readonly schema: FastifySchema
}

/** Styles may stand in the page, since the page's program sets them; programs may not. */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** We link no answers to calls, so the column for it would always say that there are none. */
const pageStyle = `
.swagger-ui .response-col_links { display: none }
.swagger-ui .info { margin: 24px 0 }
`

/** Of the document that the plugin makes here: it says nothing that our own type leaves out. */
function isDocument(made: object): made is OpenApiDocument {
  return 'paths' in made && 'components' in made
}

/** Ask it by `inject`. */
export async function createDocsServer(
  api: ApiDescription,
  routes: readonly DocumentedRoute[],
): Promise<FastifyInstance> {
  const app = fastify({ exposeHeadRoutes: false })
  // No call comes to the routes of the document.
  app.setValidatorCompiler(() => () => true)
  app.setSerializerCompiler(() => (answer) => JSON.stringify(answer))
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: api.title, version: api.version, description: api.description },
      servers: [{ url: '/' }],
      tags: api.tags.map((tag) => ({ ...tag })),
      components: { securitySchemes: { ...api.securitySchemes } },
    },
    stripBasePath: false,
    // Pages and what only they ask are no part of the API.
    hideUntagged: true,
    transform: ({ schema, url, route }) => ({
      url,
      schema: describedAs(api, schema as FastifySchema | undefined, url, route.method),
    }),
    transformObject: (made) => {
      const document = 'openapiObject' in made ? made.openapiObject : made.swaggerObject
      if (isDocument(document)) completeDocument(api, document)
      return document
    },
  })
  await app.register(swaggerUi, {
    routePrefix: '/docs',
    staticCSP: contentSecurityPolicy,
    theme: { title: api.title, css: [{ filename: 'recado.css', content: pageStyle }] },
    uiConfig: {
      // Without the bar that asks for the address of another document.
      layout: 'BaseLayout',
      docExpansion: 'list',
      defaultModelsExpandDepth: -1,
      displayRequestDuration: true,
    },
  })
  for (const { method, url, schema } of routes)
    app.route({ method, url, schema, handler: () => undefined })
  return app
}
