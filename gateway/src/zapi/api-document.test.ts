/**
 * The API document tells everything about every route that is built, and what
 * it tells is true: each example is sent as it stands, and answered as it says.
 */

import { Errors, type XSchema } from 'typebox/schema'
import { afterAll, describe, expect, it } from 'vitest'
import {
  apiDocumentOf,
  callOf,
  type OperationAt,
  operationsOf,
  successOf,
} from '../../test/support/api-document.js'
import { prepareInstance, prepareVisitor } from '../../test/support/prepared-instance.js'
import { askedPasskey } from '../../test/support/stand-in-passkeys.js'
import { clientToken, openZapiStage, partnerToken } from '../../test/support/zapi-stage.js'
import { contract } from '../../test/zapi/contract.js'
import { operationNameOf } from './operation-names.js'

const stage = await openZapiStage()
afterAll(() => stage[Symbol.asyncDispose]())
const place = '/instances/{instanceId}/token/{token}'
const document = await apiDocumentOf(stage.app)
const operations = operationsOf(document)
const rows = operations.map((at) => [`${at.method} ${at.path.replace(place, '…')}`, at] as const)

const bearer = (token: string) => ({ authorization: `Bearer ${token}` })
const keys = {
  clientToken: { 'client-token': clientToken },
  partnerToken: bearer(partnerToken),
  operatorToken: bearer(stage.operatorToken),
}

/** They show something only while no phone is linked. */
/** Its body is no JSON: `import-route.test.ts` sends it. */
const isElsewhere = ({ path }: OperationAt) => path === '/operator/instances/{instanceId}/import'

const isPairing = ({ path }: OperationAt) => /\/(qr-code|phone-code)\b/u.test(path)

async function send(at: OperationAt, change: (call: ReturnType<typeof callOf>) => void = () => {}) {
  const { values, setConnected } = await prepareInstance(stage)
  setConnected(!isPairing(at))
  if (/\/passkey(-link)?$/u.test(at.path)) stage.sessions.linking.heard(askedPasskey)
  else stage.sessions.linking.over('cancelled')
  const isOfVisitor = /\{(?:keyId|personId)\}/u.test(at.path)
  const visitor = isOfVisitor ? await prepareVisitor(stage) : {}
  const call = callOf(at, { ...values, ...visitor }, keys)
  change(call)
  return stage.app.inject(call)
}

it('has every route that is built, and none that is not', async () => {
  let { values } = await prepareInstance(stage)
  const built: string[] = []
  for (const { method, url } of stage.routes) {
    const path = url.replace(/:(\w+)/gu, (_all, name: string) => values[name] ?? '1')
    const ofClient = url.includes('/token/') && !url.includes('/integrator/')
    const headers = ofClient ? keys.clientToken : keys.partnerToken
    const { statusCode, body } = await stage.app.inject({ method, url: path, headers })
    if (statusCode === 501 || body.startsWith('{"error":"Cannot be done: ')) continue
    built.push(`${method} ${url.replace(/:(\w+)/gu, '{$1}')}`)
    // The call may have been the last that the instance takes.
    values = (await prepareInstance(stage)).values
  }
  expect(built.length).toBeGreaterThan(25)
  const others = ['GET /health/live', 'GET /health/ready', 'GET /metrics', 'GET /media/{id}']
  const told = operations.map(({ method, path }) => `${method} ${path}`)
  const ofOperator = told.filter((name) => name.includes(' /operator/'))
  expect(ofOperator.length).toBeGreaterThanOrEqual(2)
  expect(told.toSorted()).toEqual([...built, ...others, ...ofOperator].toSorted())
})

it('names each operation once', () => {
  const ids = operations.map(({ operation }) => operation.operationId)
  expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([])
})

it('names each operation by a verb, not by its HTTP method and path', () => {
  // If not: a line in operation-names.ts.
  const ids = operations.map(({ operation }) => operation.operationId)
  expect(ids.filter((id) => !/^[a-z][A-Za-z]+$/u.test(id) || /^(?:post|put)/u.test(id))).toEqual([])
  const nameless = stage.routes.filter(({ method, url }) => {
    const path = url.replaceAll(/:(\w+)/gu, '{$1}')
    const isTold = operations.some((at) => at.method === method && at.path === path)
    return isTold && operationNameOf(method, url) === undefined
  })
  expect(nameless).toEqual([])
})

it('gives every attribute of a request a type', () => {
  const untyped = operations.flatMap(({ operation }) =>
    untypedIn(operation.requestBody?.content['application/json']?.schema, operation.operationId),
  )
  expect(untyped).toEqual([])
})

function untypedIn(schema: object | undefined, name: string): readonly string[] {
  if (schema === undefined) return []
  const { type, properties, items, anyOf } = schema as {
    type?: string
    properties?: Record<string, object>
    items?: object
    anyOf?: object[]
  }
  const says = type !== undefined || ['anyOf', 'enum', 'const', '$ref'].some((key) => key in schema)
  return [
    ...(says ? [] : [name]),
    ...Object.entries(properties ?? {}).flatMap(([key, each]) => untypedIn(each, `${name}.${key}`)),
    ...untypedIn(items, `${name}[]`),
    ...(anyOf ?? []).flatMap((each) => untypedIn(each, name)),
  ]
}

it('holds nothing that looks like a person', () => {
  const text = JSON.stringify(document)
  const phones = [...text.matchAll(/\b55\d{10,11}\b/gu)].map(([phone]) => phone)
  expect([...new Set(phones)].filter((phone) => !/^55119{5,}\d*$/u.test(phone))).toEqual([])
  const mails = [...text.matchAll(/[\w.]+@(?!example\.)[\w-]+\.\w+/gu)].map(([mail]) => mail)
  expect(mails).toEqual([])
})

