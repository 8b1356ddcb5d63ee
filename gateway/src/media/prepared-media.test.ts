/** What is made of audios, videos and stickers, with ffmpeg and without. */

import { readFileSync } from 'node:fs'
import { parseBuffer } from 'music-metadata'
import sharp from 'sharp'
import { afterAll, describe, expect, it } from 'vitest'
import { discardFiles, type FileUse, isLarge, type PreparedFile } from '../domain/content/files.js'
import { programs } from '../../test/support/programs.js'
import { createGuardedFetch } from '../runtime/guarded-fetch.js'
import { silentLog } from '../runtime/telemetry.js'
import { Ffmpeg } from './ffmpeg.js'
import { Media } from './media.js'

const common = { fetch: createGuardedFetch({ allowedNetworks: [] }), log: silentLog }
const plain = new Media(common)
const able = new Media({ ...common, programs })
const hasFfmpeg = await new Ffmpeg(programs).isThere()
const { signal } = new AbortController()

const fixture = (name: string): Buffer =>
  readFileSync(new URL(`../../test/media/${name}`, import.meta.url))

const prepared: PreparedFile[] = []
afterAll(() => discardFiles(new Map(prepared.map((file, index) => [String(index), file]))))

async function prepare(media: Media, use: FileUse, bytes: Buffer, more = {}) {
  const source = { kind: 'base64', base64: bytes.toString('base64') } as const
  const file = await media.prepare({ role: 'x', use, source, ...more }, signal)
  prepared.push(file)
  return file
}

async function contentOf({ bytes }: PreparedFile): Promise<Buffer> {
  if (!isLarge(bytes)) return Buffer.from(bytes)
  const parts: Uint8Array[] = []
  for await (const part of bytes.chunks()) parts.push(part)
  return Buffer.concat(parts)
}

describe('without ffmpeg', () => {
  it('Opus in Ogg goes as it is, as a voice message', async () => {
    const file = await prepare(plain, 'audio', fixture('voice.ogg'), { wantsWaveform: true })
    expect(await contentOf(file)).toEqual(fixture('voice.ogg'))
    expect(file).toMatchObject({ mimeType: 'audio/ogg; codecs=opus', seconds: 2, isVoice: true })
    expect(file.waveform).toBeUndefined()
  })

  it.each([
    ['stereo.ogg', 'audio/ogg; codecs=opus'],
    ['sound.mp3', 'audio/mpeg'],
    ['sound.m4a', 'audio/mp4'],
  ])('%s goes as it is, as a file with sound', async (name, mimeType) => {
    const file = await prepare(plain, 'audio', fixture(name))
    expect(await contentOf(file)).toEqual(fixture(name))
    expect(file).toMatchObject({ mimeType, seconds: 2, isVoice: false })
  })

  it('MP4 with H.264 goes as it is, without a small picture', async () => {
    const file = await prepare(plain, 'video', fixture('video.mp4'))
    expect(await contentOf(file)).toEqual(fixture('video.mp4'))
    expect(file).toMatchObject({ mimeType: 'video/mp4', seconds: 2, width: 64, height: 48 })
    expect(file.thumbnail).toBeUndefined()
  })

  it('a video that was held upright is told as it is shown', async () => {
    const file = await prepare(plain, 'video', fixture('turned.mp4'))
    expect(file).toMatchObject({ width: 48, height: 64 })
  })

  it.each([
    ['audio', 'sound.wav', 'which phones do not play.*ffmpeg'],
    ['video', 'hevc.mp4', 'hvc1, which phones do not play.*ffmpeg'],
    ['video', 'video.webm', 'video/webm, which phones do not play.*ffmpeg'],
    ['video', 'video.mov', 'video/quicktime, which phones do not play.*ffmpeg'],
    ['gif', 'moving.gif', 'image/gif, which phones do not play.*ffmpeg'],
  ] as const)('an %s that is %s is refused with the cure', async (use, name, words) => {
    const trial = prepare(plain, use, fixture(name))
    await expect(trial).rejects.toMatchObject({ code: 'media-failed', retryable: false })
    await expect(trial).rejects.toThrow(new RegExp(words, 'u'))
  })
})

