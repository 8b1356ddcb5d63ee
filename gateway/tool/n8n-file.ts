/** packages/n8n-nodes-recado/nodes/Recado/calls.ts: the operations of the n8n node, from the API document. */

import type { DocumentedOperation, OpenApiDocument } from '../src/http/api-document.js'
import { type OperationAt, operationsOf } from '../test/support/api-document.js'

const ofInstance = '/instances/{instanceId}/token/{token}'

/** By tag, in the order of the node's list. */
const resources: Readonly<Record<string, string>> = {
  chats: 'Chat',
  contacts: 'Contact',
  message: 'Message',
  otp: 'One-Time Code',
  queue: 'Queue',
}

interface Schema {
  readonly type?: string | readonly string[]
  readonly description?: string
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly anyOf?: readonly Schema[]
  readonly enum?: readonly unknown[]
  readonly const?: unknown
}

/** What one call takes, wherever it stands. */
interface Field {
  readonly name: string
  readonly schema: Schema
  readonly description: string
  readonly isRequired: boolean
  readonly place: 'path' | 'query' | 'body'
}

interface Property {
  readonly displayName: string
  readonly name: string
}

/** Written as it stands in a program: a function by its name. */
class Code {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }
}

export function n8nFile(document: OpenApiDocument): string {
  const groups = Object.entries(resources).map(([tag, name]) => ({
    name,
    value: valueOf(name),
    calls: operationsOf(document).filter((at) => isOffered(at, tag)),
  }))
  const options = groups.map(({ name, value }) => ({ name, value }))
  const properties = groups.flatMap(({ value, calls }) => [
    operationList(value, calls),
    ...calls.flatMap((at) => parameters(value, at)),
  ])
  return `// Made by "npm run docs:openapi" from the list of calls. A test fails when it is out of date.

import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow'
import { jsonIn, underKey } from './requests'

export const resources: INodePropertyOptions[] = ${written(options, '')}

export const operations: INodeProperties[] = ${written(properties, '')}
`
}

function isOffered({ path, operation }: OperationAt, tag: string): boolean {
  const isAlias = /ByItsOtherPath$|ByName$/u.test(operation.operationId)
  return path.startsWith(ofInstance) && operation.tags?.includes(tag) === true && !isAlias
}

function operationList(resource: string, calls: readonly OperationAt[]): object {
  const options = calls
    .map(({ method, path, operation }) => {
      const url = path
        .replace(ofInstance, '')
        .replaceAll(/\{(\w+)\}/gu, '{{encodeURIComponent($parameter["$1"])}}')
      const sends = (operation.parameters ?? []).some(({ name }) => name === 'Idempotency-Key')
      const routing = {
        request: { method, url: url.includes('{{') ? `=${url}` : url },
        ...(sends && { send: { preSend: [new Code('underKey')] } }),
      }
      const { operationId, summary = '' } = operation
      return {
        name: titleOf(operationId),
        value: operationId,
        action: lowered(titleOf(operationId)),
        description: sentences(summary),
        routing,
      }
    })
    .toSorted(byName)
  return {
    displayName: 'Operation',
    name: 'operation',
    type: 'options',
    noDataExpression: true,
    displayOptions: { show: { resource: [resource] } },
    options,
    default: calls[0]?.operation.operationId ?? '',
  }
}

function parameters(resource: string, { operation }: OperationAt): readonly object[] {
  const show = { resource: [resource], operation: [operation.operationId] }
  const fields = fieldsOf(operation)
  const required = fields.filter(({ isRequired }) => isRequired)
  const options = fields.filter(({ isRequired }) => !isRequired).map((field) => property(field))
  return [
    ...required.map((field) => property(field, { required: true, displayOptions: { show } })),
    ...(options.length === 0
      ? []
      : [
          {
            displayName: 'Additional Fields',
            name: 'additionalFields',
            type: 'collection',
            placeholder: 'Add Field',
            default: {},
            displayOptions: { show },
            options: options.toSorted(byDisplayName),
          },
        ]),
  ]
}

function fieldsOf(operation: DocumentedOperation): readonly Field[] {
  const given = (operation.parameters ?? [])
    .filter(({ in: at, name }) => at !== 'header' && !['instanceId', 'token'].includes(name))
    .map(({ name, in: at, required, schema, description = '' }) => ({
      name,
      schema: Object(schema),
      description,
      isRequired: required === true,
      place: at === 'query' ? ('query' as const) : ('path' as const),
    }))
  const body: Schema = Object(operation.requestBody?.content['application/json']?.schema)
  const inBody = Object.entries(body.properties ?? {}).map(([name, schema]) => {
    const { description = '' } = schema
    const isRequired = body.required?.includes(name) === true || description.startsWith('Required.')
    return { name, schema, description, isRequired, place: 'body' as const }
  })
  return [...given, ...inBody]
}

