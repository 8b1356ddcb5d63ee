import { expect, it } from 'vitest'
import { contentBytesOf } from './content-bytes.js'

it.each([
  ['a text', 'Olá!', 4],
  ['its texts', { kind: 'text', text: 'Abrimos às 8' }, 16],
  ['the texts of its lists', { rows: ['ab', { title: 'cde' }] }, 5],
  ['a file that is stored apart', { kind: 'image', file: { byteLength: 70_000 } }, 70_005],
  ['nothing that is no text', { isViewOnce: true, width: 640, caption: undefined }, 0],
  ['nothing', null, 0],
])('a content takes the bytes of %s', (_, content, bytes) => {
  expect(contentBytesOf(content)).toBe(bytes)
})
