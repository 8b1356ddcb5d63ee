/** What becomes of a call of a program that was written for Z-API. */

import {
  documentedInstanceRoutes,
  documentedPartnerRoutes,
  type DocumentedRoute,
} from '../documented-routes.js'
import { endpoints } from '../endpoints.js'
import { mistakes } from '../route-names.js'

/** `unknown`: Z-API does not document it, so what it does there is not known. */
export type Verdict = 'works' | 'differs' | 'cannot' | 'unknown'

export interface Judged {
  readonly verdict: Verdict
  /** As Z-API documents it: `POST /send-text`. As it was found if it does not. */
  readonly call: string
  /** What to know, or to do instead. */
  readonly advice?: string
}

/** Calls that work otherwise than at Z-API, in what a program notices. */
const differences: Readonly<Record<string, string>> = {
  'GET /chat-messages/:phone':
    'It lists what is kept here, for RECADO_KEEP_MESSAGES_DAYS; Z-API answers it with an error.',
  'PUT /integrator/subscription/update':
    'It is accepted and changes nothing: nothing is sold here.',
  'PUT /integrator/on-demand/subscription/update':
    'It is accepted and changes nothing: nothing is sold here.',
  'POST /integrator/on-demand/subscription':
    'It is accepted and changes nothing: nothing is sold here.',
}

const ofInstance = /^\/instances\/[^/]+\/token\/[^/]+(?=\/)/u
// What is written out goes before what a parameter could stand for: /catalogs/config before /catalogs/:phone.
const documented = [
  ...documentedInstanceRoutes,
  ...documentedPartnerRoutes.map((route) => ({
    ...route,
    path: route.path.replace('/instances/:instanceId/token/:token', ''),
  })),
].toSorted((a, b) => parametersIn(a.path) - parametersIn(b.path))

/** @param path below the instance or from the root; a query is not looked at */
export function judge(method: string, path: string): Judged {
  const own = path.replace(/[?#].*$/u, '').replace(ofInstance, '')
  const route = documented.find((each) => each.method === method && fits(each.path, own))
  if (route !== undefined) return judgeDocumented(route)
  const built = endpoints.find(
    (each) => each.method === method && each.paths.some((one) => fits(one, own)),
  )
  if (built?.impossible !== undefined)
    return { verdict: 'cannot', call: `${method} ${own}`, advice: built.impossible }
  if (built !== undefined) return { verdict: 'works', call: `${method} ${own}` }
  return { verdict: 'unknown', call: `${method} ${own}`, ...advised(method, own) }
}

/** The documented calls of that path, whatever their method. */
export function methodsOf(path: string): readonly string[] {
  return documented.filter((each) => fits(each.path, path)).map(({ method }) => method)
}

/** Whether it is the name of a call of Z-API, or one that programs take for one. */
export function isName(path: string): boolean {
  return methodsOf(path).length > 0 || mistakenFor(path) !== undefined
}

function judgeDocumented({ method, path, title }: DocumentedRoute): Judged {
  const call = `${method} ${path}`
  const built = endpoints.find(
    (each) => each.method === method && each.paths.some((one) => shapeOf(one) === shapeOf(path)),
  )
  const impossible = built?.impossible
  if (impossible !== undefined) return { verdict: 'cannot', call, advice: impossible }
  const difference = differences[call]
  if (difference !== undefined) return { verdict: 'differs', call, advice: difference }
  const isBuilt = built !== undefined || isPartners(path)
  return isBuilt
    ? { verdict: 'works', call }
    : { verdict: 'cannot', call, advice: `It is not built yet: 501 Not supported: ${title}.` }
}

/** Their endpoints have the whole path. */
function isPartners(path: string): boolean {
  return endpoints.some(({ paths }) => paths.some((one) => shapeOf(one).endsWith(shapeOf(path))))
}

function advised(method: string, path: string): { readonly advice: string } {
  const meant = mistakenFor(path)
  if (meant !== undefined) return { advice: `Z-API documents no such call. Perhaps ${meant}.` }
  const others = methodsOf(path)
  if (others.length > 0)
    return { advice: `Z-API documents it with ${others.join(' or ')}, not ${method}.` }
  return { advice: 'Z-API documents no such call.' }
}

function mistakenFor(path: string): string | undefined {
  const name = path.replace(/^\//u, '')
  const prefix = Object.keys(mistakes).find((each) => each.endsWith('/') && name.startsWith(each))
  return mistakes[name] ?? (prefix === undefined ? undefined : mistakes[prefix])
}

/** A parameter of the template stands for one segment, whatever a program writes there. */
function fits(template: string, path: string): boolean {
  const [wanted, given] = [template.split('/'), path.split('/')]
  return (
    wanted.length === given.length &&
    wanted.every((part, index) => part.startsWith(':') || part === given[index])
  )
}

/** Recado names some parameters otherwise. */
function shapeOf(path: string): string {
  return path.replaceAll(/:\w+/gu, ':')
}

function parametersIn(path: string): number {
  return path.split(':').length
}
