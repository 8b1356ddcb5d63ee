/**
 * Calls with bad intent: every documented operation with its example
 * spoilt. Whatever comes, the answer is quick, has the form of a refusal, is never
 * a bug of ours, and the log repeats nothing of it.
 *
 * `npm run fuzz -- --seconds 60` goes on for longer; fast-check prints the seed.
 */

import { request as httpRequest } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import * as fc from 'fast-check'
import type { InjectOptions } from 'fastify'
import { afterAll, expect, it } from 'vitest'
import { apiDocumentOf, callOf, type OperationAt, operationsOf } from '../support/api-document.js'
import { fuzzSeconds as seconds } from '../support/long-runs.js'
import { clientToken, openZapiStage, partnerToken } from '../support/zapi-stage.js'

/** What one call may cost this machine, its load aside. */
const mostCpuMs = 1_000

const stage = await openZapiStage({ allowHttpCallbacks: true })
afterAll(() => stage[Symbol.asyncDispose]())

/** After these the stage would be another one: only their refusals are looked at. */
const irreversible = new Set([
  'deleteInstance',
  'cancelInstance',
  'rotateInstanceToken',
  'rotateToken',
  'setAllowedCallers',
  'setInstanceCallers',
])
const operations = operationsOf(await apiDocumentOf(stage.app)).filter(
  ({ operation }) => !irreversible.has(operation.operationId ?? ''),
)

const phone = '5511987654321'
const code = 'QZXFUZZ1'
const hidden = [clientToken, partnerToken, stage.token, stage.operatorToken, phone, code]

const own = { instanceId: stage.instance.id, token: stage.token, phone }
const keys = {
  clientToken: { 'client-token': clientToken },
  partnerToken: { authorization: `Bearer ${partnerToken}` },
  operatorToken: { authorization: `Bearer ${stage.operatorToken}` },
}

/** JSON that is deep or long; as text, because writing it as a value would fail here first. */
const deep = (depth: number, open: string, close: string) =>
  open.repeat(depth) + close.repeat(depth)

const urls = [
  'http://127.0.0.1/',
  'http://[::1]:1/',
  'http://0x7f.1/',
  'http://2130706433/',
  'http://169.254.169.254/latest/meta-data',
  'http://[::ffff:10.0.0.1]/',
  'https://user:segredo@example.com/',
  'file:///etc/passwd',
  'gopher://127.0.0.1:25/',
  'https://exa mple.com',
  'https://',
  '//example.com',
  `https://example.com/${'x'.repeat(10_000)}`,
  'https://例え.テスト/',
]
const images = [
  'data:image/svg+xml;base64,PHN2Zz48L3N2Zz4=',
  'data:image/png;base64,',
  'data:image/png;base64,iVBORw0KGgo=',
  `data:image/png;base64,${'A'.repeat(200_000)}`,
  'data:;base64,====',
  'data:text/html,<script>',
]
const values: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    'null',
    'true',
    '0',
    '-1',
    '1e308',
    '-1e308',
    '1e400',
    '0.1',
    '9007199254740993',
    '[]',
    '{}',
    deep(5_000, '[', ']'),
    deep(2_000, '{"a":', '}').replace('{}', '{"a":1}'),
    '{"__proto__":{"polluted":true}}',
    '{"constructor":{"prototype":{"polluted":true}}}',
  ),
  fc
    .oneof(
      fc.string({ maxLength: 50, unit: 'binary' }),
      fc.constantFrom(...urls, ...images),
      fc.constantFrom('', ' ', '\0', '\ud800', '\u202e', '💥'.repeat(2_000), 'x'.repeat(100_000)),
      fc.constantFrom(phone, `${phone}-group`, '1@lid', '5'.repeat(400), '+55 11', '٥٥١١٩'),
    )
    .map((text) => JSON.stringify(text)),
)

type Spoiling = (call: Call, parameters: readonly string[]) => Call
type Call = InjectOptions & { readonly url: string; readonly method: string }

const inBody: fc.Arbitrary<Spoiling> = fc
  .record({ at: fc.nat(), value: fc.option(values, { nil: undefined }), extra: fc.boolean() })
  .map(({ at, value, extra }) => (call) => {
    const body = objectIn(call.payload)
    const names = [...Object.keys(body), ...(extra ? ['made-up', '__proto__'] : [])]
    const name = names[at % Math.max(1, names.length)] ?? 'value'
    const rest = Object.entries(body).filter(([each]) => each !== name)
    const parts = rest.map(([each, given]) => `${JSON.stringify(each)}:${JSON.stringify(given)}`)
    if (value !== undefined) parts.push(`${JSON.stringify(name)}:${value}`)
    return withBody(call, `{${parts.join(',')}}`)
  })

