/**
 * The API document as a Postman collection, v2.1: one folder a group, one
 * request an operation, with its example request and answer.
 *
 * What a person fills in once are the collection's variables. Keys stand in
 * variables too, so that an exported collection holds none.
 */

import type { OpenApiDocument } from '../src/http/api-document.js'
import { type OperationAt, operationsOf, successOf } from '../test/support/api-document.js'

const schemaUrl = 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json'

interface Variable {
  readonly key: string
  readonly value: string
  readonly description?: string
}

interface PostmanUrl {
  readonly raw: string
  readonly host: readonly string[]
  readonly path: readonly string[]
  readonly query?: readonly (Variable & { readonly disabled: boolean })[]
  readonly variable?: readonly Variable[]
}

interface PostmanRequest {
  readonly method: string
  readonly description: string
  readonly auth: object
  readonly header: readonly (Variable & { readonly disabled?: boolean })[]
  readonly url: PostmanUrl
  readonly body?: { readonly mode: 'raw'; readonly raw: string; readonly options: object }
}

interface PostmanItem {
  readonly name: string
  readonly request: PostmanRequest
  readonly response: readonly object[]
}

export interface PostmanCollection {
  readonly info: { readonly name: string; readonly description: string; readonly schema: string }
  readonly variable: readonly Variable[]
  readonly item: readonly {
    readonly name: string
    readonly description: string
    readonly item: readonly PostmanItem[]
  }[]
}

const variables: readonly Variable[] = [
  { key: 'baseUrl', value: 'http://127.0.0.1:8080', description: 'Where the gateway listens.' },
  { key: 'instanceId', value: '', description: 'Of the answer to "Makes an instance."' },
  { key: 'token', value: '', description: 'Of the same answer.' },
  { key: 'clientToken', value: '', description: 'Shown at the first start.' },
  { key: 'partnerToken', value: '', description: 'Shown at the first start.' },
  { key: 'metricsToken', value: '', description: 'RECADO_METRICS_TOKEN, if it is set.' },
  { key: 'operatorToken', value: '', description: 'Only the command line has it.' },
]

export function postmanCollection(document: OpenApiDocument): PostmanCollection {
  const operations = operationsOf(document)
  const folders = (document.tags ?? []).map(({ name, description = '' }) => ({
    name,
    description,
    item: operations.filter(({ operation }) => operation.tags?.includes(name)).map(itemOf),
  }))
  return {
    info: {
      name: document.info.title,
      description: document.info.description ?? '',
      schema: schemaUrl,
    },
    variable: variables,
    item: folders.filter(({ item }) => item.length > 0),
  }
}

function itemOf(at: OperationAt): PostmanItem {
  const { operation } = at
  const name = operation.summary ?? operation.operationId
  const request = requestOf(at)
  const { status, description, contentType, example } = successOf(operation)
  const isJson = contentType === 'application/json'
  return {
    name,
    request,
    response: [
      {
        name: description,
        originalRequest: request,
        code: status,
        header: contentType === undefined ? [] : [{ key: 'Content-Type', value: contentType }],
        ...(isJson ? { _postman_previewlanguage: 'json' } : {}),
        body: isJson ? JSON.stringify(example, null, 2) : textOf(example),
      },
    ],
  }
}

function requestOf({ method, path, operation }: OperationAt): PostmanRequest {
  const { parameters = [], requestBody, description = '' } = operation
  const body = requestBody?.content['application/json']?.example
  const scheme = Object.keys(operation.security?.[0] ?? {})[0]
  const headers = parameters.filter((each) => each.in === 'header')
  return {
    method,
    description,
    auth: authOf(scheme),
    header: [
      ...(scheme === 'clientToken' ? [{ key: 'Client-Token', value: '{{clientToken}}' }] : []),
      ...(body === undefined ? [] : [{ key: 'Content-Type', value: 'application/json' }]),
      ...headers.map(({ name, description: about = '' }) => ({
        key: name,
        value: '',
        description: about,
        disabled: true,
      })),
    ],
    url: urlOf(path, parameters),
    ...(body === undefined ? {} : { body: rawBody(body) }),
  }
}

/** Examples of what is not JSON are texts. */
function textOf(example: unknown): string {
  return typeof example === 'string' ? example : ''
}

function rawBody(body: unknown): NonNullable<PostmanRequest['body']> {
  return {
    mode: 'raw',
    raw: JSON.stringify(body, null, 2),
    options: { raw: { language: 'json' } },
  }
}

function authOf(scheme: string | undefined): object {
  if (scheme === undefined || scheme === 'clientToken') return { type: 'noauth' }
  return { type: 'bearer', bearer: [{ key: 'token', value: `{{${scheme}}}`, type: 'string' }] }
}

/** `instanceId` and `token` are the collection's; every other parameter is the request's own. */
function urlOf(path: string, parameters: NonNullable<OperationAt['operation']['parameters']>) {
  const shared = variables.map(({ key }) => key)
  const parts = path
    .slice(1)
    .split('/')
    .map((part) => {
      const [, name] = /^\{(\w+)\}$/u.exec(part) ?? []
      if (name === undefined) return part
      return shared.includes(name) ? `{{${name}}}` : `:${name}`
    })
  const described = ({ name, example, description = '' }: (typeof parameters)[number]) => ({
    key: name,
    value: example ?? '',
    description,
  })
  const query = parameters
    .filter((each) => each.in === 'query')
    .map((each) => ({ ...described(each), disabled: each.example === undefined }))
  const own = parameters
    .filter((each) => each.in === 'path' && !shared.includes(each.name))
    .map(described)
  const asked = query.filter(({ disabled }) => !disabled)
  const suffix = asked.map(({ key, value }) => `${key}=${value}`).join('&')
  return {
    raw: `{{baseUrl}}/${parts.join('/')}${suffix === '' ? '' : `?${suffix}`}`,
    host: ['{{baseUrl}}'],
    path: parts,
    ...(query.length === 0 ? {} : { query }),
    ...(own.length === 0 ? {} : { variable: own }),
  }
}
