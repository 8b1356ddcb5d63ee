import { expect, it } from 'vitest'
import type { MessageContent } from '../domain/content/index.js'
import { messageIdOf } from '../../test/support/outgoing-message.js'
import { formOf, hasPlainForm, partOf, plainFormsOf } from './plain-form.js'

const person = { kind: 'person', phone: '5511999999999' } as const
const group = { kind: 'group', group: '120363019502650977' } as const
const text: MessageContent = { kind: 'text', text: 'Oi' }
const otp: MessageContent = {
  kind: 'otp-button',
  text: 'Oi',
  code: '845201',
  buttonText: 'Copiar',
}
const list: MessageContent = {
  kind: 'option-list',
  text: 'Escolha',
  title: '',
  buttonText: 'Abrir',
  options: [{ id: '1', title: 'Sim', description: '' }],
}
const card = (caption: string) => ({
  image: { kind: 'url', url: 'https://example.com/a.png' } as const,
  text: caption,
  buttons: [{ kind: 'url', text: 'Abrir', url: 'https://example.com' } as const],
})
const plainOtp = expect.objectContaining({ kind: 'text', text: 'Oi\n\n845201' })

it('a text has one form, and goes as it is', () => {
  expect(hasPlainForm(text)).toBe(false)
  for (const wish of ['buttons', 'text', 'both'] as const)
    expect(formOf(text, group, wish)).toEqual({ content: text, rest: [] })
})

it('a button goes in the form that the instance wants', () => {
  expect(hasPlainForm(otp)).toBe(true)
  for (const to of [person, group]) {
    expect(formOf(otp, to, 'buttons')).toEqual({ content: otp, rest: [] })
    expect(formOf(otp, to, 'both')).toEqual({ content: otp, rest: [], alsoAsText: true })
    expect(formOf(otp, to, 'text')).toEqual({
      content: plainOtp,
      fallback: { because: 'setting', sentAs: 'text' },
      rest: [],
    })
  }
})

it('a list goes to a group as plain text, because its apps may not show it', () => {
  expect(formOf(list, person, 'buttons')).toEqual({ content: list, rest: [] })
  expect(formOf(list, group, 'buttons')).toMatchObject({
    content: { kind: 'text' },
    fallback: { because: 'group', sentAs: 'text' },
  })
  expect(formOf(list, group, 'text').fallback).toEqual({ because: 'setting', sentAs: 'text' })
  expect(formOf(list, group, 'both')).toEqual({ content: list, rest: [], alsoAsText: true })
})

it('a carousel becomes its text and one message a card', () => {
  const carousel = { kind: 'carousel', text: 'Ofertas', cards: [card('um'), card('dois')] } as const
  const [first, ...cards] = plainFormsOf(carousel)
  expect(first).toMatchObject({ kind: 'text', text: 'Ofertas' })
  expect(cards.length).toBeGreaterThanOrEqual(2)
  const shown = JSON.stringify(cards)
  for (const each of ['um', 'dois', 'https://example.com']) expect(shown).toContain(each)
  expect(cards.every((each) => !hasPlainForm(each))).toBe(true)
  expect(plainFormsOf(text)).toEqual([text])
})

it('a part names its message and why it is one', () => {
  const id = messageIdOf('01')
  const because = { because: 'group', sentAs: 'text' } as const
  expect(partOf({ id }, 'text')).toEqual({ because: 'setting', sentAs: 'text', partOf: id })
  expect(partOf({ id, fallback: because }, 'image')).toEqual({
    because: 'group',
    sentAs: 'image',
    partOf: id,
  })
  const refused = { refusalCode: 473, sentAs: 'text' } as const
  expect(partOf({ id, fallback: refused }, 'text')).toEqual({
    refusalCode: 473,
    sentAs: 'text',
    partOf: id,
  })
})
