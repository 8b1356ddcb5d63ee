import { expect, test } from 'vitest'
import { anyFile, drawnOf } from '../../test/support/drawn.js'

const video = { ...anyFile, mimetype: 'video/mp4', seconds: 7, width: 640, height: 360 }

test.each([
  ['video', {}],
  ['gif', { gifPlayback: true }],
])('a %s is known by its flag and keeps its caption', (form, flag) => {
  const { view, files } = drawnOf({ videoMessage: { ...video, ...flag, caption: 'Praia' } })
  expect(view).toMatchObject({
    kind: form,
    parts: [
      { type: 'media', form, seconds: 7, width: 640, height: 360, mimetype: 'video/mp4' },
      { type: 'text', text: 'Praia' },
    ],
  })
  expect(files.get('0')).toMatchObject({ type: 'video' })
})

test('a round video is a kind of its own', () => {
  const { view, files } = drawnOf({ ptvMessage: video })
  expect(view).toMatchObject({ kind: 'round-video', parts: [{ form: 'round-video' }] })
  expect(files.get('0')).toMatchObject({ type: 'ptv' })
})

test('a voice note has its waveform, a piece of music has none', () => {
  const audio = { ...anyFile, mimetype: 'audio/ogg; codecs=opus', seconds: 3 }
  const voice = drawnOf({
    audioMessage: { ...audio, ptt: true, waveform: Uint8Array.of(0, 50, 100) },
  })
  expect(voice.view).toMatchObject({
    kind: 'voice',
    parts: [{ form: 'voice', seconds: 3, waveform: [0, 50, 100] }],
  })
  const { view } = drawnOf({ audioMessage: { ...audio, ptt: false } })
  expect(view.kind).toBe('audio')
  expect(view.parts[0]).not.toHaveProperty('waveform')
})

test('a sticker says whether it moves', () => {
  const sticker = { ...anyFile, mimetype: 'image/webp', width: 512, height: 512 }
  expect(drawnOf({ stickerMessage: { ...sticker, isAnimated: true } }).view).toMatchObject({
    kind: 'sticker',
    parts: [{ form: 'sticker', animated: true, width: 512 }],
  })
  expect(drawnOf({ stickerMessage: sticker }).view.parts[0]).not.toHaveProperty('animated')
})

test('a small picture inside the message is a file of its own', () => {
  const { view, files } = drawnOf({
    videoMessage: { ...video, jpegThumbnail: Uint8Array.of(255, 216) },
  })
  expect(view.parts[0]).toMatchObject({ file: '0', thumbnail: '1' })
  expect(files.get('1')).toEqual({ bytes: expect.anything(), mimetype: 'image/jpeg' })
})
