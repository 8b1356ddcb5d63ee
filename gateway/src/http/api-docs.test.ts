import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import { afterEach, expect, test } from 'vitest'
import { silentLog } from '../runtime/telemetry.js'
import type { ApiDescription, OpenApiDocument } from './api-document.js'
import { operation } from './operation.js'
import { createServer } from './server.js'

const api: ApiDescription = {
  title: 'Things',
  version: '1.2.3',
  description: 'All of them.',
  tags: [{ name: 'thing', description: 'One.' }],
  securitySchemes: { clientToken: { type: 'apiKey', in: 'header', name: 'Key', description: 'A' } },
  keysOf: (url) => (url.startsWith('/things') ? ['clientToken'] : []),
  pathParameters: { thingId: 'Which.' },
  nameOf: (method, url) =>
    url === '/things/:thingId' ? `${method.toLowerCase()}Thing` : undefined,
  attributeTypes: { owner: { type: 'string' } },
}

const thing = operation({
  tag: 'thing',
  summary: 'Changes a thing.',
  description: 'Or not.',
  headers: { 'Idempotency-Key': 'A name.' },
  body: Type.Object(
    {
      size: Type.Integer({ description: 'How big.' }),
      owner: Type.Optional(Type.Unknown({ description: 'Whose.' })),
    },
    { examples: [{ size: 1 }] },
  ),
  answer: Type.Object({ size: Type.Integer() }, { examples: [{ size: 1 }] }),
  refusals: { 403: 'It is taken.', 409: 'It is busy.' },
})

const open: FastifyInstance[] = []
afterEach(async () => {
  for (const app of open.splice(0)) await app.close()
})

async function serve(described: ApiDescription | undefined): Promise<FastifyInstance> {
  const app = createServer({ log: silentLog, api: described })
  open.push(app)
  await app.register(async (dialect) => {
    dialect.put('/things/:thingId', { schema: thing }, async () => ({ size: 2, color: 'red' }))
  })
  return app
}

test('the page and everything that it loads come from this server', async () => {
  const app = await serve(api)
  const page = await app.inject('/docs')
  expect(page.statusCode).toBe(200)
  const sources = [...page.body.matchAll(/(?:src|href)="([^"]+)"/gu)].map(([, url = '']) => url)
  expect(sources.length).toBeGreaterThan(4)
  for (const source of sources) {
    expect(source).toMatch(/^\/docs\//u)
    const answer = await app.inject(source)
    expect([source, answer.statusCode]).toEqual([source, 200])
    expect(answer.headers['content-security-policy']).toBe(page.headers['content-security-policy'])
  }
})

test('what did not change is not sent again, and the page is found by its file, too', async () => {
  const app = await serve(api)
  const url = '/docs/static/swagger-ui.css'
  const { etag } = (await app.inject(url)).headers
  const again = await app.inject({ url, headers: { 'if-none-match': String(etag) } })
  expect([again.statusCode, again.body]).toEqual([304, ''])
  const { statusCode, headers } = await app.inject('/docs/static/index.html')
  expect([statusCode, headers.location, headers['content-type']]).toEqual([
    302,
    '/docs/',
    undefined,
  ])
})

test('its policy names no other host, and no program in the page', async () => {
  const page = await (await serve(api)).inject('/docs')
  const policy = String(page.headers['content-security-policy'])
  expect(policy).toContain("default-src 'none'")
  expect(policy).toContain("script-src 'self';")
  expect(policy).not.toMatch(/https?:|\*|unsafe-eval/u)
})

test('the document says of a route what it is checked with, its keys and its refusals', async () => {
  const document: OpenApiDocument = (await (await serve(api)).inject('/docs/json')).json()
  const { put } = document.paths['/things/{thingId}'] ?? {}
  expect(put).toMatchObject({
    operationId: 'putThing',
    summary: 'Changes a thing.',
    tags: ['thing'],
    security: [{ clientToken: [] }],
    requestBody: { content: { 'application/json': { example: { size: 1 } } } },
  })
  expect(put?.parameters?.map(({ in: at, name }) => `${at} ${name}`).toSorted()).toEqual([
    'header Idempotency-Key',
    'path thingId',
  ])
  const { responses } = put ?? {}
  expect(Object.keys(responses ?? {})).toEqual([
    '200',
    '400',
    '403',
    '404',
    '405',
    '409',
    '413',
    '415',
    '429',
    '503',
  ])
  expect(responses?.['403']).toMatchObject({ description: expect.stringMatching(/taken.*Or: /u) })
  expect(responses?.['415']).toEqual({ $ref: '#/components/responses/UnsupportedMediaType' })
})

test('an attribute that is read leniently is told with its type, and still read leniently', async () => {
  const app = await serve(api)
  const document: OpenApiDocument = (await app.inject('/docs/json')).json()
  const media = document.paths['/things/{thingId}']?.['put']?.requestBody?.content
  expect(media?.['application/json']?.schema).toMatchObject({
    properties: { owner: { type: 'string', description: 'Whose.' } },
  })
  const asked = { method: 'PUT', url: '/things/1', payload: { size: 1, owner: { name: 'me' } } }
  expect((await app.inject({ ...asked, method: 'PUT' })).statusCode).toBe(200)
})

test('what is told of an answer does not change it', async () => {
  const app = await serve(api)
  const answer = await app.inject({ method: 'PUT', url: '/things/1', payload: { size: 1 } })
  expect(answer.json()).toEqual({ size: 2, color: 'red' })
})

test('there is no page where it is not wanted', async () => {
  const app = await serve(undefined)
  for (const url of ['/docs', '/docs/', '/docs/json', '/docs/static/swagger-ui.css'])
    expect([url, (await app.inject(url)).statusCode]).toEqual([url, 404])
})

test('other methods get 405 there too', async () => {
  const answer = await (await serve(api)).inject({ method: 'POST', url: '/docs/json' })
  expect(answer.statusCode).toBe(405)
})
