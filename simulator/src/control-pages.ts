/**
 * The virtual phone's page: built by `npm run build:web`, sent in answer to a request for a
 * phone as a browser does (`Accept: text/html`). Other clients get JSON there.
 *
 * The page may load nothing from elsewhere and runs no script but its own.
 */

import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'

const built = fileURLToPath(new URL('../../web/dist/phone/', import.meta.url))

const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "media-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
].join('; ')

export function addPageAssets(app: FastifyInstance): void {
  void app.register(fastifyStatic, {
    root: built,
    prefix: '/phones/assets/',
    decorateReply: false,
    index: false,
    immutable: true,
    maxAge: '1y',
    allowedPath: (path) => !path.endsWith('.html'),
    setHeaders: (response) => {
      response.setHeader('x-content-type-options', 'nosniff')
      response.setHeader('cross-origin-resource-policy', 'same-origin')
    },
  })
}

/** Whether a person asks, who wants to look at a page. */
export function wantsPage(request: FastifyRequest): boolean {
  return (request.headers.accept ?? '').includes('text/html')
}

/** Sends the page; 503 with the cure while it is not built. */
export async function sendPage(reply: FastifyReply, statusCode: 200 | 404 = 200): Promise<unknown> {
  const page = await readFile(`${built}index.html`, 'utf8').catch(() => undefined)
  void reply
    .type('text/html; charset=utf-8')
    .headers({
      'content-security-policy': policy,
      'cache-control': 'no-cache',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'permissions-policy': 'clipboard-write=(self), camera=(), geolocation=(), microphone=()',
      'referrer-policy': 'no-referrer',
      vary: 'accept',
      'x-content-type-options': 'nosniff',
    })
    .code(page === undefined ? 503 : statusCode)
  return reply.send(page ?? notBuilt)
}

const notBuilt = `<!doctype html><html lang="en"><title>Not built</title>
<p>The phone's page is not built yet: run <code>npm run build:web</code> and load this page again.</p></html>`
