import { request as httpRequest } from 'node:http'
import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import { afterEach, describe, expect, it } from 'vitest'
import { exchange, firstAnswer, portOf } from '../../test/support/raw-http.js'
import { silentLog } from '../runtime/telemetry.js'
import { bodyLimits } from './body-limits.js'
import { operation } from './operation.js'
import { createServer } from './server.js'

const open: FastifyInstance[] = []

afterEach(async () => {
  for (const app of open.splice(0)) await app.close()
})

const answer = Type.Object({}, { description: 'What came in.' })
const described = { tag: 'test', summary: 'Takes a body.', description: 'For tests.', answer }
const anything = Type.Object({}, { description: 'Anything.' })

const got = ({ body }: { body: unknown }) => ({ got: body ?? 'nothing' })

function serve(): FastifyInstance {
  const app = createServer({ log: silentLog })
  app.post('/small', { schema: operation({ ...described, body: anything }) }, got)
  app.post('/file', { schema: operation({ ...described, body: anything, takes: 'file' }) }, got)
  app.route({ method: ['POST', 'PUT', 'DELETE'], url: '/bodyless', handler: got })
  open.push(app)
  return app
}

const json = { 'content-type': 'application/json' }
const post = (url: string, payload: string | Buffer, headers: Record<string, string> = json) =>
  serve().inject({ method: 'POST', url, headers, payload })

/** The answer to headers alone: the body is announced and never sent. */
function answerToHeaders(port: number, path: string, bytes: number): Promise<string> {
  return firstAnswer(
    port,
    `POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: ${bytes}\r\n\r\n`,
  )
}

/** The status that a body gets whose length is not announced. */
function statusOfChunked(port: number, path: string, body: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const options = { port, path, method: 'POST', headers: json }
    const call = httpRequest(options, (reply) => resolve(reply.resume().statusCode))
    call.on('error', reject)
    call.write(body.slice(0, body.length / 2))
    call.end(body.slice(body.length / 2))
  })
}

describe('the limit of a body', () => {
  it('is 16 KiB on a route that takes no file, and is decided by the headers', async () => {
    const port = await portOf(serve())
    const { maxBytes } = bodyLimits.small
    expect(await answerToHeaders(port, '/small', maxBytes + 1)).toMatch(
      /^HTTP\/1.1 413 .*\{"error":"Request body is too large: at most 16 KiB for this call"\}$/su,
    )
    const fits = JSON.stringify({ a: 'x'.repeat(maxBytes - 8) })
    expect(fits).toHaveLength(maxBytes)
    expect((await post('/small', fits)).statusCode).toBe(200)
    expect(await statusOfChunked(port, '/small', fits)).toBe(200)
  })

  it('is 8 MiB on a route that takes a file', async () => {
    const port = await portOf(serve())
    const { maxBytes } = bodyLimits.file
    expect(await answerToHeaders(port, '/file', maxBytes + 1)).toMatch(/^HTTP\/1.1 413 .*8 MiB/su)
    const fits = JSON.stringify({ image: 'A'.repeat(maxBytes - 12) })
    expect(fits).toHaveLength(maxBytes)
    expect((await post('/file', fits)).json()).toEqual({ got: JSON.parse(fits) })
    expect(await statusOfChunked(port, '/file', fits)).toBe(200)
  })

  it.each(['/small', '/file'])('is counted at %s where no length is announced', async (path) => {
    const port = await portOf(serve())
    const { maxBytes } = path === '/small' ? bodyLimits.small : bodyLimits.file
    expect(await statusOfChunked(port, path, `{"a":"${'A'.repeat(maxBytes)}"}`)).toBe(413)
  })

  it('is heard by a client that is still sending', async () => {
    const port = await portOf(serve())
    const body = JSON.stringify({ a: 'x'.repeat(16 * 1024 * 1024) })
    const refused = await fetch(`http://127.0.0.1:${port}/file`, {
      method: 'POST',
      headers: json,
      body,
    })
    expect(refused.status).toBe(413)
  })
})

describe('an empty body', () => {
  const types = ['application/json', 'application/x-www-form-urlencoded', 'text/plain', 'nonsense']

  it.each(types)('as %s is none for calls that need no body', async (type) => {
    const app = serve()
    const headers = { 'content-type': type, 'content-length': '0' }
    for (const method of ['POST', 'PUT', 'DELETE'] as const) {
      const reply = await app.inject({ method, url: '/bodyless', headers })
      expect([reply.statusCode, reply.json()]).toEqual([200, { got: 'nothing' }])
    }
  })

  it.each(types.slice(0, 3))('as %s in chunks is none, too', async (type) => {
    const reply = await exchange(
      await portOf(serve()),
      `DELETE /bodyless HTTP/1.1\r\nHost: x\r\nContent-Type: ${type}\r\nConnection: close\r\n` +
        'Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    )
    expect(reply).toMatch(/^HTTP\/1.1 200 .*"nothing"/su)
  })

  it('is refused with the cure by calls that need one', async () => {
    const reply = await post('/small', '')
    expect([reply.statusCode, reply.json()]).toEqual([
      400,
      { error: 'Request body is empty: send a JSON object' },
    ])
  })
})

describe('a body', () => {
  it.each([
    ['text/plain', 'hello', {}],
    ['application/x-www-form-urlencoded', 'a=1', {}],
    ['application/json-seq', '{}', {}],
    ['application/json', '{}', { 'content-encoding': 'gzip' }],
    ['application/json; charset=utf-16', '{}', {}],
  ])('is refused with 415 as %s', async (type, payload, headers) => {
    const reply = await post('/small', payload, { 'content-type': type, ...headers })
    expect(reply.statusCode).toBe(415)
    expect(reply.json().error).toMatch(/^Unsupported /u)
  })

  it('is refused with 415 without a content type', async () => {
    const reply = await exchange(
      await portOf(serve()),
      'POST /small HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}',
    )
    expect(reply).toMatch(/^HTTP\/1.1 415 .*"error":"Unsupported Content-Type/su)
  })

  it.each([
    'application/json;charset=utf-8',
    'Application/JSON; charset="UTF-8"',
    'application/json, application/json',
  ])('is taken as %s', async (type) => {
    const reply = await post('/small', '{"a":"é"}', { 'content-type': type })
    expect(reply.json()).toEqual({ got: { a: 'é' } })
  })

  it.each(['{"a":', '[', '{"__proto__":{"admin":true}}', 'null', '7'])(
    'is refused with 400 when it is %s',
    async (payload) => {
      const reply = await post('/small', payload)
      expect(reply.statusCode).toBe(400)
      expect(reply.json().error).toEqual(expect.any(String))
    },
  )

  it('in Latin-1 is decoded where its charset says so, and refused where it does not', async () => {
    const payload = Buffer.from('{"code":"ação"}', 'latin1')
    const said = await post('/small', payload, {
      'content-type': 'application/json; charset=iso-8859-1',
    })
    expect(said.json()).toEqual({ got: { code: 'ação' } })
    const unsaid = await post('/small', payload)
    expect(unsaid.statusCode).toBe(400)
    expect(unsaid.json().error).toContain('UTF-8')
  })
})