function property(field: Field, more: object = {}): Property {
  const { name, schema, place } = field
  const input = inputOf(schema)
  const preSend = input.type === 'json' && { preSend: [new Code(`jsonIn('${name}')`)] }
  const send = { type: place, property: name, ...preSend }
  return {
    displayName: titleOf(name),
    // n8n takes "action" for the name of an operation.
    name: name === 'action' ? 'act' : name,
    ...input,
    ...more,
    ...describedAs(field, input.type),
    // A parameter of the path stands in the URL of the operation.
    ...(place !== 'path' && { routing: { send } }),
  }
}

function inputOf(schema: Schema): { type: string; default: unknown; options?: object } {
  const types = [schema, ...(schema.anyOf ?? [])].flatMap(({ type = [] }) => type)
  const values = (schema.enum ?? (schema.anyOf ?? []).flatMap((each) => each.const ?? [])).filter(
    (value) => typeof value === 'string',
  )
  if (values.length > 0) {
    const titles = values.map((value) => [titleOf(value.toLowerCase()), value] as const)
    const names = new Map(titles.toReversed())
    const options = [...names].map(([name, value]) => ({ name, value })).toSorted(byName)
    return { type: 'options', options, default: values[0] }
  }
  if (types.includes('string')) return { type: 'string', default: '' }
  if (types.includes('boolean')) return { type: 'boolean', default: false }
  if (types.includes('integer') || types.includes('number')) return { type: 'number', default: 0 }
  return { type: 'json', default: types.includes('array') ? '[]' : '{}' }
}

function describedAs({ description }: Field, type: string): object {
  const plain = sentences(description.replace(/^Required\. /u, ''))
  if (type !== 'boolean') return plain === '' ? {} : { description: plain }
  const said = plain.charAt(0).toLowerCase() + plain.slice(1)
  return { description: plain.startsWith('Whether') ? plain : `Whether it is so: ${said}` }
}

/** n8n's form: one sentence has no full stop, several have. */
function sentences(text: string): string {
  const plain = text
    .replaceAll(/\*\*Ours\*\*, |\*\*Ours\.\*\* |\*\*|`/gu, '')
    .replace(/^Ours: /u, '')
  const whole = plain.charAt(0).toUpperCase() + plain.slice(1)
  const isOne = !whole.includes('. ')
  return isOne ? whole.replace(/\.$/u, '') : whole
}

/** `sendButtonOtp` is "Send Button OTP". */
function titleOf(name: string): string {
  const words = name.replaceAll(/([a-z])([A-Z])/gu, '$1 $2').split(/[ _-]/u)
  const title = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join(' ')
  return title
    .replaceAll(/\b(?:Id|Url|Otp|Gif|Ptv)(s?)\b/gu, (word) =>
      word.endsWith('s') ? `${word.slice(0, -1).toUpperCase()}s` : word.toUpperCase(),
    )
    .replaceAll(/ (?:Of|In|To|On|The|A|And)(?= )/gu, (word) => word.toLowerCase())
}

/** "Send button OTP": as n8n writes what an operation does. */
const lowered = (title: string) => title.replaceAll(/ [A-Z][a-z]+/gu, (word) => word.toLowerCase())

const valueOf = (name: string) => {
  const joined = name.replaceAll(/[^A-Za-z]/gu, '')
  return joined.charAt(0).toLowerCase() + joined.slice(1)
}

const byName = (one: { name: string }, other: { name: string }) =>
  one.name.localeCompare(other.name, 'en')

const byDisplayName = (one: { displayName: string }, other: { displayName: string }) =>
  one.displayName.localeCompare(other.displayName, 'en')

const widest = 90

function written(value: unknown, indent: string): string {
  const short = onOneLine(value)
  if (short.length <= widest) return short
  const deeper = `${indent}  `
  if (Array.isArray(value)) {
    const items = value.map((each) => `${deeper}${written(each, deeper)},\n`)
    return `[\n${items.join('')}${indent}]`
  }
  if (typeof value === 'object' && value !== null) {
    const lines = Object.entries(value).map(
      ([name, each]) => `${deeper}${name}: ${written(each, deeper)},\n`,
    )
    return `{\n${lines.join('')}${indent}}`
  }
  return short
}

function onOneLine(value: unknown): string {
  if (value instanceof Code) return value.text
  if (Array.isArray(value)) return `[${value.map(onOneLine).join(', ')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const entries = Object.entries(value).map(([name, each]) => `${name}: ${onOneLine(each)}`)
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`
}
