/** Files that phones show, and the same ones under a wrong name or in a form that they refuse. */

import { readFileSync } from 'node:fs'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { isJpeg, type NamedFile, unfitnessOf } from './file-fitness.js'

const fixture = (name: string): Buffer =>
  readFileSync(new URL(`../../../gateway/test/media/${name}`, import.meta.url))
const square = (side: number) =>
  sharp({ create: { width: side, height: side, channels: 3, background: 'teal' } })
const [jpeg, png, webp, small] = await Promise.all([
  square(64).jpeg().toBuffer(),
  square(64).png().toBuffer(),
  square(512).webp().toBuffer(),
  square(128).webp({ lossless: true }).toBuffer(),
])

const files: readonly (readonly [NamedFile['form'], string, Buffer, string | undefined])[] = [
  ['image', 'image/jpeg', jpeg, undefined],
  ['image', 'image/png', png, undefined],
  ['image', 'image/jpeg', png, 'its file is image/png and is called image/jpeg'],
  ['image', 'image/jpeg', Buffer.from('<svg/>'), 'its file is unknown, which no client shows here'],
  ['video', 'video/mp4', fixture('video.mp4'), undefined],
  ['gif', 'video/mp4', fixture('moving.gif'), 'its file is unknown, which no client shows here'],
  ['round-video', 'video/mp4', fixture('video.webm'), 'its file is unknown, which no client shows'],
  ['voice', 'audio/ogg; codecs=opus', fixture('voice.ogg'), undefined],
  ['voice', 'audio/ogg; codecs=opus', fixture('stereo.ogg'), 'its recording has 2 channels'],
  ['voice', 'audio/mpeg', fixture('sound.mp3'), 'its file is audio/mpeg, which no client shows'],
  ['audio', 'audio/mpeg', fixture('sound.mp3'), undefined],
  ['audio', 'audio/mp4', fixture('sound.m4a'), undefined],
  ['audio', 'audio/mp4', fixture('sound.mp3'), 'its file is audio/mpeg and is called audio/mp4'],
  ['sticker', 'image/webp', webp, undefined],
  ['sticker', 'image/webp', small, 'its sticker has 128 × 128 pixels'],
  ['sticker', 'image/webp', Buffer.concat([webp, Buffer.alloc(102_401)]), 'its sticker has'],
  ['document', 'application/pdf', Buffer.from('no PDF'), undefined],
]

test.each(files)('%s called %s', (form, mimetype, bytes, why) => {
  const found = unfitnessOf({ form, mimetype }, bytes)
  expect(found ?? 'shown').toContain(why ?? 'shown')
})

test('a thumbnail has to be a whole JPEG', () => {
  expect(isJpeg(jpeg)).toBe(true)
  expect(isJpeg(jpeg.subarray(0, -2))).toBe(false)
  expect(isJpeg(png)).toBe(false)
})
