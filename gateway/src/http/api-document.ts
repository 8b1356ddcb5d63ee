/**
 * What the API document has to say of every route alike, so that no route says
 * it: name, keys, parameters in the path, and the refusals that many share.
 */

import type { FastifySchema } from 'fastify'
import { type TSchema, Type } from 'typebox'
import { StoreUnavailableError } from '../domain/errors.js'
import type { BodyClass } from './body-limits.js'
import { refusal } from './operation.js'

/** What the dialect knows of its own API. */
export interface ApiDescription {
  readonly title: string
  readonly version: string
  /** Markdown. */
  readonly description: string
  readonly tags: readonly { readonly name: string; readonly description: string }[]
  /** The security schemes of OpenAPI, by name. */
  readonly securitySchemes: Readonly<Record<string, SecurityScheme>>
  /** The names of the schemes any one of which opens the path; none for an open one. */
  readonly keysOf: (url: string) => readonly string[]
  /** Of the parameters in paths that routes do not describe themselves. */
  readonly pathParameters: Readonly<Record<string, string>>
  /** What clients call it, such as `sendText`; undefined where the dialect has no name for it. */
  readonly nameOf: (method: string, url: string) => string | undefined
  /**
   * The types of attributes that are read more leniently than callers should write them, by name.
   * Requests are not checked with them.
   */
  readonly attributeTypes: Readonly<Record<string, object>>
}

type SecurityScheme =
  | { readonly type: 'apiKey'; readonly name: string; readonly in: 'header'; description: string }
  | { readonly type: 'http'; readonly scheme: 'bearer'; readonly description: string }

interface Reference {
  $ref: string
}

export interface DocumentedAnswer {
  description: string
  content?: Record<string, { schema?: object; example?: unknown }>
}

export interface DocumentedOperation {
  operationId: string
  summary?: string
  description?: string
  tags?: string[]
  security?: Record<string, string[]>[]
  parameters?: {
    in: 'path' | 'query' | 'header'
    name: string
    required?: boolean
    description?: string
    /** What stands in a URL or a header is text. */
    example?: string
    schema?: object
  }[]
  requestBody?: { content: Record<string, { schema: object; example?: unknown }> }
  responses: Record<string, DocumentedAnswer | Reference>
}

export interface OpenApiDocument {
  openapi: string
  info: { title: string; version: string; description?: string }
  servers?: { url: string }[]
  tags?: { name: string; description?: string }[]
  components: {
    schemas?: Record<string, object>
    responses?: Record<string, DocumentedAnswer>
    securitySchemes?: Record<string, object>
  }
  paths: Record<string, Record<string, DocumentedOperation>>
}

/** Refusals that are the same wherever they come. */
const shared = {
  BadRequest: ['phone is required', 'The request cannot be understood, or a key is missing.'],
  NotAllowed: [
    'Client-Token F012… not allowed',
    'The Client-Token is another, or the address of the caller is not allowed.',
  ],
  BearerNotAllowed: ['Partner token not allowed', 'There is no bearer token, or another.'],
  NotFound: ['Instance not found', 'The instance, its token, or what is asked for is another.'],
  MethodNotAllowed: ['Method PATCH not allowed', 'The header Allow names the methods.'],
  BodyTooLarge: [
    'Request body is too large: at most 16 KiB for this call',
    'The body is larger than this call takes.',
  ],
  UnsupportedMediaType: [
    'Unsupported Content-Type: send application/json',
    'The body has to be JSON, not compressed.',
  ],
  TooManyRequests: [
    'Too many requests. Try again in 12 seconds.',
    'Too many calls, or too many with a wrong token. Retry-After says when to come back.',
  ],
  StoreUnavailable: [
    new StoreUnavailableError().message,
    'The database does not answer, or has no room. Nothing was done. Retry-After says when to come back.',
  ],
} as const

type DescribedSchema = FastifySchema & {
  readonly 'x-headers'?: Readonly<Record<string, string>>
  readonly 'x-takes'?: BodyClass
}

/** The schema of a route as the document shows it. What requests are checked with stays as it is. */
export function describedAs(
  api: ApiDescription,
  schema: FastifySchema | undefined,
  url: string,
  method: string | string[],
): FastifySchema {
  if (schema?.hide === true) return { hide: true }
  const { 'x-headers': headers, 'x-takes': _takes, ...rest }: DescribedSchema = schema ?? {}
  const params = pathParametersOf(api, schema, url)
  return {
    ...rest,
    operationId: operationIdOf(api, [method].flat()[0] ?? 'GET', url),
    security: api.keysOf(url).map((name) => ({ [name]: [] })),
    ...(params === undefined ? {} : { params }),
    ...(headers === undefined ? {} : { headers: headerSchema(Object.entries(headers)) }),
  }
}

