import type { proto } from 'baileys'
import { expect, test } from 'vitest'
import { drawnOf, throughWire } from '../../test/support/drawn.js'
import { drawnWith } from '../screen.js'
import { hindrancesOf } from './rules.js'

type Flow = proto.Message.InteractiveMessage.NativeFlowMessage.INativeFlowButton

function flow(name: string, params: object): Flow {
  return { name, buttonParamsJson: JSON.stringify(params) }
}

function viewOf(...buttons: Flow[]) {
  return drawnOf({
    interactiveMessage: {
      header: { title: 'Loja', hasMediaAttachment: false },
      body: { text: 'Escolha' },
      footer: { text: 'Até 18h' },
      nativeFlowMessage: { buttons, messageVersion: 1 },
    },
  }).view
}

test('a copy button stands below title, text and footer', () => {
  expect(viewOf(flow('cta_copy', { display_text: 'Copiar', copy_code: '1' }))).toEqual({
    kind: 'copy-button',
    parts: [
      { type: 'title', text: 'Loja' },
      { type: 'text', text: 'Escolha' },
      { type: 'footer', text: 'Até 18h' },
      { type: 'buttons', buttons: [{ kind: 'copy', text: 'Copiar', code: '1' }] },
    ],
  })
})

test('links, calls and replies are buttons with where they lead', () => {
  const parts = viewOf(
    flow('cta_url', { display_text: 'Site', url: 'https://a.br' }),
    flow('cta_call', { display_text: 'Ligar', phone_number: '+5511' }),
    flow('quick_reply', { display_text: 'Sim', id: '1' }),
    flow('galaxy_message', { display_text: 'Abrir' }),
  ).parts
  expect(parts.at(-1)).toEqual({
    type: 'buttons',
    buttons: [
      { kind: 'url', text: 'Site', url: 'https://a.br' },
      { kind: 'call', text: 'Ligar', phone: '+5511' },
      { kind: 'reply', text: 'Sim', id: '1' },
      { kind: 'other', text: 'Abrir', name: 'galaxy_message' },
    ],
  })
})

test('a single select is a list', () => {
  const rows = [
    { id: 'a', title: 'Azul', description: 'Mar' },
    { id: 'b', title: 'Verde' },
  ]
  const view = viewOf(flow('single_select', { title: 'Cores', sections: [{ title: 'S', rows }] }))
  expect(view.kind).toBe('list')
  expect(view.parts.at(-1)).toEqual({
    type: 'list',
    button: 'Cores',
    sections: [{ title: 'S', rows }],
  })
})

test('a single select shows on Android alone', () => {
  const rows = [{ id: 'a', title: 'Azul' }]
  const buttons = [flow('single_select', { title: 'Cores', sections: [{ rows }] })]
  const native = { tag: 'native_flow', attrs: { v: '9', name: 'mixed' } }
  const interactive = { tag: 'interactive', attrs: {}, content: [native] }
  const biz = { tag: 'biz', attrs: {}, content: [interactive] }
  const message = throughWire({
    interactiveMessage: { body: { text: '?' }, nativeFlowMessage: { buttons, messageVersion: 1 } },
  })
  const found = hindrancesOf(message, { tag: 'message', attrs: {}, content: [biz] })
  expect(drawnWith(found)).toEqual({ android: 'whole', ios: 'placeholder', web: 'placeholder' })
})

test('parameters that are no JSON cost the button its words, not the message', () => {
  const parts = viewOf({ name: 'quick_reply', buttonParamsJson: '{"id"' }).parts
  expect(parts.at(-1)).toEqual({ type: 'buttons', buttons: [{ kind: 'reply', text: '', id: '' }] })
})

test('a template of old has its own buttons', () => {
  const { view } = drawnOf({
    templateMessage: {
      hydratedTemplate: {
        hydratedTitleText: 'Banco',
        hydratedContentText: 'Seu código',
        hydratedButtons: [
          { urlButton: { displayText: 'Copiar', url: 'https://www.whatsapp.com/otp/copy/77' } },
          { quickReplyButton: { displayText: 'Ok', id: 'ok' } },
        ],
      },
    },
  })
  expect(view).toEqual({
    kind: 'template',
    parts: [
      { type: 'title', text: 'Banco' },
      { type: 'text', text: 'Seu código' },
      {
        type: 'buttons',
        buttons: [
          { kind: 'copy', text: 'Copiar', code: '77' },
          { kind: 'reply', text: 'Ok', id: 'ok' },
        ],
      },
    ],
  })
})

test('a carousel inside a card is left out', () => {
  const carouselMessage = { cards: [{ body: { text: 'dentro' } }] }
  const { view } = drawnOf({
    interactiveMessage: {
      carouselMessage: { cards: [{ body: { text: 'fora' }, carouselMessage }] },
    },
  })
  expect(view.parts).toEqual([
    { type: 'carousel', cards: [{ parts: [{ type: 'text', text: 'fora' }] }] },
  ])
})
