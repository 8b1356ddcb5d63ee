import { connect } from 'node:net'
import { EventEmitter, once } from 'node:events'
import type { FastifyInstance } from 'fastify'
import { afterEach, describe, expect, it, test } from 'vitest'
import { exchange, portOf } from '../../test/support/raw-http.js'
import { silentLog } from '../runtime/telemetry.js'
import { createServer } from './server.js'

const open: FastifyInstance[] = []

afterEach(async () => {
  for (const app of open.splice(0)) await app.close()
})

async function serve(options: { headersTimeoutMs?: number; requestTimeoutMs?: number } = {}) {
  const app = createServer({ log: silentLog, ...options })
  app.post('/things', async () => ({ ok: true }))
  app.get('/things', async () => ({ ok: true }))
  open.push(app)
  return portOf(app)
}

/** Every answer that is no success has this form. */
function errorIn(answer: string): [status: string, error: string] {
  const [, status = '', head = '', body = ''] =
    /^HTTP\/1\.1 (\d{3}) [^\r]*\r\n(.*?)\r\n\r\n(.*)$/su.exec(answer) ?? []
  expect(head).toMatch(/^content-type: application\/json; charset=utf-8$/imu)
  expect(head).toMatch(/^x-request-id: [0-9a-f-]{36}$/imu)
  const { error } = JSON.parse(body) as { error: string }
  return [status, error]
}

const end = 'Host: x\r\nConnection: close\r\n\r\n'

describe('an answer before routing has the form of every error:', () => {
  it.each([
    ['an unknown expectation', `GET /things HTTP/1.1\r\nExpect: foo\r\n${end}`, '417', /Expect/u],
    ['bytes that are no request', 'HELLO\r\n\r\n', '400', /^Malformed request$/u],
    ['an unknown method', `FOO /things HTTP/1.1\r\n${end}`, '400', /^Malformed request$/u],
    ['a method without a route', `PROPFIND /things HTTP/1.1\r\n${end}`, '405', /use GET or POST/u],
    ['a tunnel', `CONNECT example.com:443 HTTP/1.1\r\n${end}`, '405', /CONNECT not allowed/u],
    ['no host', 'GET /things HTTP/1.1\r\nConnection: close\r\n\r\n', '400', /Host is missing/u],
    ['the other version of HTTP', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', '400', /^Malformed/u],
    [
      'headers that are too large',
      `GET /things HTTP/1.1\r\nX-Big: ${'x'.repeat(20_000)}\r\n${end}`,
      '431',
      /^Request headers are too large$/u,
    ],
    [
      'a body of two lengths',
      `POST /things HTTP/1.1\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n${end}`,
      '400',
      /^Malformed request$/u,
    ],
    ['a broken escape', `GET /things/%zz HTTP/1.1\r\n${end}`, '400', /URL is not valid/u],
    ['an unknown path', `GET /nowhere HTTP/1.1\r\n${end}`, '404', /^NOT_FOUND$/u],
  ])('%s', async (_what, bytes, status, error) => {
    const answered = errorIn(await exchange(await serve(), bytes))
    expect(answered).toEqual([status, expect.stringMatching(error)])
  })
})

test('a request to change the protocol is answered as an ordinary one', async () => {
  const port = await serve()
  const upgrade = 'Connection: Upgrade, close\r\nUpgrade: websocket\r\nHost: x\r\n\r\n'
  expect(await exchange(port, `GET /things HTTP/1.1\r\n${upgrade}`)).toMatch(/^HTTP\/1.1 200 /u)
})

test('a body is asked for where the client waits for that', async () => {
  const port = await serve()
  const head = 'Content-Type: application/json\r\nContent-Length: 2\r\nExpect: 100-continue\r\n'
  const answer = await exchange(port, `POST /things HTTP/1.1\r\n${head}${end}{}`)
  expect(answer).toMatch(/^HTTP\/1.1 100 Continue\r\n\r\nHTTP\/1.1 200 /u)
})

test('a head that is not finished in its time is answered 408, and its connection closed', async () => {
  const port = await serve({ headersTimeoutMs: 50, requestTimeoutMs: 100 })
  for (const bytes of [
    '',
    'GET /things HTTP/1.1\r\nHost: x\r\nX-Slow: ',
    'POST /things HTTP/1.1\r\n',
  ])
    expect(errorIn(await untilClosed(port, bytes))).toEqual(['408', expect.any(String)])
})

test('a body that is not finished in its time ends its connection', async () => {
  const port = await serve({ headersTimeoutMs: 50, requestTimeoutMs: 100 })
  const head = 'POST /things HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n'
  const answer = await untilClosed(port, `${head}Content-Length: 10\r\n\r\n{`)
  expect(errorIn(answer)).toEqual(['408', expect.any(String)])
})

/** What is answered to a client that sends this and then nothing, until it is hung up on. */
async function untilClosed(port: number, bytes: string): Promise<string> {
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true })
  if (bytes !== '') socket.write(bytes)
  let answer = ''
  for await (const chunk of socket) answer += String(chunk)
  socket.destroy()
  return answer
}

test('a call that comes while the gateway ends is answered in the form of every error', async () => {
  const app = createServer({ log: silentLog })
  const steps = new EventEmitter()
  app.get('/slow', async () => {
    const goOn = once(steps, 'go-on')
    steps.emit('begun')
    await goOn
    return { ok: true }
  })
  app.addHook('preClose', async () => void steps.emit('closing'))
  const port = await portOf(app)
  const socket = connect(port, '127.0.0.1')
  const begun = once(steps, 'begun')
  socket.write('GET /slow HTTP/1.1\r\nHost: x\r\n\r\n')
  await begun
  const closing = once(steps, 'closing')
  const closed = app.close()
  await closing
  // On the same connection, behind the call that is still at work.
  socket.end(`GET /slow HTTP/1.1\r\n${end}`)
  const answers = socket.toArray()
  await once(app.server, 'request')
  steps.emit('go-on')
  const [, second = ''] = Buffer.concat(await answers)
    .toString()
    .split(/(?=HTTP\/1\.1 5)/u)
  expect(errorIn(second)).toEqual(['503', expect.stringContaining('shutting down')])
  expect(second).toMatch(/^retry-after: \d+$/imu)
  await closed
})
