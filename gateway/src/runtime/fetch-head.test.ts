import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { createGuardedFetch } from './guarded-fetch.js'

const fetch = createGuardedFetch({ allowedNetworks: ['127.0.0.0/8'] })

interface RawServer {
  readonly url: string
  /** How many connections were made. */
  readonly connections: () => number
  /** Resolves when every connection that was made until now has ended. */
  readonly allEnded: () => Promise<void>
}

/** Answers each request with these bytes; `end` hangs up after them. */
async function serve(answer: (socket: Socket) => void): Promise<RawServer> {
  const ends: Promise<unknown>[] = []
  const server = createServer((socket) => {
    socket.on('error', () => undefined)
    ends.push(new Promise((resolve) => socket.once('close', resolve)))
    socket.on('data', (chunk) => {
      if (chunk.includes('\r\n\r\n')) answer(socket)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    connections: () => ends.length,
    allEnded: async () => void (await Promise.all(ends)),
  }
}

function post(url: string) {
  return fetch(url, {
    method: 'POST',
    body: '{}',
    maxRedirects: 0,
    maxResponseBytes: 16_384,
    timeoutMs: 5_000,
    ignoresBody: true,
  })
}

const head = (status: number, ...headers: string[]) =>
  [`HTTP/1.1 ${status} X`, ...headers, '', ''].join('\r\n')

test.each<readonly [string, number, string]>([
  [
    'an encoding that it does not have',
    200,
    `${head(200, 'content-encoding: gzip', 'content-length: 2')}ok`,
  ],
  ['an unknown encoding', 200, `${head(200, 'content-encoding: x', 'content-length: 2')}ok`],
  ['no length and no end', 200, `${head(200)}ok`],
  ['chunks that are none', 200, `${head(200, 'transfer-encoding: chunked')}zz\r\nok\r\n`],
  ['a body where none may be', 204, `${head(204)}surprise`],
  ['20 kB of headers', 200, head(200, `x-long: ${'x'.repeat(20_000)}`, 'content-length: 0')],
  ['a length that it does not keep', 410, `${head(410, 'content-length: 99')}gone`],
])('an answer with %s counts by its status line', async (_what, status, bytes) => {
  const { url } = await serve((socket) => socket.write(bytes))
  // The second one, too: what is left of the first must not stand before it.
  for (const _ of [1, 2]) expect((await post(url)).status).toBe(status)
})

test('an answer that is cut off after its head counts by its status line', async () => {
  const { url, allEnded } = await serve((socket) => {
    socket.end(`${head(200, 'content-length: 99', 'content-encoding: br')}o`)
  })
  expect((await post(url)).status).toBe(200)
  await allEnded()
})

test('a body without end costs its connection and is not waited for', async () => {
  const { url, allEnded } = await serve((socket) => {
    socket.write(head(200))
    const more = (): void => {
      while (socket.writable && socket.write('x'.repeat(65_536)));
    }
    socket.on('drain', more)
    more()
  })
  expect((await post(url)).status).toBe(200)
  await allEnded()
})

test('a body that never comes costs its connection and is not waited for', async () => {
  const { url, allEnded } = await serve((socket) => socket.write(head(200, 'content-length: 9')))
  expect((await post(url)).status).toBe(200)
  await allEnded()
})

test('a short body keeps the connection for the next callback', async () => {
  const { url, connections } = await serve((socket) =>
    socket.write(`${head(200, 'content-length: 2', 'content-encoding: gzip')}ok`),
  )
  for (let n = 0; n < 5; n += 1) expect((await post(url)).status).toBe(200)
  // The next one may begin before the body of the first was dropped.
  expect(connections()).toBeLessThanOrEqual(2)
})

test.each([
  ['no HTTP', 'SSH-2.0-OpenSSH\r\n'],
  ['half a head', 'HTTP/1.1 200 OK\r\nx-half'],
  ['headers without end', head(200, `x-long: ${'x'.repeat(100_000)}`)],
])('an answer that is %s is none', async (_what, bytes) => {
  const { url, allEnded } = await serve((socket) => socket.end(bytes))
  await expect(post(url)).rejects.toThrow(/./u)
  await allEnded()
})

test('headers that come twice are one value', async () => {
  const { url } = await serve((socket) =>
    socket.write(head(429, 'retry-after: 600', 'x: 1', 'x: 2', 'content-length: 0')),
  )
  expect((await post(url)).headers).toMatchObject({ 'retry-after': '600', x: '1, 2' })
})
