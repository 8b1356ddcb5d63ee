/**
 * The API document with its bodies and answers under `components.schemas`, so that what is made of it
 * has names for them: `SendTextRequest`, `GetStatusAnswer`. What several calls share has one name.
 */

import type { DocumentedAnswer, OpenApiDocument } from '../src/http/api-document.js'

/** Of answers that many calls give, by the attributes in them. */
const sharedNames: Readonly<Record<string, string>> = {
  'zaapId,messageId,id,messages,lateAt': 'SentMessage',
  value: 'Done',
  success: 'Success',
}

/** A copy. A description of a schema that only its place gives stays with the place. */
export function withNamedSchemas(document: OpenApiDocument): OpenApiDocument {
  const copy = structuredClone(document)
  const schemas: Record<string, object> = { ...copy.components.schemas }
  const named = new Map(Object.entries(schemas).map(([name, each]) => [textOf(each), name]))
  const name = (schema: object, wish: string): object => {
    const text = textOf(schema)
    // Of lists and single values nothing is gained.
    if (!('properties' in schema)) return schema
    const shared = sharedNames[Object.keys(Object(schema.properties)).join()]
    const free = shared === undefined || shared in schemas ? wish : shared
    const taken = named.get(text) ?? free
    named.set(text, taken)
    schemas[taken] ??= schema
    return { $ref: `#/components/schemas/${taken}` }
  }
  for (const operation of Object.values(copy.paths).flatMap((path) => Object.values(path))) {
    const start = capitalised(operation.operationId)
    const body = operation.requestBody?.content['application/json']
    if (body !== undefined) body.schema = name(body.schema, `${start}Request`)
    for (const [status, answer] of Object.entries(operation.responses)) {
      const media = isAnswer(answer) ? answer.content?.['application/json'] : undefined
      if (Number(status) < 400 && media?.schema !== undefined)
        media.schema = name(media.schema, `${start}Answer`)
    }
  }
  copy.components.schemas = schemas
  return copy
}

/** The same for schemas that differ in their own description alone. */
function textOf(schema: object): string {
  return JSON.stringify({ ...schema, description: undefined })
}

function isAnswer(answer: object): answer is DocumentedAnswer {
  return 'description' in answer
}

export function capitalised(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1)
}
