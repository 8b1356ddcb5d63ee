/**
 * The built pages of the console, from `web/dist/console` beside the gateway.
 *
 * Which page is shown is decided in the browser, so every path that is no file
 * gives the one document.
 */

import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import fastifyStatic from '@fastify/static'
import type { FastifyPluginAsync } from 'fastify'
import { notFound } from '../http/route-forms.js'

/** The same way up from `src/console` and from `dist/console`. */
const builtPages = fileURLToPath(new URL('../../../web/dist/console/', import.meta.url))

const notBuilt = `<!doctype html>
<html lang="en">
<title>Recado</title>
<h1>The console is not built yet</h1>
<p>Run <code>npm run build:web</code> beside the gateway, then load this page again.</p>
</html>
`

/** `folder` holds `index.html` and `assets/`, whose names change with their content. */
export function pageRoutes(folder: string = builtPages): FastifyPluginAsync {
  return async (app) => {
    app.get('/console', { schema: { hide: true } }, (_request, reply) =>
      reply.redirect('/console/'),
    )
    app.get('/', { schema: { hide: true } }, (request, reply) => {
      reply.header('vary', 'accept')
      // A person who knows the port alone. Programs are told as everywhere that nothing is here.
      if (request.headers.accept?.includes('text/html')) return reply.redirect('/console/')
      return reply.code(404).send(notFound())
    })
    if (!existsSync(`${folder}/index.html`)) {
      app.get('/console/*', { schema: { hide: true } }, (_request, reply) =>
        reply.code(503).type('text/html; charset=utf-8').send(notBuilt),
      )
      return
    }
    await app.register(fastifyStatic, {
      root: folder,
      serve: false,
      decorateReply: !app.hasReplyDecorator('sendFile'),
    })
    app.get('/console/assets/*', { schema: { hide: true } }, (request, reply) => {
      const { '*': name = '' } = paramsOf(request.params)
      return reply.sendFile(name, `${folder}/assets`, { maxAge: '365d', immutable: true })
    })
    app.get('/console/*', { schema: { hide: true } }, (_request, reply) =>
      // Asked about every time: it names the files of the newest build.
      reply
        .header('cache-control', 'no-cache')
        .sendFile('index.html', folder, { cacheControl: false }),
    )
  }
}

function paramsOf(params: unknown): { readonly '*'?: string } {
  return typeof params === 'object' && params !== null ? params : {}
}