const ofBody: fc.Arbitrary<Spoiling> = fc
  .oneof(
    values,
    fc.constantFrom(
      '',
      '{',
      '{"a"',
      '[1,',
      '\ufeff{}',
      '{"a":1}{"b":2}',
      '{"phone":"1","phone":2}',
    ),
    fc.constantFrom(deep(100_000, '[', ']'), ' '.repeat(500_000), `"${'x'.repeat(9_000_000)}"`),
    fc.string({ maxLength: 100, unit: 'binary' }),
  )
  .map((payload) => (call) => withBody(call, payload))

const ofType: fc.Arbitrary<Spoiling> = fc
  .constantFrom(
    'text/plain',
    'application/xml',
    'multipart/form-data',
    'application/json; charset=utf-16',
    'application/x-www-form-urlencoded',
    '',
    ';',
    'application/json\t',
    'x'.repeat(5_000),
  )
  .map((type) => (call) => ({ ...call, headers: { ...call.headers, 'content-type': type } }))

const ofHeaders: fc.Arbitrary<Spoiling> = fc
  .record({
    name: fc.constantFrom(
      'client-token',
      'authorization',
      'idempotency-key',
      'content-encoding',
      'content-length',

      'transfer-encoding',
      'x-forwarded-for',
      'host',
      'expect',
      'range',
      'x-request-id',
      'upgrade',
    ),
    value: fc.oneof(
      fc.constantFrom(
        '',
        ' ',
        '0',
        '-1',
        'gzip',
        'chunked',
        'Bearer',
        'Bearer  ',
        'é',
        '127.0.0.1',
      ),
      fc.string({ maxLength: 300 }).map((text) => text.replaceAll(/[^\x20-\x7e]/g, '')),
      fc.constant('x'.repeat(12_000)),
    ),
  })
  .map(({ name, value }) => (call) => ({ ...call, headers: { ...call.headers, [name]: value } }))

const places = fc.oneof(
  fc.constantFrom(
    '..',
    '../..',
    '..%2f..%2fetc%2fpasswd',
    '%2e%2e/',
    '%00',
    '%ff',
    '%',
    '%c0%ae',
    '.',
    '*',
    'x'.repeat(501),
    "' or 1=1 --",
    '\\..\\',
    '%25',
    '%0d%0aSet-Cookie:a',
    '💥',
    ';a=b',
    '-1',
  ),
  fc.string({ minLength: 1, maxLength: 40, unit: 'binary' }).map((text) => wellFormed(text)),
)

const ofPath: fc.Arbitrary<Spoiling> = fc
  .record({ at: fc.nat(), place: places })
  .map(({ at, place }) => (call) => {
    const parts = call.url.split('/')
    parts[1 + (at % (parts.length - 1))] = encodeURI(place).replaceAll('%25', '%')
    return { ...call, url: parts.join('/') }
  })

const ofQuery: fc.Arbitrary<Spoiling> = fc
  .record({ at: fc.nat(), place: places, twice: fc.boolean() })
  .map(({ at, place, twice }) => (call, parameters) => {
    const name = parameters[at % Math.max(1, parameters.length)] ?? 'page'
    const query = `${name}=${encodeURI(place).replaceAll('%25', '%')}`
    return { ...call, url: `${call.url.split('?')[0]}?${query}${twice ? `&${query}` : ''}` }
  })

const spoilings = fc.array(
  fc.oneof(
    { weight: 5, arbitrary: inBody },
    { weight: 2, arbitrary: ofBody },
    { weight: 1, arbitrary: ofType },
    { weight: 2, arbitrary: ofHeaders },
    { weight: 2, arbitrary: ofPath },
    { weight: 2, arbitrary: ofQuery },
  ),
  { minLength: 1, maxLength: 3 },
)

it(
  'answers whatever comes',
  async () => {
    let calls = 0
    await fc.assert(
      fc.asyncProperty(fc.nat(operations.length - 1), spoilings, async (index, spoil) => {
        const operation = operations[index]
        if (operation === undefined) throw new Error('no such operation')
        const call = spoil.reduce<Call>(
          (sofar, each) => each(sofar, parametersOf(operation)),
          callOf(operation, own, keys),
        )
        const before = process.cpuUsage()
        const { statusCode, body } = await stage.app.inject(call as InjectOptions)
        const { user, system } = process.cpuUsage(before)
        calls += 1
        expect((user + system) / 1_000).toBeLessThan(mostCpuMs)
        expectWellSaid(call, statusCode, body)
      }),
      {
        numRuns: 10_000_000,
        interruptAfterTimeLimit: seconds * 1_000,
        markInterruptAsFailure: false,
      },
    )
    // A busy machine makes a hundredth of the calls that a free one makes.
    expect(calls).toBeGreaterThan(seconds)
    // The pipe was alive, and still is.
    stage.sessions.connected.add(stage.instance.id)
    const sent = await stage.send({ phone, code })
    expect([200, 429]).toContain(sent.statusCode)
    expectNothingLeaked()
    expect(Object.keys(Object.prototype)).not.toContain('polluted')
  },
  seconds * 1_000 + 60_000,
)

