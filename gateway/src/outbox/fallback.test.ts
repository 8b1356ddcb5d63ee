import { expect, test } from 'vitest'
import { asPlainText } from './fallback.js'

const button = {
  kind: 'otp-button',
  text: 'Seu código de acesso',
  code: '845201',
  buttonText: 'Copiar código',
} as const

test('the plain text has the code on a line of its own, and its image', () => {
  expect(asPlainText(button)).toStrictEqual({
    kind: 'text',
    text: 'Seu código de acesso\n\n845201',
  })
  const image = { kind: 'base64', base64: 'AAAA' } as const
  expect(asPlainText({ ...button, image }).image).toBe(image)
})
