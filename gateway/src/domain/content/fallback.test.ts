import { expect, test } from 'vitest'
import { otpButtonTraits } from './otp-button.js'

const button = {
  kind: 'otp-button',
  text: 'Seu código de acesso',
  code: '845201',
  buttonText: 'Copiar código',
} as const

test('the plain text has the code on a line of its own, and still knows it as a code', () => {
  expect(otpButtonTraits.fallback?.(button)).toStrictEqual({
    kind: 'text',
    text: 'Seu código de acesso\n\n845201',
    code: '845201',
  })
})

test('a button with an image becomes that image, with the plain text as its caption', () => {
  const image = { kind: 'base64', base64: 'AAAA' } as const
  expect(otpButtonTraits.fallback?.({ ...button, image })).toStrictEqual({
    kind: 'image',
    image,
    caption: 'Seu código de acesso\n\n845201',
    code: '845201',
  })
})
