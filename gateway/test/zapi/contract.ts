/**
 * What Z-API documents, endpoint by endpoint: `contract.json` with its types.
 *
 * README.md beside this file says where the data comes from and what the
 * notation of shapes means.
 */

import { readFileSync } from 'node:fs'

/** A type's name (`'string'`, `'string|null'`, `'any'`), an array of one shape, or attributes by name. */
export type Shape = string | readonly [Shape] | { readonly [name: string]: Shape }

export type ContractMethod = 'GET' | 'POST' | 'PUT' | 'DELETE'

export interface ContractEndpoint {
  readonly group: string
  /** The page of the documentation, which names the endpoint: several pages may share a route. */
  readonly page: string
  readonly title: string
  readonly auth: 'instance' | 'partner'
  readonly method: ContractMethod
  /** The documented path, then the others that stand for the same. Below the instance, or absolute for partners. */
  readonly paths: readonly [string, ...string[]]
  readonly deprecated?: boolean
  readonly query?: Readonly<Record<string, string>>
  readonly body?: Readonly<Record<string, Shape>> | readonly [Shape]
  /** The documented example: path with its query, and body. */
  readonly example: { readonly path: string; readonly body?: unknown }
  /** No `body`: nothing is documented about it. */
  readonly answer: { readonly status: number; readonly body?: Shape }
  /** Beyond 405 and 415, which every page names. */
  readonly errors?: readonly { readonly status: number; readonly when: string }[]
}

const file: { readonly endpoints: readonly ContractEndpoint[] } = JSON.parse(
  readFileSync(new URL('contract.json', import.meta.url), 'utf8'),
)

/** By group, then by page. */
export const contract = file.endpoints

/**
 * The attributes that the body cannot do without. Of pages that share a route, those that all of
 * them name: an answer and a plain text are the same call.
 */
export function requiredAttributes(endpoint: ContractEndpoint): readonly string[] {
  const sameRoute = contract.filter(
    ({ method, paths }) => method === endpoint.method && paths[0] === endpoint.paths[0],
  )
  const [first = [], ...others] = sameRoute.map(namesRequiredBy)
  const notHere = leftOut[`${endpoint.method} ${endpoint.paths[0]}`] ?? []
  return first.filter(
    (name) => !notHere.includes(name) && others.every((names) => names.includes(name)),
  )
}

/** Documented as required, and left out by programs (docs/appendix/programs.md): Recado does without. */
const leftOut: Readonly<Record<string, readonly string[]>> = {
  'POST /send-link': ['title', 'linkDescription', 'image'],
}

function namesRequiredBy({ body }: ContractEndpoint): readonly string[] {
  if (body === undefined || Array.isArray(body)) return []
  return Object.keys(body).filter((name) => !name.endsWith('?'))
}

/** The attributes with a value of their own, by their way through the body: `order.products[].name`. */
export function leavesOf(
  shape: Shape | NonNullable<ContractEndpoint['body']>,
  way = '',
): readonly string[] {
  if (typeof shape === 'string') return [way]
  if (isList(shape)) return typeof shape[0] === 'string' ? [way] : leavesOf(shape[0], `${way}[]`)
  return Object.entries(shape).flatMap(([name, inner]) => {
    const plain = name.replace(/\?$/u, '')
    return leavesOf(inner, way === '' ? plain : `${way}.${plain}`)
  })
}

function isList(shape: object): shape is readonly [Shape] {
  return Array.isArray(shape)
}