describe('either way', () => {
  const page = Buffer.from('<!DOCTYPE html><html><body>Not found</body></html>')
  it.each([
    ['audio', page, 'The audio is a web page'],
    ['video', page, 'The video is a web page'],
    ['gif', page, 'The GIF is a web page'],
    ['sticker', page, 'The sticker is a web page'],
    ['audio', Buffer.from('no sound at all'), 'The audio is not in a known format'],
    ['video', Buffer.from('no film at all'), 'The video is not in a known format'],
    ['video', fixture('sound.m4a'), 'The video is of the type audio/x-m4a'],
    ['audio', fixture('sound.m4a').subarray(0, 40), 'The audio is damaged'],
    ['sticker', fixture('voice.ogg'), 'The sticker is of the type audio/ogg'],
  ] as const)('an %s that is none is refused for good', async (use, bytes, words) => {
    for (const media of [plain, able]) {
      const trial = prepare(media, use, bytes)
      await expect(trial).rejects.toMatchObject({ code: 'media-failed', retryable: false })
      await expect(trial).rejects.toThrow(words)
    }
  })

  it('a document goes as it is, with the hash of its content', async () => {
    const bytes = Buffer.alloc(200_001, 'recado')
    const file = await prepare(plain, 'document', bytes)
    expect(await contentOf(file)).toEqual(bytes)
    expect(isLarge(file.bytes) && file.bytes.byteLength).toBe(200_001)
  })
})

describe.skipIf(!hasFfmpeg)('with ffmpeg', () => {
  it.each(['voice.ogg', 'stereo.ogg', 'sound.mp3', 'sound.m4a', 'sound.wav', 'video.mp4'])(
    '%s becomes a voice message with its waveform',
    async (name) => {
      const file = await prepare(able, 'audio', fixture(name), { wantsWaveform: true })
      expect(file).toMatchObject({ mimeType: 'audio/ogg; codecs=opus', isVoice: true })
      const { format } = await parseBuffer(await contentOf(file), { mimeType: 'audio/ogg' })
      expect(format).toMatchObject({ codec: 'Opus', numberOfChannels: 1 })
      expect(file.waveform).toHaveLength(64)
      expect(Math.max(...(file.waveform ?? []))).toBe(100)
    },
  )

  it.each([
    ['video', 'hevc.mp4'],
    ['video', 'video.webm'],
    ['video', 'video.mov'],
    ['gif', 'moving.gif'],
  ] as const)('a %s that is %s becomes MP4 with H.264', async (use, name) => {
    const file = await prepare(able, use, fixture(name))
    expect(file.mimeType).toBe('video/mp4')
    expect((await contentOf(file)).includes('avc1')).toBe(true)
    expect([file.width, file.height]).toEqual(name === 'moving.gif' ? [32, 32] : [64, 48])
  })

  it('a video brings its first frame as a small picture', async () => {
    const { thumbnail } = await prepare(able, 'video', fixture('video.mp4'))
    expect(await sharp(thumbnail).metadata()).toMatchObject({ format: 'jpeg', width: 100 })
  })
})

const still = () =>
  sharp({ create: { width: 60, height: 30, channels: 3, background: 'teal' } })
    .png()
    .toBuffer()

describe('a sticker', () => {
  it('is WebP of 512 pixels on each side, with nothing around the picture', async () => {
    const file = await prepare(plain, 'sticker', await still())
    expect(file).toMatchObject({ mimeType: 'image/webp', isAnimated: false })
    const webp = sharp(await contentOf(file))
    expect(await webp.metadata()).toMatchObject({ format: 'webp', width: 512, height: 512 })
    const corner = await webp.extract({ left: 0, top: 0, width: 1, height: 1 }).raw().toBuffer()
    expect(corner[3]).toBe(0)
  })

  it('stays animated', async () => {
    const file = await prepare(plain, 'sticker', fixture('moving.gif'))
    expect(file.isAnimated).toBe(true)
    const { pages, format } = await sharp(await contentOf(file), { animated: true }).metadata()
    expect([format, pages]).toEqual(['webp', 4])
  })

  it.each([['still'], ['moving']])('that is %s names its author', async (which) => {
    const bytes = which === 'still' ? await still() : fixture('moving.gif')
    const content = await contentOf(await prepare(plain, 'sticker', bytes, { author: 'Padaria' }))
    const { exif, format, width } = await sharp(content).metadata()
    expect([format, width]).toEqual(['webp', 512])
    expect(exif?.toString('latin1')).toContain('"sticker-pack-publisher":"Padaria"')
  })
})
