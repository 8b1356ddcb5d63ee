/**
 * Finds the calls to Z-API in a text: the source of a program in any language, a list of routes, or
 * the access log of a proxy. The method of docs/appendix/programs.md: a name counts where it stands
 * as a path, with what the same line or its neighbours say of the HTTP method.
 */

import { isName, methodsOf } from './verdicts.js'

export interface FoundCall {
  readonly method: string
  /** Below the instance; what stood in place of a parameter is `:value`. */
  readonly path: string
  /** Counted from 1. */
  readonly line: number
}

/** `POST /instances/…/token/…/send-text HTTP/1.1`, and the same in a list, whole or below the instance. */
const request = /\b(GET|POST|PUT|DELETE)["']?,?\s+["'`]?(?:https?:\/\/[^/\s"']+)?(\/[^\s"'`]+)/gu
/** A line of a list of routes. */
const listed = /^\s*(?:GET|POST|PUT|DELETE)\s+\/\S+\s*$/u
/** `.get('/status')` of an HTTP client that has the address of the instance; a server's routes look alike. */
const ofClient =
  /(?<!\b(?:app|router|server|fastify|Route))(?:\.|->|::)(?:get|post|put|delete)(?:Async)?\(\s*["'`]\/?$/iu
/** The whole address in one string, `${id}` or `{id}` in place of a value; also in a log of JSON lines. */
const segment = String.raw`(?:\{\{[^{}]*\}\}|\$?\{[^{}]*\}|[^\s"'\x60/?#{}(),;])+`
const wholeAddress = new RegExp(
  String.raw`\binstances/${segment}/token/${segment}(/${segment}(?:/${segment})*)`,
  'gu',
)
/** A path in a string of a program: after a slash or a quotation mark, until the string ends. */
const inString = /(?<=["'`/}])([a-z][a-z0-9]*(?:-[a-z0-9]+)*(?:\/[^\s"'`?#,;)]*)?)(?=["'`?#/]|$)/gu
/** What says the method of a path beside it: `method: 'PUT'`, `"RequestMethod":"PUT"`. */
const named = /method["']?\s*[:=]>?\s*["'](GET|POST|PUT|DELETE)\b/iu
/** What says the method near a path. */
const said: readonly (readonly [RegExp, string])[] = [
  [/\bdelete\b|HttpDelete|DeleteAsync/iu, 'DELETE'],
  [/\bput\b|HttpPut|PutAsync/iu, 'PUT'],
  [/\bpost\b|HttpPost|PostAsync|CURLOPT_POST\b/iu, 'POST'],
  [/\bget\b|HttpGet|GetAsync/iu, 'GET'],
]
const near = 3

export function findCalls(text: string): readonly FoundCall[] {
  const lines = text.split('\n')
  const hasAddress = /\binstances\/.*\/token\//u.test(text)
  return lines.flatMap((content, index) => {
    const line = index + 1
    const requests = [...content.matchAll(request)].flatMap(([, method = '', path = '']) => {
      const own = listed.test(content) ? routeListed(path) : belowInstance(path)
      return own === undefined ? [] : [{ method, path: own, line }]
    })
    if (requests.length > 0) return requests
    const whole = [...content.matchAll(wholeAddress)].map(([, path = '']) => masked(path))
    const inParts = [...content.matchAll(inString)]
    const parts = inParts.map(([, path = '']) => cleaned(path))
    const called = hasAddress
      ? inParts
          .filter(({ index: at }) => ofClient.test(content.slice(0, at)))
          .map(([, path = '']) => cleaned(path))
      : []
    const paths = [
      // Its name is put together elsewhere.
      ...whole.filter((path) => !path.startsWith('/:value')),
      ...parts.filter((path) => counts(path, content)),
      ...called.filter((path) => isName(path)),
    ]
    return [...new Set(paths)].map((path) => {
      const around = [content, ...neighbours(lines, index)]
      return { method: methodFor(path, around), path, line }
    })
  })
}

/** The nearest first, and of two the one before. */
function neighbours(lines: readonly string[], index: number): readonly string[] {
  const distances = Array.from({ length: near }, (_, before) => before + 1)
  return distances.flatMap((distance) => [
    lines[index - distance] ?? '',
    lines[index + distance] ?? '',
  ])
}

/** Of a path as it was asked for. Undefined where it is none of Z-API's: the log of a proxy has others too. */
function belowInstance(path: string): string | undefined {
  const [bare = ''] = path.split(/[?#]/u)
  const [, own] = /^\/instances\/[^/]+\/token\/[^/]+(\/.*)$/u.exec(bare) ?? []
  if (own !== undefined) return masked(own)
  return /^\/instances(?:\/integrator\/|$)/u.test(bare) || isName(bare) ? masked(bare) : undefined
}

/** Each line of a list is a call, so one that Z-API does not have is reported too. */
function routeListed(path: string): string {
  const [bare = ''] = path.split(/[?#]/u)
  return belowInstance(bare) ?? masked(bare)
}

/** With a phone or an id in its place: nothing of a person leaves this module. */
function masked(path: string): string {
  return path
    .split('/')
    .map((part) => (/\d{5}|[@%={}$:<]/u.test(part) ? ':value' : part))
    .join('/')
}

function cleaned(path: string): string {
  return masked(`/${path.replace(/\/+$/u, '')}`)
}

/** One word, such as `queue`, is a call only where the id and token of an instance stand before it. */
function counts(path: string, content: string): boolean {
  if (!isName(path)) return false
  if (/^\/[a-z]+-[a-z]/u.test(path)) return true
  const [first = ''] = path.slice(1).split('/')
  return new RegExp(`(?:token/[^/\\s]+|[}])/${first}\\b`, 'u').test(content)
}

/** The nearest line that says a method which the path has; else the only one that it has. */
function methodFor(path: string, around: readonly string[]): string {
  const [, own] = named.exec(around[0] ?? '') ?? []
  if (own !== undefined) return own.toUpperCase()
  const possible = methodsOf(path)
  for (const content of around)
    for (const [pattern, method] of said)
      if (pattern.test(content) && (possible.length === 0 || possible.includes(method)))
        return method
  return possible[0] ?? 'POST'
}
