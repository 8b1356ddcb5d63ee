import { expect, it } from 'vitest'
import type { Card, IncomingContent } from '../../domain/incoming-content.js'
import { withoutCode } from './without-code.js'

const code = '845201'
const texts = {
  text: `Seu código é ${code}: vale 10 minutos`,
  title: `845-201`,
  footer: 'Loja',
} as const
const card: Card = {
  ...texts,
  templateId: '',
  buttons: [
    { kind: 'copy', text: `Copiar ${code}`, code },
    { kind: 'url', text: 'Abrir', url: `https://loja.example/?code=${code}` },
    { kind: 'reply', text: 'Não fui eu', id: `no-${code}` },
  ],
}

const contents: readonly IncomingContent[] = [
  { kind: 'copy-code', ...texts, buttons: [{ text: `Copiar ${code}`, code }] },
  { kind: 'card', ...card },
  {
    kind: 'carousel',
    text: texts.text,
    cards: [card, { ...card, buttons: [], text: `Ou digite ${code}` }],
  },
]

it.each(contents.map((content) => [content.kind, content] as const))(
  'masks the code alone, wherever it stands, in a %s',
  (_, content) => {
    const masked = withoutCode(content)
    expect(masked).toMatchObject({ kind: content.kind })
    const shown = JSON.stringify(masked)
    expect(shown).toContain('Seu código é ••••01: vale 10 minutos')
    expect(shown).toContain('Loja')
    expect(shown.replaceAll(/\D/gu, '')).not.toContain(code)
  },
)

it('leaves what is masked already', () => {
  for (const content of contents)
    expect(withoutCode(withoutCode(content))).toEqual(withoutCode(content))
})

it('masks a code and a longer one that holds it', () => {
  const content: IncomingContent = {
    kind: 'copy-code',
    text: '12345 ou 123456',
    title: '',
    footer: '',
    buttons: [
      { text: 'Um', code: '12345' },
      { text: 'Outro', code: '123456' },
    ],
  }
  expect(withoutCode(content)).toMatchObject({ text: '••••45 ou ••••56' })
})

it('leaves a card that copies nothing', () => {
  const plain: IncomingContent = { kind: 'card', ...card, buttons: [], text: 'Pedido 845201' }
  expect(withoutCode(plain)).toEqual(plain)
})
