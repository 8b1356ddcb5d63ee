import { expect, test } from 'vitest'
import { saidBy } from './said.js'

test('a button is seen with its code in full, and masked with it nowhere, its label included', () => {
  const content = {
    kind: 'otp-button',
    text: 'Seu código é 845201. Não diga 845 201 a ninguém.',
    code: '845201',
    buttonText: 'Copiar 845201',
  } as const
  const { masked, full } = saidBy(content, false)
  expect(full).toEqual({
    kind: 'copy-code',
    text: content.text,
    title: '',
    footer: '',
    buttons: [{ text: 'Copiar 845201', code: '845201' }],
  })
  expect(masked).toEqual({
    kind: 'copy-code',
    text: 'Seu código é ••••01. Não diga ••••01 a ninguém.',
    title: '',
    footer: '',
    buttons: [{ text: 'Copiar ••••01', code: '••••01' }],
  })
})

test('the text in place of a button is masked whole, any other text not at all', () => {
  const content = { kind: 'text', text: 'Seu código\n\n845201' } as const
  expect(saidBy(content, true)).toEqual({ masked: { kind: 'text', text: '••••' }, full: content })
  expect(saidBy(content, false)).toEqual({ masked: content, full: content })
})
