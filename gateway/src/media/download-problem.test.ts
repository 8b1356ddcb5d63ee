import { createServer, type RequestListener, type Server } from 'node:http'
import { type AddressInfo, createServer as createTcpServer } from 'node:net'
import { createServer as createSecureServer } from 'node:tls'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { selfSignedCertificate } from '../../test/support/certificate.js'
import type { FileSource } from '../domain/content/files.js'
import { createGuardedFetch } from '../runtime/guarded-fetch.js'
import { silentLog } from '../runtime/telemetry.js'
import { Media } from './media.js'
import { usualLimits } from './media-limits.js'

const loopbackFetch = createGuardedFetch({ allowedNetworks: ['127.0.0.1/32', '::1/128'] })
const limits = { ...usualLimits, image: 5_000_000 }
const media = new Media({ fetch: loopbackFetch, log: silentLog, limits })
const signal = new AbortController().signal
const asImage = (source: FileSource) => ({ role: 'image', use: 'image', source }) as const

describe('Media with a URL', () => {
  let server: Server
  let png: Buffer
  let origin: string
  const asked: string[] = []

  const answers: Record<string, RequestListener> = {
    '/image.png': (_, response) => response.end(png),
    '/lies.txt': (_, response) => response.setHeader('content-type', 'text/plain').end(png),
    '/lies.png': (_, response) =>
      response.setHeader('content-type', 'image/png').end('<html></html>'),
    '/moved': (_, response) => response.writeHead(302, { location: '/image.png' }).end(),
    '/round': (_, response) => response.writeHead(302, { location: '/round' }).end(),
    '/inwards': (_, response) => response.writeHead(302, { location: 'http://127.0.0.2/' }).end(),
    '/nowhere': (_, response) => response.writeHead(302).end(),
    '/no-url': (_, response) => response.writeHead(302, { location: 'http://[' }).end(),
    '/to-ftp': (_, response) => response.writeHead(302, { location: 'ftp://example.com/a' }).end(),
    '/far': (_, response) => response.writeHead(302, { location: '/far/1' }).end(),
    '/far/1': (_, response) => response.writeHead(302, { location: '/far/2' }).end(),
    '/far/2': (_, response) => response.writeHead(302, { location: '/far/3' }).end(),
    '/far/3': (_, response) => response.writeHead(302, { location: '/image.png' }).end(),
    '/login': (_, response) => response.writeHead(403).end(),
    '/not-gzip': (_, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(png),
    '/not-brotli': (_, response) => response.writeHead(200, { 'content-encoding': 'br' }).end(png),
    '/hangs-up': (_, response) => response.destroy(),
    '/gone': (_, response) => response.writeHead(404).end(),
    '/broken': (_, response) => response.writeHead(503).end(),
    '/busy': (_, response) => response.writeHead(429).end(),
    '/large': (_, response) => response.end(Buffer.alloc(5_000_001)),
    '/empty': (_, response) => response.end(),
    '/cut': (_, response) => {
      response.writeHead(200, { 'content-length': '100000' }).write(png)
      setImmediate(() => response.destroy())
    },
  }

  beforeAll(async () => {
    png = await sharp({ create: { width: 60, height: 40, channels: 3, background: 'red' } })
      .png()
      .toBuffer()
    server = createServer((request, response) => {
      asked.push(request.headers.accept ?? '')
      answers[request.url?.split('?')[0] ?? '']?.(request, response)
    })
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    const address = server.address()
    origin = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`
  })

  afterAll(async () => {
    server.closeAllConnections()
    await new Promise((done) => server.close(done))
  })

  const prepare = (path: string, stop = signal) =>
    media.prepare(asImage({ kind: 'url', url: `${origin}${path}` }), stop)

  it.each(['/image.png', '/lies.txt', '/moved'])(
    'fetches %s, whatever its server calls it',
    async (path) => {
      expect(await prepare(path)).toMatchObject({ width: 60, height: 40 })
      expect(asked.at(-1)).toBe('image/*')
    },
  )

  it.each([
    ['/lies.png', 'web page', false],
    ['/round', 'redirects in a circle', false],
    ['/far', 'redirects too often', false],
    ['/nowhere', 'redirects without saying where to', false],
    ['/no-url', 'redirects to what is no URL', false],
    ['/inwards', 'redirects to another one. The URL leads to an address that is not', false],
    ['/to-ftp', 'redirects to another one. A URL starts with https:// or http://', false],
    ['/gone', 'answered 404: there is nothing', false],
    ['/login', 'answered 403. The image has to be public', false],
    ['/not-gzip', 'not compressed as its server says in Content-Encoding (Z_DATA_ERROR)', false],
    ['/not-brotli', 'not compressed as its server says in Content-Encoding', false],
    ['/hangs-up', 'ended its answer too early', true],
    ['/broken', 'answered 503', true],
    ['/busy', 'answered 429', true],
    ['/large', 'larger than 5 MB', false],
    ['/empty', 'empty', false],
    ['/cut', 'ended its answer too early', true],
  ])('explains %s and says whether later may be better', async (path, words, retryable) => {
    const trial = prepare(`${path}?token=secret`)
    await expect(trial).rejects.toMatchObject({ code: 'media-failed', retryable })
    await expect(trial).rejects.toThrow(words)
    await expect(trial).rejects.not.toThrow(/secret/)
  })

  it('names a server that takes no connection, and hopes for it', async () => {
    const closed = createTcpServer()
    await new Promise<void>((done) => closed.listen(0, '127.0.0.1', done))
    const { port } = closed.address() as AddressInfo
    await new Promise((done) => closed.close(done))
    const url = `http://127.0.0.1:${port}/a.png`
    const trial = media.prepare(asImage({ kind: 'url', url }), signal)
    await expect(trial).rejects.toMatchObject({ retryable: true })
    await expect(trial).rejects.toThrow('does not take a connection (ECONNREFUSED)')
  })

  it('names a port that is not one for HTTP', async () => {
    const trial = media.prepare(asImage({ kind: 'url', url: 'http://127.0.0.1:25/a.png' }), signal)
    await expect(trial).rejects.toThrow("port in the image's URL is not one for HTTP")
  })

  it('names a host that does not exist', async () => {
    const url = 'http://whatsapp.invalid/a.png'
    await expect(media.prepare(asImage({ kind: 'url', url }), signal)).rejects.toThrow(
      /name of the image's server was not found \((?:ENOTFOUND|EAI_AGAIN)\)/u,
    )
  })

  it('names a server that takes too long', async () => {
    answers['/slow'] = () => undefined
    const hasty = new Media({
      log: silentLog,
      fetch: (url, options) => loopbackFetch(url, { ...options, timeoutMs: 50 }),
    })
    const trial = hasty.prepare(asImage({ kind: 'url', url: `${origin}/slow` }), signal)
    await expect(trial).rejects.toMatchObject({ retryable: true })
    await expect(trial).rejects.toThrow('took longer than 10 seconds')
  })

  it('names a certificate without a trusted issuer', async () => {
    const secure = createSecureServer(await selfSignedCertificate())
    secure.on('tlsClientError', () => undefined)
    await new Promise<void>((done) => secure.listen(0, '127.0.0.1', done))
    const { port } = secure.address() as AddressInfo
    const url = `https://localhost:${port}/a.png`
    const trial = media.prepare(asImage({ kind: 'url', url }), signal)
    await expect(trial).rejects.toMatchObject({ retryable: false })
    await expect(trial).rejects.toThrow(/certificate of the image's server was not accepted/u)
    secure.close()
  })

  it('names a server that does not speak HTTP', async () => {
    const ssh = createTcpServer((socket) => socket.end('SSH-2.0-OpenSSH_9\r\n'))
    await new Promise<void>((done) => ssh.listen(0, '127.0.0.1', done))
    const { port } = ssh.address() as AddressInfo
    const trial = media.prepare(asImage({ kind: 'url', url: `http://127.0.0.1:${port}/a` }), signal)
    await expect(trial).rejects.toThrow('does not speak HTTP')
    ssh.close()
  })

  it('ends with the reason of its signal', async () => {
    const stop = new AbortController()
    answers['/hangs'] = () => stop.abort(new Error('shutting down'))
    await expect(prepare('/hangs', stop.signal)).rejects.toThrow('shutting down')
  })
})

it('speaks of a document as one', async () => {
  const source = { kind: 'url', url: 'http://127.0.0.1:25/contrato.pdf' } as const
  const trial = media.prepare({ role: 'document', use: 'document', source }, signal)
  await expect(trial).rejects.toThrow(/^The port in the document's URL/u)
})
