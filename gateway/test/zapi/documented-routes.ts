/** The routes of the contract: a page is no route, since several pages share one, and one has several. */

import { type ContractEndpoint, type ContractMethod, contract } from './contract.js'

export interface RouteOfContract {
  readonly auth: ContractEndpoint['auth']
  readonly method: ContractMethod
  /** With `:name` for parameters. */
  readonly path: string
  /** The page's title, or the name in the path where pages share the route. */
  readonly title: string
}

const routesByKey = new Map<string, RouteOfContract>()
for (const route of contract.flatMap(routesOfPage)) {
  const earlier = routesByKey.get(keyOf(route))
  const shared = earlier && { ...earlier, title: nameIn(earlier.path) }
  routesByKey.set(keyOf(route), shared ?? route)
}

/** By path, then by method. */
export const routesOfContract: readonly RouteOfContract[] = [...routesByKey.values()].toSorted(
  (a, b) => compare(a.path, b.path) || compare(a.method, b.method),
)

/** The routes of one page: the documented one, then those that stand for the same. */
export function routesOf(endpoint: ContractEndpoint): readonly RouteOfContract[] {
  return routesOfPage(endpoint).map((route) => routesByKey.get(keyOf(route)) ?? route)
}

function routesOfPage({ auth, method, paths, title }: ContractEndpoint): RouteOfContract[] {
  return paths.map((path) => ({
    auth,
    method,
    path: path.replace(/\{(\w+)\}/gu, ':$1'),
    title,
  }))
}

/** Two names for one parameter do not make two routes. */
function keyOf({ method, path }: RouteOfContract): string {
  return `${method} ${path.replace(/:\w+/gu, ':')}`
}

/** `send-text` for `/send-text`, `redefine-invitation-link` for `/redefine-invitation-link/:groupId`. */
function nameIn(path: string): string {
  return path.split('/').findLast((part) => part !== '' && !part.startsWith(':')) ?? path
}

function compare(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}
