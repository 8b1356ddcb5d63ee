import { expect, test } from 'vitest'
import { whatsappIdOf } from '../../../test/support/outgoing-message.js'
import { sentContentOf } from './sent-content.js'

const place = { chat: { kind: 'person', phone: '5511999999999' }, at: 1_000 } as const

test('a button is seen with its code in full, and masked with it nowhere, its label included', () => {
  const content = {
    kind: 'otp-button',
    text: 'Seu código é 845201. Não diga 845 201 a ninguém.',
    code: '845201',
    buttonText: 'Copiar 845201',
  } as const
  const { masked, full } = sentContentOf(content, false, place) ?? {}
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
  expect(sentContentOf(content, true, place)).toEqual({
    masked: { kind: 'text', text: '••••' },
    full: content,
  })
  expect(sentContentOf(content, false, place)).toEqual({ masked: content, full: content })
})

test('an answer and an edit name the earlier message, and a reaction what is known of it', () => {
  const context = { answers: { whatsappId: whatsappIdOf('3EB0A') } }
  expect(sentContentOf({ kind: 'text', text: 'sim', context }, false, place)?.context).toEqual({
    quotedWhatsappId: '3EB0A',
  })
  const mentions = [{ kind: 'person', phone: '5511988887777' }] as const
  const mentioning = { kind: 'text', text: '@5511988887777', context: { mentions } } as const
  expect(sentContentOf(mentioning, false, place)?.context).toEqual({ mentions })
  const target = whatsappIdOf('3EB0A')
  const edit = { kind: 'edit', target, text: 'não', part: 'text' } as const
  expect(sentContentOf(edit, false, place)?.context).toEqual({ editOf: '3EB0A' })
  const reaction = { kind: 'reaction', target, emoji: '👍' } as const
  expect(sentContentOf(reaction, false, place)).toBeUndefined()
  const found = { whatsappId: target, fromMe: false, chat: place.chat }
  expect(sentContentOf(reaction, false, { ...place, target: found })?.full).toEqual({
    kind: 'reaction',
    emoji: '👍',
    at: 1_000,
    target: found,
  })
})
