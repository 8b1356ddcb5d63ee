import { createServer, type RequestListener, type Server } from 'node:http'
import { gzipSync } from 'node:zlib'
import * as net from 'node:net'
import * as fc from 'fast-check'
import type { buildConnector } from 'undici'
import { afterEach, describe, expect, it } from 'vitest'
import { ForbiddenUrlError } from '../domain/errors.js'
import { createGuardedFetch, guardConnector } from './guarded-fetch.js'

const limits = { maxRedirects: 3, maxResponseBytes: 1_000, timeoutMs: 5_000 }
const servers: Server[] = []

afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    await new Promise((done) => server.close(done))
  }
})

async function serve(host: string, listener: RequestListener): Promise<number> {
  const server = createServer(listener)
  servers.push(server)
  await new Promise<void>((done) => server.listen(0, host, done))
  const address = server.address()
  return typeof address === 'object' && address !== null ? address.port : 0
}

/** A server that must not be reached, on every address of this machine. */
async function serveCanary(): Promise<{ port: number; hits: () => number }> {
  let hits = 0
  const port = await serve('::', (_, response) => {
    hits += 1
    // Each request asks the resolver again.
    response.setHeader('connection', 'close').end('leaked')
  })
  return { port, hits: () => hits }
}

/** Ways to write an address of this machine. */
const localForms = [
  '127.0.0.1',
  '127.1',
  '0x7f.1',
  '0x7f000001',
  '017700000001',
  '2130706433',
  '127.0.0.1.',
  // Percent-encoded, the second in digits of full width.
  '%31%32%37.0.0.1',
  '%EF%BC%91%EF%BC%92%EF%BC%97.0.0.1',
  '127.000.000.001',
  '0',
  '0.0.0.0',
  'localhost',
  'LOCALHOST.',
  'a.localhost',
  '[::1]',
  '[0:0:0:0:0:0:0:1]',
  '[::]',
  '[::ffff:127.0.0.1]',
  '[::ffff:7f00:1]',
  '[::127.0.0.1]',
  '[64:ff9b::7f00:1]',
  '[64:ff9b:1::7f00:1]',
  '[2002:7f00:1::]',
  '[::ffff:0:127.0.0.1]',
]

