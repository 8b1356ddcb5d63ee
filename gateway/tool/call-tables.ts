/**
 * The tables about single calls in docs/api.md, and docs/calls.md as a whole, made from the API
 * document, which is made from the endpoint list.
 *
 * A page asks for a table by a comment, and the table stands between it and `<!-- end -->`:
 *
 *     <!-- attributes of POST /send-button-otp -->
 *     <!-- answer of GET /messages/{zaapId} -->
 *     <!-- calls of webhooks under /update- -->
 */

import type { OpenApiDocument } from '../src/http/api-document.js'
import { type OperationAt, operationsOf, successOf } from '../test/support/api-document.js'
import { attributesIn, typeOf } from './attributes.js'

const ofInstance = '/instances/{instanceId}/token/{token}'

const before = `# Every call

<!-- Made by "npm run docs:openapi". A test fails when it is out of date. -->

All calls that a running Recado has, in the groups of [openapi.json](openapi.json), which describes each attribute and
answer. \`…\` is \`${ofInstance}\`. Required attributes are bold; \`?\` marks those of the query.
[api.md](api.md) has the rules for all calls, and the more important ones with examples.
`

/** docs/calls.md. */
export function callsPage(document: OpenApiDocument): string {
  const groups = (document.tags ?? []).map(({ name, description = '' }) => {
    const rows = callsOf(document, name, ['']).map(
      ({ names, summary, attributes }) => `| ${names} | ${summary} | ${attributes} |`,
    )
    return `\n## ${name}\n\n${description}\n\n${table(['Call', 'Does', 'Attributes'], rows)}\n`
  })
  return [before, ...groups].join('')
}

/** The page with its tables as the document has them. Throws for a table that it cannot make. */
export function withCallTables(page: string, document: OpenApiDocument): string {
  return page.replaceAll(
    /(<!-- (attributes|answer|calls) of (.+?) -->\n)(?:.*?\n)??(<!-- end -->)/gsu,
    (_all, start: string, kind: string, of: string, end: string) =>
      `${start}${tableFor(document, kind, of)}\n${end}`,
  )
}

function tableFor(document: OpenApiDocument, kind: string, of: string): string {
  if (kind === 'calls') return callTable(document, of)
  const { operation } = operationNamed(document, of)
  const body = operation.requestBody?.content['application/json']?.schema
  const schema = kind === 'answer' ? successOf(operation).schema : body
  if (schema === undefined) throw new Error(`${of} has nothing to put into a table`)
  const isAnswer = kind === 'answer'
  const rows = attributesIn(schema).map(({ name, isRequired, type, description }) => {
    const required = isAnswer ? '' : ` ${isRequired ? 'yes' : ''} |`
    return `| \`${name}\` |${required} ${type} | ${description} |`
  })
  return table(['Attribute', ...(isAnswer ? [] : ['Required']), 'Type', 'Meaning'], rows)
}

function callTable(document: OpenApiDocument, of: string): string {
  const [tag = '', under = ''] = of.split(' under ')
  const rows = callsOf(document, tag, under.split(', ')).map(
    ({ names, summary, description, attributes }) => {
      const [, ours = '', rest = ''] = /^(\*\*Ours\.\*\* )?(.*)$/su.exec(description) ?? []
      return `| ${names} | ${attributes} | ${ours}${summary} ${rest} |`
    },
  )
  if (rows.length === 0) throw new Error(`there are no calls of ${of}`)
  return table(['Call', 'Attributes', 'Does'], rows)
}

interface CallRow {
  readonly names: string
  readonly summary: string
  readonly description: string
  readonly attributes: string
}

/** Paths of one call, its aliases, share a row. */
function callsOf(document: OpenApiDocument, tag: string, under: readonly string[]): CallRow[] {
  const asked = operationsOf(document).filter(
    ({ path, operation }) =>
      operation.tags?.includes(tag) &&
      under.some((prefix) => shortOf(path).replace('…', '').startsWith(prefix)),
  )
  const rows = new Map<string, OperationAt[]>()
  for (const call of asked) {
    const { summary = '', description = '' } = call.operation
    const key = `${call.method} ${summary} ${description}`
    rows.set(key, [...(rows.get(key) ?? []), call])
  }
  return [...rows.values()].flatMap((calls) => {
    const [first] = calls
    if (first === undefined) return []
    const { summary = '', description = '' } = first.operation
    const names = calls.map(({ method, path }, index) =>
      index === 0 ? `\`${method} ${shortOf(path)}\`` : `\`${shortOf(path)}\``,
    )
    return [
      { names: names.join(', also '), summary, description, attributes: attributeNames(first) },
    ]
  })
}

function attributeNames({ operation }: OperationAt): string {
  const schema = operation.requestBody?.content['application/json']?.schema
  const query = (operation.parameters ?? []).filter(({ in: at }) => at === 'query')
  const own = schema === undefined ? [] : attributesIn(schema, 1)
  const list = schema !== undefined && own.length === 0 ? [typeOf(schema)] : []
  return [
    ...query.map(({ name, required }) => strong(`?${name}`, required === true)),
    ...own.map(({ name, isRequired }) => strong(name, isRequired)),
    ...list,
  ].join(', ')
}

const strong = (name: string, isRequired: boolean): string =>
  isRequired ? `**\`${name}\`**` : `\`${name}\``

function operationNamed(document: OpenApiDocument, name: string): OperationAt {
  const found = operationsOf(document).find(
    ({ method, path }) => `${method} ${shortOf(path).replace('…', '')}` === name,
  )
  if (found === undefined) throw new Error(`there is no call ${name}`)
  return found
}

function shortOf(path: string): string {
  return path.replace(ofInstance, '…')
}

function table(heads: readonly string[], rows: readonly string[]): string {
  return [`| ${heads.join(' | ')} |`, `|${'---|'.repeat(heads.length)}`, ...rows].join('\n')
}