/** Of its method and path where the dialect gives it no name. */
function operationIdOf({ nameOf }: ApiDescription, method: string, url: string): string {
  const name = nameOf(method, url)
  if (name !== undefined) return name
  const words = url.split(/[^A-Za-z0-9]+/u).filter((word) => word !== '')
  const capitalised = words.map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
  return method.toLowerCase() + capitalised.join('')
}

function pathParametersOf(
  { pathParameters }: ApiDescription,
  schema: FastifySchema | undefined,
  url: string,
): TSchema | undefined {
  const names = [...url.matchAll(/:(\w+)/gu)].map(([, name = '']) => name)
  if (names.length === 0) return undefined
  const own: unknown = Reflect.get(Object(schema?.params), 'properties')
  const described = names.map((name) => {
    const property: unknown = Reflect.get(Object(own), name)
    const common = Type.String({ description: pathParameters[name] ?? '' })
    return [name, { ...common, ...Object(property) }]
  })
  return Type.Object(Object.fromEntries(described))
}

function headerSchema(headers: readonly (readonly [string, string])[]): TSchema {
  return Type.Object(
    Object.fromEntries(
      headers.map(([name, description]) => [name, Type.Optional(Type.String({ description }))]),
    ),
  )
}

/** Adds the shared refusals; where a route has one of its own with the same status, both are told. Changes the document. */
export function completeDocument(api: ApiDescription, document: OpenApiDocument): void {
  document.components.schemas = { ...document.components.schemas, Error: { ...refusal } }
  document.components.responses = Object.fromEntries(
    Object.entries(shared).map(([name, [error, description]]) => [
      name,
      {
        description,
        content: { 'application/json': { schema: errorReference(), example: { error } } },
      },
    ]),
  )
  for (const path of Object.values(document.paths)) {
    // It is the GET without a body, and would bear its name.
    delete path['head']
    for (const operation of Object.values(path)) {
      addRefusals(operation)
      for (const media of Object.values(operation.requestBody?.content ?? {}))
        media.schema = withTypes(media.schema, api.attributeTypes)
    }
  }
}

/** A copy in which every attribute without a type has the one of its name; in a list, that of the list's name. */
export function withTypes(
  schema: object,
  types: ApiDescription['attributeTypes'],
  name = '',
): object {
  const { type, properties, items, required = [] }: Typed = schema
  const checked = Object.entries(properties ?? {}).filter(
    ([key, { description }]) => !required.includes(key) && description?.startsWith('Required.'),
  )
  const says = ['anyOf', 'enum', 'const', '$ref'].some((key) => key in schema)
  return {
    ...(type === undefined && !says ? types[name] : {}),
    ...schema,
    // The call itself checks them, because of the dialect's words for it.
    ...(checked.length > 0 && { required: [...required, ...checked.map(([key]) => key)] }),
    ...(properties && {
      properties: Object.fromEntries(
        Object.entries(properties).map(([key, value]) => [key, withTypes(value, types, key)]),
      ),
    }),
    ...(items && { items: withTypes(items, types, name) }),
  }
}

interface Typed {
  readonly type?: unknown
  readonly required?: readonly string[]
  readonly properties?: Readonly<Record<string, object & { readonly description?: string }>>
  readonly items?: object
}

function errorReference(): Reference {
  return { $ref: '#/components/schemas/Error' }
}

function addRefusals(operation: DocumentedOperation): void {
  const { responses, security = [], requestBody, parameters = [] } = operation
  const keys = security.flatMap((each) => Object.keys(each))
  for (const [status, answer] of Object.entries(responses)) {
    const media = 'content' in answer ? answer.content?.['application/json'] : undefined
    if (Number(status) >= 400 && media !== undefined) {
      media.schema = errorReference()
      media.example = { error: '…' }
    }
  }
  const isClients = keys.includes('clientToken')
  const takesInput = requestBody !== undefined || parameters.some(({ in: at }) => at === 'query')
  const inPath = parameters.some(({ in: at }) => at === 'path')
  const add = (status: number, name: keyof typeof shared, applies: boolean): void => {
    if (!applies) return
    const own = responses[status]
    if (own === undefined) responses[status] = { $ref: `#/components/responses/${name}` }
    else if ('description' in own) own.description += ` Or: ${shared[name][1]}`
  }
  add(400, 'BadRequest', isClients || takesInput)
  add(
    401,
    'BearerNotAllowed',
    keys.some((key) => key !== 'clientToken'),
  )
  add(403, 'NotAllowed', isClients)
  add(404, 'NotFound', inPath)
  add(405, 'MethodNotAllowed', true)
  add(413, 'BodyTooLarge', requestBody !== undefined)
  add(415, 'UnsupportedMediaType', requestBody !== undefined)
  add(429, 'TooManyRequests', keys.length > 0)
  // The owner of a key is looked up in the store, and so is what a path names.
  add(503, 'StoreUnavailable', keys.length > 0 || inPath)
}
