/**
 * Writes gateway/src/zapi/documented-routes.ts to standard output:
 * `npm run zapi:routes`, when `gateway/test/zapi/contract.json` has changed.
 */

import { type RouteOfContract, routesOfContract } from '../test/zapi/documented-routes.js'

process.stdout.write(`/**
 * Every route that Z-API documents, built or not.
 *
 * Made by "npm run zapi:routes" from gateway/test/zapi/contract.json. Change it there.
 */

export interface DocumentedRoute {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  readonly path: string
  /** What the documentation calls it. */
  readonly title: string
}

/** Below \`/instances/:instanceId/token/:token\`, called with the Client-Token. */
export const documentedInstanceRoutes: readonly DocumentedRoute[] = [
${rowsOf('instance')}
]

/** Called with the partner token. */
export const documentedPartnerRoutes: readonly DocumentedRoute[] = [
${rowsOf('partner')}
]
`)

function rowsOf(auth: RouteOfContract['auth']): string {
  return routesOfContract
    .filter((route) => route.auth === auth)
    .map(({ method, path, title }) => {
      const [quotedPath, quotedTitle] = [path, title].map(
        (text) => `'${text.replaceAll("'", "\\'")}'`,
      )
      return `  { method: '${method}', path: ${quotedPath}, title: ${quotedTitle} },`
    })
    .join('\n')
}
