import { createServer, type RequestListener, type Server } from 'node:http'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ImageSource } from '../domain/message.js'
import { createGuardedFetch } from '../runtime/guarded-fetch.js'
import { silentLog } from '../runtime/telemetry.js'
import { Media } from './media.js'

const media = new Media({
  fetch: createGuardedFetch({ allowedNetworks: ['127.0.0.1/32'] }),
  log: silentLog,
})
const signal = new AbortController().signal

/** Red on the left, blue on the right, transparent below. */
const picture = (width = 60, height = 40) =>
  sharp({
    create: { width, height, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } },
  }).composite([
    {
      input: { create: { width: width / 2, height: height / 2, channels: 4, background: 'red' } },
      gravity: 'northwest',
    },
    {
      input: { create: { width: width / 2, height: height / 2, channels: 4, background: 'blue' } },
      gravity: 'northeast',
    },
  ])

const base64 = (bytes: Buffer): ImageSource => ({
  kind: 'base64',
  base64: bytes.toString('base64'),
})

/** The colour at a point, as a word, within what JPEG changes. */
async function colourAt(jpeg: Uint8Array, left: number, top: number): Promise<string> {
  const { data } = await sharp(jpeg)
    .extract({ left, top, width: 1, height: 1 })
    .raw()
    .toBuffer({ resolveWithObject: true })
  const bits = [...data].map((value) => (value > 128 ? 1 : 0)).join('')
  return { '100': 'red', '001': 'blue', '111': 'white', '000': 'black' }[bits] ?? bits
}

describe('a profile picture', () => {
  it.each([
    ['wide', 90, 30],
    ['high', 30, 90],
    ['large', 1200, 1000],
  ])('is the middle of a %s image, as a square JPEG', async (_what, width, height) => {
    const source = base64(await picture(width, height).png().toBuffer())
    const jpeg = await media.prepareProfilePicture(source, signal)
    expect(await sharp(jpeg).metadata()).toMatchObject({ format: 'jpeg', width: 640, height: 640 })
    expect(await colourAt(jpeg, 200, 100)).toBe('red')
    expect(await colourAt(jpeg, 440, 100)).toBe('blue')
    expect(await colourAt(jpeg, 320, 600)).toBe('white')
  })

  it('is not made of what is no image', async () => {
    const source = base64(Buffer.from('hello'))
    await expect(media.prepareProfilePicture(source, signal)).rejects.toThrow('known image format')
  })
})

