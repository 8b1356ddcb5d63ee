/** What stands in a form, and the JSON that is sent of it. */

import {
  type Attribute,
  attributesOf,
  controlOf,
  isMeant,
  type Schema,
  withoutNull,
} from './schema.js'

/** As controls hold it: numbers as text, a chosen file as itself. */
export type Value = string | boolean | File | readonly Value[] | Values
export interface Values {
  readonly [name: string]: Value
}

/** JSON, in which a chosen file still stands as itself. */
export type Json = string | number | boolean | null | File | readonly Json[] | JsonObject
export interface JsonObject {
  readonly [name: string]: Json
}

export function emptyOf(name: string, schema: Schema, isRequired: boolean): Value {
  const control = controlOf(name, schema)
  switch (control.kind) {
    case 'tick':
      return false
    case 'choice':
      return isRequired ? (control.choices[0] ?? '') : ''
    case 'list':
      return Array.from({ length: isRequired ? (schema.minItems ?? 0) : 0 }, () =>
        emptyOf('', control.items, true),
      )
    case 'group':
      return emptyGroup(schema)
    case 'text':
    case 'long-text':
    case 'number':
    case 'file':
      return ''
  }
}

export function emptyGroup(schema: Schema): Values {
  return Object.fromEntries(
    attributesOf(schema).map((attribute) => [
      attribute.name,
      emptyOf(attribute.name, attribute.schema, attribute.isRequired),
    ]),
  )
}

/** The form filled in with JSON that fits the schema. */
export function filledWith(schema: Schema, json: unknown): Values {
  const given: Readonly<Record<string, unknown>> = { ...Object(json) }
  return Object.fromEntries(
    attributesOf(schema).map(({ name, schema: inside, isRequired }) => [
      name,
      given[name] === undefined || given[name] === null
        ? emptyOf(name, inside, isRequired)
        : valueOf(name, inside, given[name]),
    ]),
  )
}

function valueOf(name: string, schema: Schema, json: unknown): Value {
  const control = controlOf(name, schema)
  if (control.kind === 'group') return filledWith(schema, json)
  if (control.kind === 'tick') return json === true
  if (control.kind === 'list')
    return Array.isArray(json) ? json.map((item: unknown) => valueOf('', control.items, item)) : []
  return String(json)
}

/** What is blank is left out, and so is what means nothing beside the rest. */
export function jsonOf(schema: Schema, values: Values): JsonObject {
  const given = attributesOf(schema).flatMap((attribute) => {
    const json = isMeant(attribute.schema, values)
      ? jsonOfAttribute(attribute, values[attribute.name] ?? '')
      : undefined
    return json === undefined ? [] : [[attribute.name, json] as const]
  })
  return Object.fromEntries(given)
}

function jsonOfAttribute(attribute: Attribute, value: Value): Json | undefined {
  const { schema, control, isRequired } = attribute
  if (value instanceof File) return value
  switch (control.kind) {
    case 'tick':
      return value === true || isRequired ? value === true : undefined
    case 'number':
      return value === '' ? undefined : Number(value)
    case 'group': {
      const values = isGroup(value) ? value : {}
      return isRequired || !isUntouched(schema, values) ? jsonOf(schema, values) : undefined
    }
    case 'list': {
      const items = (isList(value) ? value : []).map((item) => jsonOfItem(control.items, item))
      return isRequired || items.length > 0 ? items : undefined
    }
    case 'text':
    case 'long-text':
    case 'choice':
    case 'file':
      return value === '' || typeof value !== 'string' ? undefined : value
  }
}

/** Also where a choice in it has its first value. */
function isUntouched(schema: Schema, values: Values): boolean {
  return attributesOf(schema).every(({ name, schema: inside, isRequired, control }) => {
    const value = values[name] ?? ''
    if (value instanceof File) return false
    if (control.kind === 'group' && isGroup(value)) return isUntouched(inside, value)
    return JSON.stringify(value) === JSON.stringify(emptyOf(name, inside, isRequired))
  })
}

function jsonOfItem(schema: Schema, value: Value): Json {
  const item = {
    name: '',
    schema: withoutNull(schema),
    control: controlOf('', schema),
    isRequired: true,
  }
  return jsonOfAttribute(item, value) ?? ''
}

export function isGroup(value: Value | undefined): value is Values {
  return typeof value === 'object' && !(value instanceof File) && !Array.isArray(value)
}

export function isList(value: Value | undefined): value is readonly Value[] {
  return Array.isArray(value)
}

/** The same JSON with the base64 of each chosen file in its place. */
export async function withFiles(json: Json): Promise<unknown> {
  if (json instanceof File) return dataUriOf(json)
  if (Array.isArray(json)) return Promise.all(json.map((item: Json) => withFiles(item)))
  if (typeof json !== 'object' || json === null) return json
  const entries = Object.entries(json).map(async ([name, value]) => [name, await withFiles(value)])
  return Object.fromEntries(await Promise.all(entries))
}

/** So many bytes the chosen files take as base64. */
export function fileBytesIn(json: Json): number {
  if (json instanceof File) return Math.ceil(json.size / 3) * 4
  if (typeof json !== 'object' || json === null) return 0
  return Object.values(json).reduce((sum: number, value: Json) => sum + fileBytesIn(value), 0)
}

function dataUriOf(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader()
    reader.addEventListener('load', () =>
      // Text, because it is read as a data URI.
      resolve(typeof reader.result === 'string' ? reader.result : ''),
    )
    reader.addEventListener('error', () => reject(reader.error ?? new Error('not read')))
    reader.readAsDataURL(file)
  })
}
