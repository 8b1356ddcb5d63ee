import { expect, test } from 'vitest'
import { buttonsTraits } from './buttons.js'
import { optionListTraits } from './option-list.js'

const card = { kind: 'buttons', text: 'Gostou?', title: '', footer: '', buttons: [] } as const

test('answers are numbered, and the reader is told to write a number', () => {
  const buttons = [
    { kind: 'reply', text: 'Ótimo', id: 'a' },
    { kind: 'reply', text: 'Ruim', id: 'b' },
  ] as const
  expect(buttonsTraits.fallback?.({ ...card, title: 'Loja', footer: 'Rodapé', buttons })).toEqual({
    kind: 'text',
    text: 'Loja\n\nGostou?\n\nRodapé\n\n1 - Ótimo\n2 - Ruim\n\nResponda com o número da opção.',
  })
})

test('links and numbers stand behind their labels, and a code on a line of its own', () => {
  const buttons = [
    { kind: 'copy', text: 'Copiar', code: '845201' },
    { kind: 'url', text: 'Site', url: 'https://example.com' },
    { kind: 'call', text: 'Ligar', phone: '5511999999999' },
  ] as const
  expect(buttonsTraits.fallback?.({ ...card, buttons })).toEqual({
    kind: 'text',
    text: 'Gostou?\n\nSite: https://example.com\nLigar: +5511999999999\n\nCopiar:\n\n845201',
    code: '845201',
  })
})

test('buttons with an image become that image, with the plain text as its caption', () => {
  const image = { kind: 'base64', base64: 'AAAA' } as const
  const buttons = [{ kind: 'reply', text: 'Sim', id: '1' }] as const
  expect(buttonsTraits.fallback?.({ ...card, image, buttons })).toEqual({
    kind: 'image',
    image,
    caption: 'Gostou?\n\n1 - Sim\n\nResponda com o número da opção.',
  })
})

test('options are numbered with their descriptions', () => {
  const options = [
    { id: 'a', title: 'Vendas', description: 'Comprar' },
    { id: 'b', title: 'Suporte', description: '' },
  ]
  const list = { kind: 'option-list', text: 'Escolha', title: 'Loja', buttonText: 'Ver' } as const
  expect(optionListTraits.fallback?.({ ...list, options })).toEqual({
    kind: 'text',
    text: 'Loja\n\nEscolha\n\n1 - Vendas: Comprar\n2 - Suporte\n\nResponda com o número da opção.',
  })
})

test('a code that is copied by one of several buttons is masked wherever it stands', () => {
  const content = {
    ...card,
    text: 'Código 845201',
    buttons: [{ kind: 'copy', text: 'Copiar 845201', code: '845201' }],
  } as const
  const masked = buttonsTraits.masked?.(content, (text) => text.replaceAll('845201', '••'))
  expect(JSON.stringify(masked)).not.toContain('845201')
  expect(buttonsTraits.code?.(content)).toBe('845201')
  expect(buttonsTraits.lifetimeMs?.(content)).toBe(600_000)
})