describe('Media', () => {
  it.each(['jpeg', 'png', 'webp', 'gif', 'avif', 'tiff'] as const)(
    'makes JPEG of %s',
    async (format) => {
      const image = await media.prepareImage(
        base64(await picture().toFormat(format).toBuffer()),
        signal,
      )
      expect(image).toMatchObject({ width: 60, height: 40 })
      expect(await sharp(image.jpeg).metadata()).toMatchObject({
        format: 'jpeg',
        width: 60,
        height: 40,
      })
      expect(await colourAt(image.jpeg, 5, 5)).toBe('red')
      expect(await colourAt(image.jpeg, 55, 5)).toBe('blue')
    },
  )

  it('puts white under what is transparent', async () => {
    const image = await media.prepareImage(base64(await picture().png().toBuffer()), signal)
    expect(await colourAt(image.jpeg, 30, 35)).toBe('white')
  })

  it('turns a photo the way it was held, and tells nothing about its maker', async () => {
    const tagged = picture()
      .flatten({ background: 'white' })
      .jpeg()
      .withExif({ IFD0: { Copyright: 'Somebody' } })
      .withMetadata({ orientation: 6 })
    const image = await media.prepareImage(base64(await tagged.toBuffer()), signal)
    expect(image).toMatchObject({ width: 40, height: 60 })
    expect(await colourAt(image.jpeg, 35, 5)).toBe('red')
    expect(await colourAt(image.jpeg, 35, 55)).toBe('blue')
    const { exif, orientation } = await sharp(image.jpeg).metadata()
    expect([exif, orientation]).toEqual([undefined, undefined])
  })

  it('makes a thumbnail of at most 100 pixels, whatever the shape', async () => {
    for (const [width, height, expected] of [
      [3_000, 1_500, [100, 50]],
      [200, 1_000, [20, 100]],
      [60, 40, [60, 40]],
      [5_000, 2, [100, 1]],
    ] as const) {
      const image = await media.prepareImage(
        base64(await picture(width, height).png().toBuffer()),
        signal,
      )
      const thumbnail = await sharp(image.thumbnail).metadata()
      expect([thumbnail.format, thumbnail.width, thumbnail.height]).toEqual(['jpeg', ...expected])
      expect(Math.max(image.width, image.height)).toBeLessThanOrEqual(2_048)
    }
  })

  it.each([
    ['text', Buffer.from('hello, I am no image at all'), 'not in a known image format'],
    ['a web page', Buffer.from('<!DOCTYPE html><html><body>Not found</body></html>'), 'web page'],
    ['an SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'Use JPEG'],
    ['a PDF', Buffer.from('%PDF-1.7\n%âãÏÓ\n1 0 obj'), 'application/pdf'],
    ['half a PNG header', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), 'damaged'],
  ])('refuses %s for good', async (_, bytes, words) => {
    const trial = media.prepareImage(base64(bytes), signal)
    await expect(trial).rejects.toMatchObject({ code: 'media-failed', retryable: false })
    await expect(trial).rejects.toThrow(words)
  })

  it('refuses an image that was cut off', async () => {
    const whole = await picture(600, 400).png({ compressionLevel: 0 }).toBuffer()
    const half = whole.subarray(0, whole.length / 2)
    await expect(media.prepareImage(base64(half), signal)).rejects.toThrow('damaged')
  })

  it('refuses few bytes that would become very many pixels', async () => {
    const bomb = await sharp({
      create: { width: 8_000, height: 8_000, channels: 3, background: 'white' },
    })
      .png({ compressionLevel: 9 })
      .toBuffer()
    expect(bomb.length).toBeLessThan(300_000)
    await expect(media.prepareImage(base64(bomb), signal)).rejects.toThrow('50 million pixels')
  })
})

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
    png = await picture().png().toBuffer()
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
    media.prepareImage({ kind: 'url', url: `${origin}${path}` }, stop)

  it.each(['/image.png', '/lies.txt', '/moved'])(
    'fetches %s, whatever its server calls it',
    async (path) => {
      expect(await prepare(path)).toMatchObject({ width: 60, height: 40 })
      expect(asked.at(-1)).toBe('image/*')
    },
  )

  it.each([
    ['/lies.png', 'web page', false],
    ['/round', 'more than 3 times', false],
    ['/inwards', 'not on the public internet', false],
    ['/gone', 'answered 404', false],
    ['/broken', 'answered 503', true],
    ['/busy', 'answered 429', true],
    ['/large', 'larger than 5 MB', false],
    ['/empty', 'empty', false],
    ['/cut', 'could not be reached', true],
  ])('explains %s and says whether later may be better', async (path, words, retryable) => {
    const trial = prepare(`${path}?token=secret`)
    await expect(trial).rejects.toMatchObject({ code: 'media-failed', retryable })
    await expect(trial).rejects.toThrow(words)
    await expect(trial).rejects.not.toThrow(/secret/)
  })

  it('hopes for a server that does not answer at all', async () => {
    const trial = media.prepareImage({ kind: 'url', url: 'http://127.0.0.1:1/a.png' }, signal)
    await expect(trial).rejects.toMatchObject({ retryable: true })
  })

  it('ends with the reason of its signal', async () => {
    const stop = new AbortController()
    answers['/hangs'] = () => stop.abort(new Error('shutting down'))
    await expect(prepare('/hangs', stop.signal)).rejects.toThrow('shutting down')
  })
})