describe('createGuardedFetch', () => {
  it('reaches none of the forms of this machine, straight or by redirect', async () => {
    const canary = await serveCanary()
    const gate = await serve('127.0.0.2', (request, response) => {
      response.writeHead(302, { location: decodeURIComponent(request.url!.slice(1)) }).end()
    })
    const fetch = createGuardedFetch({ allowedNetworks: ['127.0.0.2/32'] })
    for (const form of localForms) {
      const url = `http://${form}:${canary.port}/`
      const hop = `http://127.0.0.2:${gate}/${encodeURIComponent(url)}`
      const twoHops = `http://127.0.0.2:${gate}/${encodeURIComponent(hop)}`
      for (const start of [url, hop, twoHops]) {
        await expect(fetch(start, limits)).rejects.toThrow(ForbiddenUrlError)
      }
    }
    expect(canary.hits()).toBe(0)
  })

  it('reaches the same server once its network is allowed', async () => {
    const canary = await serveCanary()
    const fetch = createGuardedFetch({ allowedNetworks: ['127.0.0.0/8', '::1/128'] })
    for (const form of ['127.0.0.1', '0x7f.1', 'localhost', '[::1]', '[::ffff:127.0.0.1]']) {
      const response = await fetch(`http://${form}:${canary.port}/`, limits)
      expect(response.body.toString()).toBe('leaked')
    }
    expect(canary.hits()).toBe(5)
  })

  it('follows no name to a forbidden address, whatever the resolver says and however often it changes its mind', async () => {
    const canary = await serveCanary()
    const own = await serve('127.0.0.2', (_, response) => response.end('fine'))
    const forbidden = ['127.0.0.1', '127.0.0.3', '::1', '0.0.0.0', '::ffff:127.0.0.1', '::']
    const answer = fc.subarray([...forbidden, '127.0.0.2'])
    await fc.assert(
      fc.asyncProperty(fc.array(answer, { minLength: 1, maxLength: 4 }), async (answers) => {
        let asked = 0
        const fetch = createGuardedFetch({
          allowedNetworks: ['127.0.0.2/32'],
          lookup: async () =>
            answers[asked++ % answers.length]!.map((address) => ({
              address,
              family: net.isIP(address),
            })),
        })
        const outcomes: string[] = []
        for (const _ of answers) {
          const trial = fetch(`http://rebind.test:${canary.port}/`, limits)
          outcomes.push(
            await trial.then(
              (response) => response.body.toString(),
              (error: Error) => error.name,
            ),
          )
        }
        // The server listens on 127.0.0.2 too: what is answered shows that the pipe is alive.
        expect(outcomes).toEqual(
          answers.map((given) => (given.includes('127.0.0.2') ? 'leaked' : 'ForbiddenUrlError')),
        )
      }),
      { numRuns: 60 },
    )
    const before = canary.hits()
    const fetch = createGuardedFetch({
      allowedNetworks: ['127.0.0.2/32'],
      lookup: async () => [{ address: '127.0.0.1', family: 4 }],
    })
    await expect(fetch(`http://rebind.test:${own}/`, limits)).rejects.toThrow(ForbiddenUrlError)
    expect(canary.hits()).toBe(before)
  })

  it('closes a socket that came out at a forbidden address although nothing before it objected', async () => {
    const canary = await serveCanary()
    const astray: buildConnector.connector = (_, callback) => {
      const socket = net.connect(canary.port, '127.0.0.1', () => callback(null, socket))
    }
    const connect = guardConnector(astray, (address) => address === '93.184.216.34')
    const options = { hostname: '93.184.216.34', protocol: 'http:', port: '80' }
    const error = await new Promise((done) => connect(options, (...answer) => done(answer[0])))
    expect(error).toBeInstanceOf(ForbiddenUrlError)
    expect(canary.hits()).toBe(0)
  })

  it.each(['ftp://example.com/', 'file:///etc/passwd', 'http://a:b@example.com/', 'nonsense', ''])(
    'refuses %j before anything is looked up',
    async (url) => {
      const fetch = createGuardedFetch({
        allowedNetworks: [],
        lookup: () => Promise.reject(new Error('was asked')),
      })
      await expect(fetch(url, limits)).rejects.toThrow(ForbiddenUrlError)
    },
  )

  const local = createGuardedFetch({ allowedNetworks: ['127.0.0.0/8'] })

  it('returns a redirect as it is when none may be followed, and the one too many', async () => {
    const port = await serve('127.0.0.1', (request, response) => {
      response.writeHead(302, { location: `${request.url}x` }).end()
    })
    const url = `http://127.0.0.1:${port}/`
    const none = await local(url, { ...limits, maxRedirects: 0 })
    expect([none.status, none.headers['location']]).toEqual([302, '/x'])
    const three = await local(url, limits)
    expect([three.status, three.headers['location']]).toEqual([302, '/xxxx'])
    const post = await local(url, { ...limits, method: 'POST', body: '{}' })
    expect(post.headers['location']).toBe('/x')
  })

  it('sends method, headers and body, and keeps the headers from another host', async () => {
    const seen: unknown[] = []
    const other = await serve('127.0.0.1', (request, response) => {
      seen.push(request.headers['z-api-token'])
      response.end()
    })
    const port = await serve('127.0.0.1', (request, response) => {
      let body = ''
      request.on('data', (chunk) => (body += chunk))
      request.on('end', () => {
        seen.push([request.method, request.headers['z-api-token'], body])
        response.writeHead(302, { location: `http://127.0.0.1:${other}/` }).end()
      })
    })
    const headers = { 'z-api-token': 'secret' }
    const url = `http://127.0.0.1:${port}/`
    await local(url, { ...limits, method: 'POST', headers, body: '{"a":1}' })
    await local(url, { ...limits, headers })
    expect(seen).toEqual([['POST', 'secret', '{"a":1}'], ['GET', 'secret', ''], undefined])
  })

  it('stops reading an endless body and a gzip bomb at the cap', async () => {
    const bomb = gzipSync(Buffer.alloc(20_000_000))
    const port = await serve('127.0.0.1', (request, response) => {
      if (request.url === '/bomb') {
        response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb)
        return
      }
      const more = (): void => {
        while (response.write(Buffer.alloc(10_000)));
      }
      response.on('drain', more)
      more()
    })
    for (const path of ['bomb', 'endless']) {
      const response = await local(`http://127.0.0.1:${port}/${path}`, limits)
      expect([response.body.length, response.truncated]).toEqual([1_000, true])
    }
  })

  it('says that a body of exactly the cap is whole', async () => {
    const port = await serve('127.0.0.1', (_, response) => response.end(gzipSync('no')))
    const raw = gzipSync('no').length
    const url = `http://127.0.0.1:${port}/`
    const response = await local(url, { ...limits, maxResponseBytes: raw })
    expect([response.body.length, response.truncated]).toEqual([raw, false])
  })

  it('gives up after the whole time, however lively the server drips', async () => {
    const port = await serve('127.0.0.1', (_, response) => {
      response.write('a')
      const timer = setInterval(() => response.write('a'), 5)
      response.on('close', () => clearInterval(timer))
    })
    const trial = local(`http://127.0.0.1:${port}/`, { ...limits, timeoutMs: 100 })
    await expect(trial).rejects.toThrow('took too long')
  })

  it('stops when it is told to', async () => {
    const stop = new AbortController()
    const port = await serve('127.0.0.1', () => stop.abort(new Error('shutting down')))
    const trial = local(`http://127.0.0.1:${port}/`, { ...limits, signal: stop.signal })
    await expect(trial).rejects.toThrow('shutting down')
    const after = local(`http://127.0.0.1:${port}/`, { ...limits, signal: stop.signal })
    await expect(after).rejects.toThrow('shutting down')
  })
})
