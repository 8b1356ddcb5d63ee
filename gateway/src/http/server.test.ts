import { EventEmitter, once } from 'node:events'
import { request as httpRequest } from 'node:http'
import { connect } from 'node:net'
import type { FastifyInstance } from 'fastify'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { createLog, type Log, silentLog } from '../runtime/telemetry.js'
import { createServer, maxBodyBytes } from './server.js'

const open: FastifyInstance[] = []

afterEach(async () => {
  for (const app of open.splice(0)) await app.close()
})

function serve({ log = silentLog, isReady = async () => true } = {}): FastifyInstance {
  const app = createServer({ log, isReady })
  app.post('/things/:secret', (request, reply) => reply.send({ got: request.body ?? 'nothing' }))
  app.get('/things/:secret', (_request, reply) => reply.send({ ok: true }))
  app.get('/broken/:secret', () => {
    throw new Error('the secret detail')
  })
  open.push(app)
  return app
}

async function portOf(app: FastifyInstance): Promise<number> {
  return Number(new URL(await app.listen({ port: 0, host: '127.0.0.1' })).port)
}

/** What the server answers to these bytes, until it hangs up. */
async function exchange(port: number, bytes: string): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  socket.end(bytes)
  let answer = ''
  for await (const chunk of socket) answer += String(chunk)
  return answer
}

describe('the door', () => {
  it('answers 404 in JSON to a path that nobody knows, whatever its body is', async () => {
    const answer = await serve().inject({
      method: 'POST',
      url: '/nowhere',
      headers: { 'content-type': 'text/plain' },
      payload: 'not JSON',
    })
    expect(answer.statusCode).toBe(404)
    expect(answer.json()).toEqual({
      error: 'NOT_FOUND',
      message: 'Unable to find matching target resource method',
    })
  })

  it('answers 405 with the methods that a known path does have', async () => {
    const answer = await serve().inject({ method: 'PUT', url: '/things/7?x=1' })
    expect(answer.statusCode).toBe(405)
    expect(answer.headers['allow']).toBe('GET, POST, OPTIONS')
    expect(answer.json()).toEqual({ error: 'Method PUT not allowed' })
  })

  it('does not run a GET for a HEAD', async () => {
    const answer = await serve().inject({ method: 'HEAD', url: '/things/7' })
    expect(answer.statusCode).toBe(405)
  })

  it('tells the methods to OPTIONS', async () => {
    const answer = await serve().inject({ method: 'OPTIONS', url: '/things/7' })
    expect(answer.statusCode).toBe(204)
    expect(answer.headers['allow']).toBe('GET, POST, OPTIONS')
  })

  it.each([
    ['text/plain', 'hello', {}],
    ['application/x-www-form-urlencoded', 'a=1', {}],
    ['application/json', '{}', { 'content-encoding': 'gzip' }],
  ])('answers 415 to a body as %s', async (type, payload, headers) => {
    const answer = await serve().inject({
      method: 'POST',
      url: '/things/7',
      headers: { 'content-type': type, ...headers },
      payload,
    })
    expect(answer.statusCode).toBe(415)
    expect(answer.json().error).toMatch(/Unsupported Content-/u)
  })

  it('answers 415 to a body without a content type', async () => {
    const app = serve()
    const answer = await exchange(
      await portOf(app),
      'POST /things/7 HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}',
    )
    expect(answer).toMatch(/^HTTP\/1.1 415 .*"error":"Unsupported Content-Type/su)
  })

  it('takes JSON with parameters behind its content type', async () => {
    const answer = await serve().inject({
      method: 'POST',
      url: '/things/7',
      headers: { 'content-type': 'application/json; charset=utf-8' },
      payload: '{"a":1}',
    })
    expect(answer.json()).toEqual({ got: { a: 1 } })
  })

  it.each(['{"a":', '', '{"__proto__":{"admin":true}}'])(
    'answers 400 in JSON to the body %s',
    async (payload) => {
      const answer = await serve().inject({
        method: 'POST',
        url: '/things/7',
        headers: { 'content-type': 'application/json' },
        payload,
      })
      expect(answer.statusCode).toBe(400)
      expect(answer.json().error).toEqual(expect.any(String))
    },
  )

  it('answers 413 to a body over the limit, and the client that is still sending hears it', async () => {
    const port = await portOf(serve())
    const body = JSON.stringify({ a: 'x'.repeat(maxBodyBytes * 2) })
    const answer = await fetch(`http://127.0.0.1:${port}/things/7`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    })
    expect(answer.status).toBe(413)
    expect(await answer.json()).toEqual({ error: 'Request body is too large: at most 8 MiB' })
  })

  it('counts a body whose length is not announced', async () => {
    const port = await portOf(serve())
    const status = await new Promise((resolve, reject) => {
      const call = httpRequest(
        {
          port,
          path: '/things/7',
          method: 'POST',
          headers: { 'content-type': 'application/json' },
        },
        (answer) => resolve(answer.resume().statusCode),
      )
      call.on('error', reject)
      call.write(`{"a":"${'x'.repeat(maxBodyBytes)}`)
      call.end('"}')
    })
    expect(status).toBe(413)
  })

  it('takes a body that fills the limit', async () => {
    const payload = `"${'x'.repeat(maxBodyBytes - 2)}"`
    const answer = await serve().inject({
      method: 'POST',
      url: '/things/7',
      headers: { 'content-type': 'application/json' },
      payload,
    })
    expect(answer.statusCode).toBe(200)
  })

  it('keeps the connection of a client whose body it refused', async () => {
    const port = await portOf(serve())
    const bad =
      'POST /things/7 HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 1\r\n\r\n{'
    const good = 'GET /things/7 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'
    const answer = await exchange(port, bad + good)
    expect(answer).toMatch(/^HTTP\/1.1 400 .*HTTP\/1.1 200 OK.*"ok":true/su)
  })

  it('answers in JSON to bytes that are no request', async () => {
    const answer = await exchange(await portOf(serve()), 'HELLO\r\n\r\n')
    expect(answer).toMatch(/^HTTP\/1.1 400 Bad Request.*\{"error":"Malformed request"\}$/su)
  })

  it('answers 431 in JSON to headers that are too large', async () => {
    const answer = await exchange(
      await portOf(serve()),
      `GET /things/7 HTTP/1.1\r\nHost: x\r\nX-Big: ${'x'.repeat(20_000)}\r\n\r\n`,
    )
    expect(answer).toMatch(/^HTTP\/1.1 431 .*\{"error":"Request headers are too large"\}$/su)
  })

  it('answers 400 in JSON to a broken escape and 414 to an endless part of the path', async () => {
    const app = serve()
    const broken = await app.inject({ method: 'GET', url: '/things/%zz' })
    expect([broken.statusCode, broken.json()]).toEqual([400, { error: 'The URL is not valid' }])
    const long = await app.inject({ method: 'GET', url: `/things/${'x'.repeat(501)}` })
    expect([long.statusCode, long.json()]).toEqual([
      414,
      { error: 'A part of the URL is too long' },
    ])
    const fits = await app.inject({ method: 'GET', url: `/things/${'x'.repeat(500)}` })
    expect(fits.statusCode).toBe(200)
  })
})

