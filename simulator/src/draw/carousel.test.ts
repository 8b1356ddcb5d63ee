import type { BinaryNode, proto } from 'baileys'
import { expect, test } from 'vitest'
import { anyFile, drawnOf, throughWire } from '../../test/support/drawn.js'
import { hindrancesOf } from './rules.js'

function card(text: string): proto.Message.IInteractiveMessage {
  return {
    header: {
      hasMediaAttachment: true,
      imageMessage: { ...anyFile, mimetype: 'image/jpeg' },
    },
    body: { text },
    nativeFlowMessage: {
      buttons: [
        { name: 'quick_reply', buttonParamsJson: `{"display_text":"Quero","id":"${text}"}` },
      ],
    },
  }
}

/** With a title in place of a picture. */
function bare(text: string): proto.Message.IInteractiveMessage {
  return { ...card(text), header: { title: text, hasMediaAttachment: false } }
}

function carousel(cards: proto.Message.IInteractiveMessage[]): proto.IMessage {
  return {
    interactiveMessage: {
      body: { text: 'Ofertas' },
      carouselMessage: { cards, messageVersion: 1 },
    },
  }
}

const mixed: BinaryNode = {
  tag: 'message',
  attrs: {},
  content: [
    {
      tag: 'biz',
      attrs: {},
      content: [
        {
          tag: 'interactive',
          attrs: { type: 'native_flow', v: '1' },
          content: [{ tag: 'native_flow', attrs: { v: '9', name: 'mixed' } }],
        },
      ],
    },
  ],
}

test('each card has its own picture, text and buttons', () => {
  const { view, files } = drawnOf(carousel([card('Bolo'), card('Torta')]))
  expect(view.kind).toBe('carousel')
  expect(view.parts).toMatchObject([
    { type: 'text', text: 'Ofertas' },
    {
      type: 'carousel',
      cards: [
        {
          parts: [
            { type: 'media', form: 'image', file: '0' },
            { type: 'text', text: 'Bolo' },
            { type: 'buttons', buttons: [{ kind: 'reply', text: 'Quero', id: 'Bolo' }] },
          ],
        },
        { parts: [{ file: '1' }, { text: 'Torta' }, {}] },
      ],
    },
  ])
  expect(files.size).toBe(2)
})

test.each([
  ['whole cards', [card('Bolo')], mixed, []],
  ['a card without a text', [{ ...card('Bolo'), body: null }], mixed, ['lacks its header']],
  ['a card without a picture', [card('Bolo'), bare('Torta')], mixed, ['1 cards without image']],
  ['no picture at all', [bare('Torta')], mixed, ['1 cards without image']],
  ['eleven cards', Array.from({ length: 11 }, () => card('Bolo')), mixed, ['more than ten']],
  ['no <biz>', [card('Bolo')], { ...mixed, content: [] }, ['no <biz>']],
])('with %s the reasons against it are as reported', (_what, cards, stanza, reasons) => {
  const found = hindrancesOf(throughWire(carousel(cards)), stanza)
  expect(found.map(({ why }) => why)).toEqual(
    reasons.map((reason) => expect.stringContaining(reason)),
  )
})
