/** The forms of a path that mean the same route, and what is answered where there is none. */

import type { FastifyReply, FastifyRequest } from 'fastify'
import type { KnownPaths } from './known-paths.js'

/** What a dialect knows of the names that its callers use. */
export interface RouteNames {
  /** Another name of a route gives the route's own; any other path itself. */
  readonly canonical: (path: string) => string
  /** Which call is meant by a path that is known to be a mistake, such as `POST send-text`. */
  readonly meant: (path: string) => string | undefined
}

export const noRouteNames: RouteNames = { canonical: (path) => path, meant: () => undefined }

/** These serve pages, in which a slash at the end makes a difference. */
const pages = /^\/(console|docs)(\/|$)/u

/** Doubled slashes are one, and a slash at the end is none. */
export function canonicalUrl(url: string, { canonical }: RouteNames): string {
  const end = url.indexOf('?')
  const path = end === -1 ? url : url.slice(0, end)
  const query = end === -1 ? '' : url.slice(end)
  // Not the form with a host, as proxies are called: `http://host/path`.
  if (!path.startsWith('/')) return url
  const single = path.includes('//') ? path.replaceAll(/\/{2,}/gu, '/') : path
  const bare = single.endsWith('/') && !pages.test(single) ? single.slice(0, -1) : single
  return canonical(bare === '' ? '/' : bare) + query
}

/** 404, or 405 with the methods that the path has. */
export function answerUnknown(
  { paths, names }: { readonly paths: KnownPaths; readonly names: RouteNames },
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const [path = ''] = request.url.split('?', 1)
  const methods = paths.methodsOf(path)
  if (methods.length === 0) return reply.code(404).send(notFound(names.meant(path)))
  reply.header('allow', [...methods, 'OPTIONS'].join(', '))
  if (request.method === 'OPTIONS') return reply.code(204).send()
  return reply
    .code(405)
    .send({ error: `Method ${request.method} not allowed: use ${methods.join(' or ')}` })
}

/** Z-API's words for an unknown path, and what we know beyond them. */
export function notFound(meant?: string): object {
  const message = 'Unable to find matching target resource method'
  return {
    error: 'NOT_FOUND',
    message: meant === undefined ? message : `${message}. The call is ${meant}`,
  }
}
