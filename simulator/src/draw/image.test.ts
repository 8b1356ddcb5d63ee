import { expect, test } from 'vitest'
import { anyFile, drawnOf } from '../../test/support/drawn.js'

const image = { ...anyFile, mimetype: 'image/jpeg', width: 640, height: 480, caption: 'Casa' }

test('an image is a file with its size, and the caption below', () => {
  const { view, files } = drawnOf({ imageMessage: image })
  expect(view).toEqual({
    kind: 'image',
    parts: [
      {
        type: 'media',
        form: 'image',
        file: '0',
        mimetype: 'image/jpeg',
        width: 640,
        height: 480,
        byteLength: 12,
      },
      { type: 'text', text: 'Casa' },
    ],
  })
  expect(files.get('0')).toMatchObject({ type: 'image', directPath: '/mms/x' })
})

test.each([
  ['the flag inside', { imageMessage: { ...image, viewOnce: true } }],
  ['a wrapper', { viewOnceMessageV2: { message: { imageMessage: image } } }],
])('an image is to be viewed once by %s', (_by, message) => {
  expect(drawnOf(message).view.viewOnce).toBe(true)
})