describe.each(rows)('%s', (_name, at) => {
  const { operation, path, method } = at
  const success = successOf(operation)

  it('is described', () => {
    const { summary = '', description = '', tags = [], parameters = [], security } = operation
    expect(summary).toMatch(/^[A-Z].{10,}\.$/u)
    expect(description).not.toBe('')
    expect(document.tags?.map(({ name }) => name)).toEqual(expect.arrayContaining(tags))
    expect(tags).toHaveLength(1)
    expect(security).toBeDefined()
    expect(parameters.filter((each) => !each.description).map(({ name }) => name)).toEqual([])
    expect(success.description).not.toBe('Default Response')
    expect(undescribed(success.schema, 'answer')).toEqual([])
  })

  it('stands in the group that Z-API has it in', () => {
    const own = path.replace(place, '')
    const groups = contract
      .filter(
        (endpoint) =>
          endpoint.method === method && endpoint.paths.some((each) => [own, path].includes(each)),
      )
      .map(({ group }) => group)
    const [tag = ''] = operation.tags ?? []
    // Ours may stand where they like. One route may have pages in several groups.
    expect(groups.length === 0 ? [tag] : groups).toContain(tag)
  })

  it('has an example of what is sent and of what is answered', () => {
    const body = operation.requestBody?.content['application/json']
    const asked = operation.requestBody === undefined ? [] : exampleProblems(body)
    const answered = success.contentType === undefined ? [] : exampleProblems(success)
    expect([...undescribed(body?.schema, 'body'), ...asked, ...answered]).toEqual([])
  })

  it('says what comes while the store is out of reach', () => {
    const readsStore = operation.security?.length !== 0 || path.includes('{')
    expect('503' in operation.responses).toBe(readsStore || path === '/health/ready')
  })

  it('refuses a caller without a key as described', async () => {
    if (operation.security?.length === 0) return
    const answer = await send(at, (call) => {
      call.headers = {}
    })
    expect(Object.keys(operation.responses)).toContain(String(answer.statusCode))
    expect(answer.statusCode).toBeGreaterThanOrEqual(400)
    expect(problemsOf(document.components.schemas?.['Error'], answer.json())).toEqual([])
  })
})

// After the refusals: one of the examples names the only addresses that may call.
it.each(rows.filter(([, at]) => !isElsewhere(at)))(
  '%s answers its example as it says',
  async (_name, at) => {
    const success = successOf(at.operation)
    const { statusCode, headers, body } = await send(at)
    const contentType = String(headers['content-type'] ?? '')
    expect([statusCode, answerProblems(success, contentType, body), body]).toEqual([
      success.status,
      [],
      body,
    ])
  },
)

type Success = ReturnType<typeof successOf>

function exampleProblems(
  media: { readonly schema?: object | undefined; readonly example?: unknown } | undefined,
): readonly string[] {
  if (media?.example === undefined) return ['there is no example']
  return problemsOf(media.schema, media.example)
}

/** What the answer has and does not say, says and does not have. */
function answerProblems(success: Success, contentType: string, text: string): readonly string[] {
  if (success.contentType === undefined) return text === '' ? [] : ['there is a body']
  if (success.contentType === '*/*') return text === '' ? ['there is no body'] : []
  if (!contentType.startsWith(success.contentType)) return [`it is ${contentType}`]
  if (success.contentType !== 'application/json') return []
  const body: unknown = JSON.parse(text)
  return [
    ...problemsOf(success.schema, body),
    ...missingKeys(body, success.example, 'answer').map((key) => `${key} is missing`),
    ...untold(body, success.schema).map((key) => `${key} is not told`),
  ]
}

function problemsOf(schema: object | undefined, value: unknown): readonly string[] {
  const [, problems] = Errors(schema as XSchema, value)
  return problems.map(({ instancePath, message }) => `${instancePath} ${message}`)
}

/** Attributes without a description. */
function undescribed(schema: object | undefined, at: string): readonly string[] {
  const { properties = {}, items, anyOf = [] } = parts(schema)
  return [
    ...Object.entries(properties).flatMap(([name, inner]) => [
      ...(Reflect.get(inner, 'description') ? [] : [`${at}.${name}`]),
      ...undescribed(inner, `${at}.${name}`),
    ]),
    ...(items === undefined ? [] : undescribed(items, `${at}[]`)),
    ...anyOf.flatMap((inner) => undescribed(inner, at)),
  ]
}

/** Attributes of the answer that its schema does not name. */
function untold(value: unknown, schema: object | undefined): readonly string[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return []
  const { properties = {}, anyOf = [] } = parts(schema)
  const named = [properties, ...anyOf.map((inner) => parts(inner).properties ?? {})].flatMap(
    (inner) => Object.keys(inner),
  )
  return Object.keys(value).filter((name) => !named.includes(name))
}

/** Attributes of the example that the answer does not have. */
function missingKeys(value: unknown, example: unknown, at: string): readonly string[] {
  if (Array.isArray(value) && Array.isArray(example))
    return value.length === 0 ? [] : missingKeys(value[0], example[0], `${at}[0]`)
  if (typeof example !== 'object' || example === null || Array.isArray(example)) return []
  if (typeof value !== 'object' || value === null) return [at]
  return Object.entries(example).flatMap(([name, inner]) =>
    Object.hasOwn(value, name)
      ? missingKeys(Reflect.get(value, name), inner, `${at}.${name}`)
      : [`${at}.${name}`],
  )
}

interface Parts {
  readonly properties?: Readonly<Record<string, object>>
  readonly items?: object
  readonly anyOf?: readonly object[]
}

function parts(schema: object | undefined): Parts {
  return schema ?? {}
}
