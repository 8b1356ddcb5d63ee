/** packages/client/src/calls.ts: the types and the routes of every call of an instance, from the API document. */

import type { DocumentedOperation, OpenApiDocument } from '../src/http/api-document.js'
import { type OperationAt, operationsOf, successOf } from '../test/support/api-document.js'
import { withNamedSchemas } from './named-schemas.js'

const ofInstance = '/instances/{instanceId}/token/{token}/'

interface Schema {
  readonly $ref?: string
  readonly type?: string | readonly string[]
  readonly description?: string
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly items?: Schema
  readonly anyOf?: readonly Schema[]
  readonly enum?: readonly unknown[]
  readonly const?: unknown
}

export function clientFile(document: OpenApiDocument): string {
  const named = withNamedSchemas(document)
  const calls = operationsOf(named).filter(isForCallers)
  const used = new Set<string>()
  const written = (schema: object | undefined) => typeOf(schema ?? {}, '', used)
  const methods = calls.map((at) => method(at, written))
  const types = [...used].toSorted().map((name) => declaration(name, named, used))
  return `// Made by "npm run docs:openapi" from the list of calls. A test fails when it is out of date.

import type { CallOptions } from './options.js'

${types.join('\n')}
/** Every call of an instance. Each rejects with \`RecadoError\` when it is refused. */
export interface Calls {
${methods.join('\n')}
}

export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** Below the instance. */
  readonly path: string
  readonly query?: readonly string[]
  /** Whether it takes parameters or a body. */
  readonly input?: true
  /** Whether it sends a message, and takes an idempotency key. */
  readonly sends?: true
}

export const routes: Readonly<Record<keyof Calls, Route>> = {
${calls.map(route).join('\n')}
}
`
}

/** Aliases of a call are left out: the client has the first path. */
function isForCallers({ path, operation }: OperationAt): boolean {
  const keys = (operation.security ?? []).flatMap((each) => Object.keys(each))
  const isAlias = /ByItsOtherPath$|ByName$/u.test(operation.operationId)
  return path.startsWith(ofInstance) && keys.includes('clientToken') && !isAlias
}

function method({ operation }: OperationAt, written: (schema: object | undefined) => string) {
  const { operationId, summary = '', description = '' } = operation
  const input = inputOf(operation, written)
  const answer = written(successOf(operation).schema)
  const text = comment(`${summary} ${description}`.trim(), '  ')
  return `${text}  ${operationId}(${input}options?: CallOptions): Promise<${answer}>`
}

/** Parameters of path and query and the body are one object. */
function inputOf(operation: DocumentedOperation, written: (schema: object | undefined) => string) {
  const given = parametersOf(operation)
  const body = operation.requestBody?.content['application/json']?.schema
  const parameters = given.map(
    ({ name, required, schema, description = '' }) =>
      `${comment(description, '    ')}    ${key(name)}${required === true ? '' : '?'}: ${written(schema)}`,
  )
  const parts = [
    ...(parameters.length === 0 ? [] : [`{\n${parameters.join('\n')}\n  }`]),
    ...(body === undefined ? [] : [written(body)]),
  ]
  if (parts.length === 0) return ''
  const isOptional = body === undefined && given.every(({ required }) => required !== true)
  return `input${isOptional ? '?' : ''}: ${parts.join(' & ')}, `
}

const parametersOf = ({ parameters = [] }: DocumentedOperation) =>
  parameters.filter(
    ({ in: at, name }) => at !== 'header' && !['instanceId', 'token'].includes(name),
  )

function route({ method: verb, path, operation }: OperationAt): string {
  const query = parametersOf(operation).filter(({ in: at }) => at === 'query')
  const sends = (operation.parameters ?? []).some(({ name }) => name === 'Idempotency-Key')
  const rest = [
    ...(query.length === 0 ? [] : [`query: [${query.map(({ name }) => `'${name}'`).join(', ')}]`]),
    ...(inputOf(operation, () => '') === '' ? [] : ['input: true']),
    ...(sends ? ['sends: true'] : []),
  ]
  const entries = [`method: '${verb}'`, `path: '${path.replace(ofInstance, '')}'`, ...rest]
  return `  ${operation.operationId}: { ${entries.join(', ')} },`
}

function declaration(name: string, { components }: OpenApiDocument, used: Set<string>): string {
  const schema: Schema = components.schemas?.[name] ?? {}
  return `${comment(schema.description ?? '', '')}export type ${name} = ${typeOf(schema, '', used)}\n`
}

function typeOf(schema: Schema, indent: string, used: Set<string>): string {
  const { $ref, type, anyOf, items, properties } = schema
  if ($ref !== undefined) {
    const name = $ref.split('/').at(-1) ?? ''
    used.add(name)
    return name
  }
  if (anyOf !== undefined) {
    const types = anyOf.map((each) => typeOf(each, indent, used))
    // A text beside any text says nothing more.
    const isRedundant = (each: string) => types.includes('string') && each.startsWith("'")
    return types.filter((each) => !isRedundant(each)).join(' | ')
  }
  if (schema.const !== undefined) return literal(schema.const)
  if (schema.enum !== undefined) return schema.enum.map(literal).join(' | ')
  if (Array.isArray(type))
    return type.map((each) => typeOf({ ...schema, type: each }, indent, used)).join(' | ')
  if (type === 'array') return `readonly (${typeOf(items ?? {}, indent, used)})[]`
  if (type === 'object') return properties === undefined ? 'object' : object(schema, indent, used)
  if (type === 'integer' || type === 'number') return 'number'
  if (type === 'string' || type === 'boolean') return type
  // An answer without a body has no type either, but says so.
  return type === 'null' ? 'null' : 'unknown'
}

function object(schema: Schema, indent: string, used: Set<string>): string {
  const deeper = `${indent}  `
  const lines = Object.entries(schema.properties ?? {}).map(([name, property]) => {
    const isRequired = schema.required?.includes(name) === true
    const text = comment(property.description ?? '', deeper)
    return `${text}${deeper}${key(name)}${isRequired ? '' : '?'}: ${typeOf(property, deeper, used)}`
  })
  return `{\n${lines.join('\n')}\n${indent}}`
}

function comment(text: string, indent: string): string {
  return text === ''
    ? ''
    : `${indent}/** ${text.replaceAll('*/', '* /').replaceAll(/\s+/gu, ' ')} */\n`
}

const key = (name: string) => (/^[A-Za-z_$][\w$]*$/u.test(name) ? name : `'${name}'`)

const literal = (value: unknown) =>
  typeof value === 'string' ? `'${value.replaceAll("'", "\\'")}'` : String(value)