it('answers what is no HTTP, and heads that are too large', async () => {
  await stage.app.listen({ port: 0, host: '127.0.0.1' })
  const { port } = stage.app.server.address() as AddressInfo
  for (const bytes of [
    'GET / HTTP/9.9\r\n\r\n',
    '\0\0\0\r\n\r\n',
    `GET /${'x'.repeat(100_000)} HTTP/1.1\r\nHost: a\r\n\r\n`,
    `GET / HTTP/1.1\r\nHost: a\r\n${'X-A: b\r\n'.repeat(5_000)}\r\n`,
    'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n',
    'POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n\r\n',
  ]) {
    const answer = await raw(port, bytes)
    expect(answer).toMatch(/^HTTP\/1\.1 4\d\d /u)
    expect(firstBodyOf(answer)).toMatchObject({ error: expect.any(String) })
  }
  expect(await statusOf(port)).toBe(200)
  expectNothingLeaked()
})

function expectWellSaid(call: Call, statusCode: number, body: string): void {
  const isBug = statusCode >= 500 && statusCode !== 501 && statusCode !== 503
  const what = `${call.method} ${call.url} ${textOf(call.payload)}`.slice(0, 300)
  expect([what, isBug ? statusCode : 'answered']).toEqual([what, 'answered'])
  if (statusCode < 400) return
  // Z-API's own refusal of a proxy is the one that is a plain string.
  const [path = ''] = call.url.split('?')
  if (path.endsWith('/integrator/configure-proxy') && typeof JSON.parse(body) === 'string') return
  expect([what, JSON.parse(body)]).toEqual([
    what,
    expect.objectContaining({ error: expect.any(String) }),
  ])
  expect([what, body.length < 2_000]).toEqual([what, true])
}

function expectNothingLeaked(): void {
  expect(stage.logged.length).toBeGreaterThan(0)
  for (const line of stage.logged.filter((each) => hidden.some((one) => each.includes(one))))
    expect(line).toBe('without a secret')
  expect(stage.logged.filter((line) => line.includes('"http-bug"'))).toEqual([])
}

function parametersOf({ operation }: OperationAt): readonly string[] {
  return (operation.parameters ?? []).filter((each) => each.in === 'query').map(({ name }) => name)
}

function textOf(payload: unknown): string {
  return typeof payload === 'string' ? payload : ''
}

/** Nothing is in a body that an earlier spoiling left without form, or so deep that it cannot be written again. */
function objectIn(payload: unknown): Record<string, unknown> {
  try {
    const read: unknown = JSON.parse(textOf(payload))
    JSON.stringify(read)
    return typeof read === 'object' && read !== null ? { ...read } : {}
  } catch {
    return {}
  }
}

function withBody(call: Call, payload: string): Call {
  const headers = { 'content-type': 'application/json', ...call.headers }
  // A GET with a body is one of the things that come.
  return { ...call, headers, payload }
}

/** A lone surrogate has no URL form. */
function wellFormed(text: string): string {
  return text.replaceAll(/[\ud800-\udfff]/g, '?')
}

function raw(port: number, bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes))
    let answer = ''
    socket.setTimeout(60_000, () => reject(new Error(`no answer to ${bytes.slice(0, 40)}`)))
    socket.on('data', (chunk: Buffer) => {
      answer += chunk.toString()
    })
    socket.on('error', () => undefined)
    socket.on('close', () => resolve(answer))
  })
}

/** What follows in the same bytes may have an answer of its own. */
function firstBodyOf(answer: string): unknown {
  const [, length] = /content-length: (\d+)/iu.exec(answer) ?? []
  const start = answer.indexOf('\r\n\r\n') + 4
  return JSON.parse(answer.slice(start, start + Number(length)))
}

function statusOf(port: number): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const call = httpRequest({ port, host: '127.0.0.1', path: '/health/live' }, (answer) => {
      answer.resume()
      resolve(answer.statusCode)
    })
    call.on('error', reject)
    call.end()
  })
}
