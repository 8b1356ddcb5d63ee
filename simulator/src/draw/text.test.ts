import { expect, test } from 'vitest'
import { drawnOf } from '../../test/support/drawn.js'

test('a text is one part, with its marks', () => {
  const { view, files } = drawnOf({ conversation: 'Olá, *Maria*' })
  expect(view).toEqual({ kind: 'text', parts: [{ type: 'text', text: 'Olá, *Maria*' }] })
  expect(files.size).toBe(0)
})

test('a mention names the person behind the token', () => {
  const { view } = drawnOf({
    extendedTextMessage: {
      text: 'Oi @123 e @1-2@g.us',
      contextInfo: {
        mentionedJid: ['123:4@lid'],
        groupMentions: [{ groupJid: '1-2@g.us', groupSubject: 'Vendas' }],
      },
    },
  })
  expect(view.parts).toMatchObject([
    {
      type: 'text',
      mentions: [
        { token: '@123', who: '123' },
        { token: '@1-2@g.us', who: '1-2@g.us' },
      ],
    },
  ])
})

const preview = {
  matchedText: 'https://loja.exemplo.com.br',
  title: 'Loja',
  description: 'Tudo para a casa',
  jpegThumbnail: Uint8Array.of(255, 216),
}

test('a preview whose address stands in the text is a card above it', () => {
  const { view, files } = drawnOf({
    extendedTextMessage: {
      text: 'Veja https://loja.exemplo.com.br',
      ...preview,
      thumbnailDirectPath: '/mms/thumb',
      mediaKey: new Uint8Array(32).fill(1),
    },
  })
  expect(view).toEqual({
    kind: 'link',
    parts: [
      {
        type: 'link',
        url: 'https://loja.exemplo.com.br',
        title: 'Loja',
        description: 'Tudo para a casa',
        thumbnail: '1',
        file: '0',
      },
      { type: 'text', text: 'Veja https://loja.exemplo.com.br' },
    ],
  })
  expect(files.get('0')).toMatchObject({ type: 'thumbnail-link', directPath: '/mms/thumb' })
  expect(files.get('1')).toMatchObject({ mimetype: 'image/jpeg', bytes: expect.anything() })
})

test('a preview of an address that the text does not name is no card', () => {
  const { view } = drawnOf({ extendedTextMessage: { text: 'Veja', ...preview } })
  expect(view).toEqual({ kind: 'text', parts: [{ type: 'text', text: 'Veja' }] })
})

test('an answer has the message that it answers, with its author and its words', () => {
  const { view } = drawnOf({
    extendedTextMessage: {
      text: 'Sim',
      contextInfo: {
        stanzaId: '3EB01',
        participant: '5511999990000@s.whatsapp.net',
        quotedMessage: { imageMessage: { caption: 'Este?' } },
      },
    },
  })
  expect(view.quote).toEqual({ id: '3EB01', from: '5511999990000', kind: 'image', text: 'Este?' })
})

test.each([
  [1, 'once'],
  [4, 'once'],
  [5, 'often'],
])('a message that was passed on %i times says %s', (forwardingScore, forwarded) => {
  const contextInfo = { isForwarded: true, forwardingScore }
  const { view } = drawnOf({ extendedTextMessage: { text: 'x', contextInfo } })
  expect(view.forwarded).toBe(forwarded)
})

test('a kind without a drawing is named by its field', () => {
  const { view } = drawnOf({ callLogMesssage: {}, messageContextInfo: {} })
  expect(view).toEqual({
    kind: 'callLogMesssage',
    parts: [{ type: 'unknown', name: 'callLogMesssage' }],
  })
})
