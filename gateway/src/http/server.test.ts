import { EventEmitter, once } from 'node:events'
import { connect } from 'node:net'
import type { FastifyInstance } from 'fastify'
import { afterEach, describe, expect, it } from 'vitest'
import { createLog, silentLog } from '../runtime/telemetry.js'
import { createServer } from './server.js'

const open: FastifyInstance[] = []

afterEach(async () => {
  for (const app of open.splice(0)) await app.close()
})

function serve({ log = silentLog, checkReady = async () => {} } = {}): FastifyInstance {
  const app = createServer({ log, checkReady })
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

describe('the HTTP server', () => {
  it('answers 404 in JSON to an unknown path, whatever its body is', async () => {
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
    expect(answer.json()).toEqual({ error: 'Method PUT not allowed: use GET or POST' })
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

  it('keeps the connection of a client whose body it refused', async () => {
    const port = await portOf(serve())
    const bad =
      'POST /things/7 HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 1\r\n\r\n{'
    const good = 'GET /things/7 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'
    const answer = await exchange(port, bad + good)
    expect(answer).toMatch(/^HTTP\/1.1 400 .*HTTP\/1.1 200 OK.*"ok":true/su)
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
    const app = createServer({ log: silentLog })
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
    const app = createServer({ log: silentLog, closeGraceMs: 1 })
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
    const app = serve({ checkReady: () => Promise.reject(new Error('secret detail')) })
    expect((await app.inject({ url: '/health/live' })).json()).toEqual({ status: 'ok' })
    const ready = await app.inject({ url: '/health/ready' })
    expect([ready.statusCode, ready.json()]).toEqual([503, { error: 'Not ready' }])
    expect((await serve().inject({ url: '/health/ready' })).statusCode).toBe(200)
    expect((await serve().inject({ method: 'HEAD', url: '/health/live' })).statusCode).toBe(200)
  })
})
