import { expect, test } from 'vitest'
import type { MessageContent } from '../../domain/content/index.js'
import { isLoginCode } from '../queue/expiry.js'
import { maskedContent, mayHoldCode, shown } from './masking.js'

const button: MessageContent = {
  kind: 'otp-button',
  text: 'Seu código é 845201.',
  code: '845201',
  buttonText: 'Copiar 845201',
}
const caption: MessageContent = {
  kind: 'image',
  image: { kind: 'url', url: 'https://example.com/a.png' },
  caption: 'Use 845201',
  code: '845201',
}
const text: MessageContent = { kind: 'text', text: 'Use 845201' }

test('a listing shows the code of a button masked, in the text and beside it', () => {
  expect(shown(button, false)).toEqual({ text: 'Seu código é ••••01.', code: '••••01' })
})

test('a listing shows no code beside a plain form, and masks it in its text', () => {
  expect(shown(caption, false)).toEqual({ text: 'Use ••••01' })
  expect(maskedContent(caption, false)).toEqual({ ...caption, caption: 'Use ••••01' })
})

test('a text is shown as it is, and hidden whole where an unmarked code may stand in it', () => {
  expect(maskedContent(text, false)).toBe(text)
  expect(shown(text, false)).toEqual({ text: 'Use 845201' })
  expect(shown(text, true)).toEqual({ text: '••••' })
})

test('a content with a code of its own keeps its other words, also where one may stand unmarked', () => {
  expect(shown(button, true).text).toBe('Seu código é ••••01.')
})

test('a content without a text of its own is masked as what it is', () => {
  const place: MessageContent = {
    kind: 'location',
    latitude: -23.5,
    longitude: -46.6,
    title: 'Padaria',
    address: 'Rua A',
  }
  expect(maskedContent(place, true)).toMatchObject({ kind: 'location', latitude: -23.5 })
})

test('only the fallbacks of older versions may hold a code that is not marked', () => {
  expect(mayHoldCode(undefined)).toBe(false)
  expect(mayHoldCode({ refusalCode: 473 })).toBe(true)
  expect(mayHoldCode({ refusalCode: 473, sentAs: 'text' })).toBe(false)
})

test('a button that copies a code is a login code, and a text is none', () => {
  expect(isLoginCode(button)).toBe(true)
  expect(isLoginCode(text)).toBe(false)
})
