/** The API document of a stage, and its examples as calls. */

import type { FastifyInstance, InjectOptions } from 'fastify'
import type {
  DocumentedAnswer,
  DocumentedOperation,
  OpenApiDocument,
} from '../../src/http/api-document.js'

export type DocumentedMethod = 'GET' | 'POST' | 'PUT' | 'DELETE'

export interface OperationAt {
  readonly method: DocumentedMethod
  /** With `{name}` for parameters. */
  readonly path: string
  readonly operation: DocumentedOperation
}

export async function apiDocumentOf(app: FastifyInstance): Promise<OpenApiDocument> {
  const answer = await app.inject('/docs/json')
  return answer.json<OpenApiDocument>()
}

export function operationsOf({ paths }: OpenApiDocument): readonly OperationAt[] {
  return Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([name, operation]) => ({
      method: name.toUpperCase() as DocumentedMethod,
      path,
      operation,
    })),
  )
}

/** The success that is documented. Throws when there is not exactly one. */
export function successOf({ operationId, responses }: DocumentedOperation): {
  readonly status: number
  readonly description: string
  readonly contentType: string | undefined
  readonly schema: object | undefined
  readonly example: unknown
} {
  const found = Object.entries(responses).filter(([status]) => Number(status) < 400)
  const [only] = found
  if (only === undefined || found.length > 1)
    throw new Error(`${operationId} documents ${found.length} successes`)
  const [status, answer] = only as [string, DocumentedAnswer]
  const [contentType, media] = Object.entries(answer.content ?? {})[0] ?? []
  const { schema, example } = media ?? {}
  return { status: Number(status), description: answer.description, contentType, schema, example }
}

/** The example as it stands. `values` are those of the parameters in its path, `keys` headers by security scheme. */
export function callOf(
  { method, path, operation }: OperationAt,
  values: Readonly<Record<string, string>>,
  keys: Readonly<Record<string, Readonly<Record<string, string>>>>,
): InjectOptions & { method: DocumentedMethod; url: string } {
  const parameters = operation.parameters ?? []
  const exampleOf = (name: string): string =>
    parameters.find((each) => each.name === name)?.example ?? ''
  const query = parameters
    .filter(({ in: at, example }) => at === 'query' && example !== undefined)
    .map(({ name, example }) => `${name}=${encodeURIComponent(example ?? '')}`)
    .join('&')
  const filled = path.replace(/\{(\w+)\}/gu, (_all, name: string) =>
    encodeURIComponent(values[name] ?? exampleOf(name)),
  )
  const scheme = Object.keys(operation.security?.[0] ?? {})[0]
  const body = operation.requestBody?.content['application/json']?.example
  return {
    method,
    url: query === '' ? filled : `${filled}?${query}`,
    headers: {
      ...(scheme === undefined ? {} : keys[scheme]),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { payload: JSON.stringify(body) }),
  }
}
