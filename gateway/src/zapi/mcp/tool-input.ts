/** One flat object in place of path, query, body and Idempotency-Key: what a tool takes. */

import type { JSONObject } from '@modelcontextprotocol/server'
import type { FastifySchema } from 'fastify'
import { withTypes } from '../../http/api-document.js'
import { attributeTypes } from '../api-description.js'
import type { Endpoint } from '../endpoint.js'
import { InvalidRequestError } from '../error-replies.js'

/** JSON Schema of an object. */
export type InputSchema = {
  readonly type: 'object'
  readonly properties: Record<string, JSONObject>
  readonly required: string[]
  readonly additionalProperties: false
}

/** The call as HTTP, its URL below the instance. */
export interface ToolRequest {
  readonly method: Endpoint['method']
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: object | undefined
}

export interface ToolInput {
  readonly schema: InputSchema
  /** Throws `InvalidRequestError`: an argument is missing, or there is none of this name. */
  request(given: Readonly<Record<string, unknown>>): ToolRequest
}

interface Shape {
  readonly properties?: Record<string, JSONObject>
  readonly required?: readonly string[]
}

const keyArgument = {
  type: 'string',
  minLength: 1,
  maxLength: 255,
  description: 'Names the request: repeated under the same key, it is accepted once.',
}

export function inputOf({ method, paths: [path = ''], schema }: Endpoint): ToolInput {
  const described: FastifySchema & { readonly 'x-headers'?: object } = schema
  const inPath = [...path.matchAll(/:(\w+)/gu)].map(([, name = '']) => name)
  const [params, query, body] = [schema.params, schema.querystring, schema.body].map(shapeOf)
  const takesKey = Object.hasOwn(Object(described['x-headers']), 'Idempotency-Key')
  const properties: InputSchema['properties'] = {
    ...Object.fromEntries(inPath.map((name) => [name, { type: 'string' }])),
    ...params?.properties,
    ...query?.properties,
    ...body?.properties,
    ...(takesKey && { idempotencyKey: keyArgument }),
  }
  const required = new Set([...inPath, ...(query?.required ?? []), ...(body?.required ?? [])])
  return {
    schema: { type: 'object', properties, required: [...required], additionalProperties: false },
    request(given) {
      const unknown = Object.keys(given).some((name) => !Object.hasOwn(properties, name))
      if (unknown)
        throw new InvalidRequestError(
          `Unknown argument. This tool takes: ${Object.keys(properties).join(', ') || 'none'}`,
        )
      return {
        method,
        url: filled(path, given) + search(picked(given, query)),
        headers: takesKey ? keyHeader(given['idempotencyKey']) : {},
        body: body && picked(given, body),
      }
    },
  }
}

function shapeOf(schema: unknown): Shape | undefined {
  if (typeof schema !== 'object' || schema === null) return undefined
  // JSON has none of the marks that the checks need, and models read no Markdown.
  const plain = JSON.stringify(schema).replaceAll('**Ours.** ', '')
  return JSON.parse(JSON.stringify(withTypes(JSON.parse(plain), attributeTypes)))
}

function picked(given: Readonly<Record<string, unknown>>, shape: Shape | undefined): object {
  const names = Object.keys(shape?.properties ?? {})
  return Object.fromEntries(Object.entries(given).filter(([name]) => names.includes(name)))
}

function filled(path: string, given: Readonly<Record<string, unknown>>): string {
  return path.replaceAll(/:(\w+)/gu, (_part, name: string) => {
    const value = textOf(given[name])
    if (value === undefined || value === '') throw new InvalidRequestError(`${name} is required`)
    return encodeURIComponent(value)
  })
}

function search(query: object): string {
  const given = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    const text = textOf(value)
    if (text !== undefined) given.set(name, text)
  }
  return given.size === 0 ? '' : `?${given.toString()}`
}

/** A value that a URL can hold. */
function textOf(value: unknown): string | undefined {
  return ['string', 'number', 'boolean'].includes(typeof value) ? String(value) : undefined
}

function keyHeader(key: unknown): Readonly<Record<string, string>> {
  if (key === undefined) return {}
  if (typeof key !== 'string' || !/^[ -~]{1,255}$/u.test(key))
    throw new InvalidRequestError('idempotencyKey must be 1 to 255 printable ASCII characters')
  return { 'idempotency-key': key }
}
