import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { type FileSource, isLarge } from '../domain/content/files.js'
import { createGuardedFetch } from '../runtime/guarded-fetch.js'
import { silentLog } from '../runtime/telemetry.js'
import { Media } from './media.js'

const media = new Media({ fetch: createGuardedFetch({ allowedNetworks: [] }), log: silentLog })
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

const base64 = (bytes: Buffer): FileSource => ({
  kind: 'base64',
  base64: bytes.toString('base64'),
})

async function prepare(by: Media, source: FileSource, stop: AbortSignal) {
  const file = await by.prepare({ role: 'image', use: 'image', source }, stop)
  if (isLarge(file.bytes)) throw new TypeError('an image is in memory')
  return { ...file, bytes: file.bytes }
}

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
      const image = await prepare(
        media,
        base64(await picture().toFormat(format).toBuffer()),
        signal,
      )
      expect(image).toMatchObject({ width: 60, height: 40 })
      expect(await sharp(image.bytes).metadata()).toMatchObject({
        format: 'jpeg',
        width: 60,
        height: 40,
      })
      expect(await colourAt(image.bytes, 5, 5)).toBe('red')
      expect(await colourAt(image.bytes, 55, 5)).toBe('blue')
    },
  )

  it('puts white under what is transparent', async () => {
    const image = await prepare(media, base64(await picture().png().toBuffer()), signal)
    expect(await colourAt(image.bytes, 30, 35)).toBe('white')
  })

  it('turns a photo the way it was held, and tells nothing about its maker', async () => {
    const tagged = picture()
      .flatten({ background: 'white' })
      .jpeg()
      .withExif({ IFD0: { Copyright: 'A Photographer' } })
      .withMetadata({ orientation: 6 })
    const image = await prepare(media, base64(await tagged.toBuffer()), signal)
    expect(image).toMatchObject({ width: 40, height: 60 })
    expect(await colourAt(image.bytes, 35, 5)).toBe('red')
    expect(await colourAt(image.bytes, 35, 55)).toBe('blue')
    const { exif, orientation } = await sharp(image.bytes).metadata()
    expect([exif, orientation]).toEqual([undefined, undefined])
  })

  it('makes a thumbnail of at most 100 pixels, whatever the shape', async () => {
    for (const [width, height, expected] of [
      [3_000, 1_500, [100, 50]],
      [200, 1_000, [20, 100]],
      [60, 40, [60, 40]],
      [5_000, 2, [100, 1]],
    ] as const) {
      const image = await prepare(
        media,
        base64(await picture(width, height).png().toBuffer()),
        signal,
      )
      const thumbnail = await sharp(image.thumbnail).metadata()
      expect([thumbnail.format, thumbnail.width, thumbnail.height]).toEqual(['jpeg', ...expected])
      expect(Math.max(image.width ?? 0, image.height ?? 0)).toBeLessThanOrEqual(2_048)
    }
  })

  it.each([
    ['text', Buffer.from('hello, I am no image at all'), 'not in a known image format'],
    ['a web page', Buffer.from('<!DOCTYPE html><html><body>Not found</body></html>'), 'web page'],
    ['an SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'Use JPEG'],
    ['a PDF', Buffer.from('%PDF-1.7\n%âãÏÓ\n1 0 obj'), 'application/pdf'],
    ['half a PNG header', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), 'damaged'],
  ])('refuses %s for good', async (_, bytes, words) => {
    const trial = prepare(media, base64(bytes), signal)
    await expect(trial).rejects.toMatchObject({ code: 'media-failed', retryable: false })
    await expect(trial).rejects.toThrow(words)
  })

  it('refuses an image that was cut off', async () => {
    const whole = await picture(600, 400).png({ compressionLevel: 0 }).toBuffer()
    const half = whole.subarray(0, whole.length / 2)
    await expect(prepare(media, base64(half), signal)).rejects.toThrow('damaged')
  })

  it('refuses few bytes that would become very many pixels', async () => {
    const bomb = await sharp({
      create: { width: 8_000, height: 8_000, channels: 3, background: 'white' },
    })
      .png({ compressionLevel: 9 })
      .toBuffer()
    expect(bomb.length).toBeLessThan(300_000)
    await expect(prepare(media, base64(bomb), signal)).rejects.toThrow('50 million pixels')
  })
})
