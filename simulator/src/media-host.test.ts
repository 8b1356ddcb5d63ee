import { X509Certificate } from 'node:crypto'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { Agent, request } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  DEFAULT_CONNECTION_CONFIG,
  getWAUploadToServer,
  prepareWAMessageMedia,
  type SocketConfig,
} from 'baileys'
import { afterEach, describe, expect, test } from 'vitest'
import type { FileSource } from './draw/file.js'
import type { MediaFaults } from './fault-schema.js'
import { type MediaHostOptions, openMediaHost } from './media-host.js'

type Host = Awaited<ReturnType<typeof openMediaHost>>

const open: Host[] = []

async function hostWith(options: MediaHostOptions = {}): Promise<Host> {
  const host = await openMediaHost(options)
  open.push(host)
  return host
}

afterEach(async () => {
  for (const host of open.splice(0)) await host[Symbol.asyncDispose]()
})

/** What a client does: encrypts with Baileys and uploads with Baileys. */
async function upload(host: Host, picture: Buffer, ca = host.caCertificate): Promise<FileSource> {
  const agent = new Agent({ ca })
  const config = { ...DEFAULT_CONNECTION_CONFIG, fetchAgent: agent, logger: quiet }
  const connection = {
    auth: 'any',
    ttl: 60,
    hosts: [{ hostname: host.host, maxContentLengthBytes: 1 << 24 }],
    fetchDate: new Date(),
  }
  const send = getWAUploadToServer(config, async () => connection)
  const content = { image: picture, jpegThumbnail: '', width: 1, height: 1 }
  const { imageMessage } = await prepareWAMessageMedia(content, { upload: send, logger: quiet })
  agent.destroy()
  if (!imageMessage) throw new Error('Baileys made no image message')
  return { ...imageMessage, type: 'image' }
}

const quiet: SocketConfig['logger'] = {
  level: 'silent',
  child: () => quiet,
  trace() {},
  debug() {},
  info() {},
  warn() {},
  error() {},
}

describe('an image', () => {
  test('comes back as it was, uploaded by Baileys and fetched by a phone', async () => {
    const host = await hostWith()
    const picture = Buffer.from('a picture of a cat')
    const image = await upload(host, picture)
    expect(image.url).toBe(`https://${host.host}${image.directPath}`)
    expect(Buffer.from(await host.fetchFile(image))).toEqual(picture)
  })

  test('is found by its url when the message has no direct path', async () => {
    const host = await hostWith()
    const picture = Buffer.from('a picture of a cat')
    const image = await upload(host, picture)
    expect(Buffer.from(await host.fetchFile({ ...image, directPath: null }))).toEqual(picture)
  })

  test.each<[string, Partial<FileSource>, string]>([
    ['another hash of the encrypted file', { fileEncSha256: Buffer.alloc(32) }, 'another hash'],
    ['another hash of the picture', { fileSha256: Buffer.alloc(32) }, 'another hash'],
    ['another key', { mediaKey: Buffer.alloc(32) }, 'broken seal'],
    ['another length', { fileLength: 5 }, 'another length'],
    ['no key', { mediaKey: null }, 'no media key'],
    ['a file that was never uploaded', { directPath: '/mms/image/abc' }, 'answered 404'],
    ['no file', { directPath: null, url: null }, 'names no file'],
  ])('is refused with %s', async (_, change, reason) => {
    const host = await hostWith()
    const image = await upload(host, Buffer.from('a picture of a cat'))
    await expect(host.fetchFile({ ...image, ...change })).rejects.toMatchObject({
      code: 'media-download',
      message: expect.stringContaining(reason),
    })
  })

  test('cannot be uploaded by a client that does not trust the authority', async () => {
    const host = await hostWith()
    const other = await hostWith()
    await expect(upload(host, Buffer.from('x'), other.caCertificate)).rejects.toThrow(
      'Media upload failed on all hosts',
    )
    expect(host.stored).toEqual({ files: 0, bytes: 0 })
  })
})

describe('a fault', () => {
  test('refuses uploads', async () => {
    const host = await hostWith({ faults: () => ({ upload: 'refuse' }) })
    await expect(upload(host, Buffer.from('x'))).rejects.toThrow('Media upload failed on all hosts')
  })

  test.each([
    ['missing', 'answered 404'],
    ['expired', 'answered 410'],
  ] as const)('makes a file %s', async (download, reason) => {
    let faults: MediaFaults = {}
    const host = await hostWith({ faults: () => faults })
    const image = await upload(host, Buffer.from('x'))
    faults = { download }
    await expect(host.fetchFile(image)).rejects.toThrow(reason)
    faults = {}
    expect(Buffer.from(await host.fetchFile(image)).toString()).toBe('x')
  })

  test('makes the host slow, and closing it does not wait', async () => {
    let faults: MediaFaults = {}
    const host = await hostWith({ faults: () => faults })
    const image = await upload(host, Buffer.from('x'))
    faults = { delayMs: 600_000 }
    await Promise.all([
      expect(host.fetchFile(image)).rejects.toThrow('did not answer'),
      host[Symbol.asyncDispose](),
    ])
  })
})

describe('the host', () => {
  test('keeps so many bytes and lets the oldest file go', async () => {
    const host = await hostWith({ maxStoredBytes: 100 })
    const first = await upload(host, Buffer.alloc(32, 1))
    const second = await upload(host, Buffer.alloc(32, 2))
    expect(host.stored.bytes).toBeLessThanOrEqual(100)
    await expect(host.fetchFile(first)).rejects.toThrow('answered 404')
    expect(await host.fetchFile(second)).toHaveLength(32)
  })

  test('refuses a file that is too long', async () => {
    const host = await hostWith({ maxFileBytes: 100 })
    await expect(upload(host, Buffer.alloc(200))).rejects.toThrow('Media upload failed')
  })

  test.each([
    ['no auth', '/mms/image/abc?token=abc', 401],
    ['a token for another file', '/mms/image/abc?auth=x&token=abd', 401],
    ['the hash of another file', '/mms/image/abc?auth=x&token=abc', 400],
  ])('refuses an upload with %s', async (_, path, status) => {
    const host = await hostWith()
    expect(await post(host, path)).toBe(status)
  })

  test('writes the PEM of an authority that vouches for 127.0.0.1', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'recado-media-'))
    const caFile = join(folder, 'ca.pem')
    const host = await hostWith({ caFile })
    expect(await readFile(caFile, 'utf8')).toBe(host.caCertificate)
    expect(new X509Certificate(host.caCertificate).ca).toBe(true)
    await rm(folder, { recursive: true })
  })
})

function post(host: Host, path: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const url = `https://${host.host}${path}`
    const headers = { 'content-type': 'application/octet-stream' }
    request(url, { method: 'POST', ca: host.caCertificate, agent: false, headers }, (response) => {
      response.resume()
      resolve(response.statusCode)
    })
      .on('error', reject)
      .end('some file')
  })
}
