import { expect, it } from 'vitest'
import { lineOf, type Said } from './line.js'

const said: Said = {
  messageId: '3EB0',
  fromMe: false,
  momment: 1,
  chatName: 'Ana',
  senderName: 'Ana',
  isGroup: false,
}

const url = 'https://recado.example/media/a'

it.each([
  ['a text', { text: { message: 'Oi' } }, [undefined, 'Oi', undefined]],
  ['an image', { image: { imageUrl: url, caption: 'Loja' } }, ['image', 'Loja', url]],
  ['a document', { document: { documentUrl: url, fileName: 'a.pdf' } }, ['document', 'a.pdf', url]],
  ['a file that is gone', { audio: { audioUrl: null } }, ['audio', '', null]],
  ['a link of another kind', { image: { imageUrl: 'javascript:1' } }, ['image', '', null]],
  [
    'a masked code',
    { hydratedTemplate: { message: '••••••' } },
    ['hydratedTemplate', '••••••', undefined],
  ],
  [
    'an answer to a status',
    { statusImage: { imageUrl: url }, text: { message: 'Oi' } },
    [undefined, 'Oi', undefined],
  ],
  ['nothing that is known', {}, ['other', '', undefined]],
])('shows %s', (_, content, [kind, text, file]) => {
  expect(lineOf({ ...said, ...content })).toEqual({ kind, text, url: file })
})
