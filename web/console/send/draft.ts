/** What was written into the form of a call, and the request that is made of it. */

import type { CallAnswer } from '../../../gateway/src/console/call-answers.js'
import type { Schema } from './schema.js'
import {
  emptyGroup,
  filledWith,
  jsonOf,
  type Json,
  type JsonObject,
  type Values,
} from './values.js'

export interface Draft {
  /** Of the path, the query and the body together: no call has one name twice. */
  readonly values: Values
}

type Place = 'params' | 'query' | 'body'

function schemaOf(call: CallAnswer, place: Place): Schema {
  return call[place] ?? {}
}

/** The attribute of the form for a body that is a list itself. */
export const listBody = 'list'

function isListBody({ type }: Schema): boolean {
  return type === 'array'
}

/** Of the body: the attributes of the form. */
function bodyAttributesOf(body: Schema): Schema {
  return isListBody(body)
    ? { type: 'object', properties: { [listBody]: body }, required: [listBody] }
    : body
}

/** Everything that the form asks for, as one object. */
export function wholeSchemaOf(call: CallAnswer): Schema {
  const schemas = [
    schemaOf(call, 'params'),
    schemaOf(call, 'query'),
    bodyAttributesOf(schemaOf(call, 'body')),
  ]
  return {
    type: 'object',
    properties: Object.assign({}, ...schemas.map(({ properties }) => properties)),
    required: schemas.flatMap(({ required = [] }) => required),
  }
}

export function emptyValues(call: CallAnswer): Values {
  return emptyGroup(wholeSchemaOf(call))
}

/** Nothing for a call that has no example. */
export function exampleValues(call: CallAnswer): Values | undefined {
  const schema = schemaOf(call, 'body')
  const [example] = schema.examples ?? []
  const body = isListBody(schema) && example !== undefined ? { [listBody]: example } : example
  const beside = (['params', 'query'] as const).flatMap((place) =>
    Object.entries(schemaOf(call, place).properties ?? {}).flatMap(([name, { examples }]) =>
      examples === undefined ? [] : [[name, examples[0]]],
    ),
  )
  if (body === undefined && beside.length === 0) return undefined
  return filledWith(wholeSchemaOf(call), { ...Object.fromEntries(beside), ...Object(body) })
}

/** By name; what is sent is the list alone where the body is one. */
export function bodyOf(call: CallAnswer, values: Values): JsonObject {
  return jsonOf(bodyAttributesOf(schemaOf(call, 'body')), values)
}

/** As it is sent. */
export function sentBodyOf(call: CallAnswer, values: Values): Json {
  const body = bodyOf(call, values)
  return isListBody(schemaOf(call, 'body')) ? (body[listBody] ?? []) : body
}

/** Below `instances/{id}/call`, with its query. A part of the path that is not given is left out. */
export function pathOf(call: CallAnswer, values: Values): string {
  const params = jsonOf(schemaOf(call, 'params'), values)
  const path = call.path.replaceAll(/\/:(\w+)/gu, (_part, name: string) =>
    params[name] === undefined ? '' : `/${encoded(params[name])}`,
  )
  const query = Object.entries(jsonOf(schemaOf(call, 'query'), values)).map(
    ([name, value]) => `${name}=${encoded(value)}`,
  )
  return query.length === 0 ? path : `${path}?${query.join('&')}`
}

/** Paths and queries hold texts, numbers and choices only. */
function encoded(json: Json): string {
  return encodeURIComponent(typeof json === 'string' ? json : JSON.stringify(json))
}