describe('closing', () => {
  it('lets a call finish that has begun', async () => {
    const app = createServer({ log: silentLog, isReady: async () => true })
    const steps = new EventEmitter()
    app.get('/slow', async () => {
      const goOn = once(steps, 'go-on')
      steps.emit('begun')
      await goOn
      return { done: true }
    })
    const port = await portOf(app)
    const begun = once(steps, 'begun')
    const answer = fetch(`http://127.0.0.1:${port}/slow`)
    await begun
    const closed = app.close()
    steps.emit('go-on')
    expect(await (await answer).json()).toEqual({ done: true })
    await closed
  })

  it('does not wait for a body that never comes', async () => {
    const app = createServer({ log: silentLog, isReady: async () => true, closeGraceMs: 1 })
    const socket = connect(await portOf(app), '127.0.0.1')
    socket.write('POST /nowhere HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n')
    await once(socket, 'data')
    await app.close()
    expect(app.server.listening).toBe(false)
    socket.destroy()
  })
})

describe('what it tells', () => {
  it('logs one line a request, with the pattern and without the URL', async () => {
    const lines: string[] = []
    const log = createLog('info', { write: (line) => lines.push(line) })
    const answer = await serve({ log }).inject({ method: 'GET', url: '/things/s3cret?also=s3cret' })
    expect(lines).toHaveLength(1)
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      event: 'http-request',
      route: '/things/:secret',
      method: 'GET',
      statusCode: 200,
      requestId: answer.headers['x-request-id'],
    })
    expect(lines.join('')).not.toContain('s3cret')
  })

  it('logs unknown paths without what was asked for', async () => {
    const lines: string[] = []
    const log = createLog('info', { write: (line) => lines.push(line) })
    await serve({ log }).inject({ method: 'GET', url: '/s3cret' })
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ route: 'unknown', statusCode: 404 })
    expect(lines.join('')).not.toContain('s3cret')
  })

  it('keeps the details of a bug for the log', async () => {
    const lines: string[] = []
    const log = createLog('error', { write: (line) => lines.push(line) })
    const answer = await serve({ log }).inject({ method: 'GET', url: '/broken/s3cret' })
    expect([answer.statusCode, answer.json()]).toEqual([500, { error: 'Internal error' }])
    expect(lines).toHaveLength(1)
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      event: 'http-bug',
      cause: { name: 'Error' },
    })
    expect(lines.join('')).not.toContain('secret detail')
  })

  it('says whether it lives and whether it is ready', async () => {
    const app = serve({ isReady: () => Promise.reject(new Error('database')) })
    expect((await app.inject({ url: '/health/live' })).json()).toEqual({ status: 'ok' })
    const ready = await app.inject({ url: '/health/ready' })
    expect([ready.statusCode, ready.json()]).toEqual([503, { error: 'Not ready' }])
    expect((await serve().inject({ url: '/health/ready' })).statusCode).toBe(200)
    expect((await serve().inject({ method: 'HEAD', url: '/health/live' })).statusCode).toBe(200)
  })
})

it('closes what connects when so many connections are open as may be, and says so in the log', async () => {
  const log = { ...silentLog, warn: vi.fn<Log['warn']>() }
  const app = createServer({ log, isReady: async () => true, maxConnections: 1 })
  open.push(app)
  const port = await portOf(app)
  const first = connect(port, '127.0.0.1')
  await once(first, 'connect')
  const second = connect(port, '127.0.0.1')
  await once(second, 'close')
  expect(log.warn).toHaveBeenCalledWith('connections-refused', { count: 1 })
  first.write('GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n')
  expect(String(await once(first, 'data'))).toContain('200 OK')
  first.destroy()
})
