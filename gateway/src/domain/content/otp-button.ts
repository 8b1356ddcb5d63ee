import type { FileSource } from './files.js'
import { type ImageContent, image } from './image.js'
import { codeLifeMs } from './login-code.js'
import { type TextContent, text } from './text.js'
import type { Traits } from './traits.js'

/** A text with one button that copies a code. */
export interface OtpButtonContent {
  readonly kind: 'otp-button'
  readonly text: string
  readonly code: string
  readonly buttonText: string
  readonly image?: FileSource | undefined
}

export const otpButtonTraits: Traits<OtpButtonContent, TextContent | ImageContent> = {
  text: (content) => content.text,
  code: (content) => content.code,
  masked: (content, mask) => ({
    ...content,
    text: mask(content.text),
    buttonText: mask(content.buttonText),
    code: mask(content.code),
  }),
  files: ({ image: source }) =>
    source === undefined ? [] : [{ role: 'image', use: 'image', source }],
  asReceived: (content) => ({
    kind: 'copy-code',
    text: content.text,
    title: '',
    footer: '',
    buttons: [{ text: content.buttonText, code: content.code }],
  }),
  // The code stands on a line of its own, so that a long press on a phone selects it alone.
  fallback: ({ text: body, code, image: source }) => {
    const whole = `${body}\n\n${code}`
    return source === undefined ? text(whole, code) : image(source, whole, code)
  },
  lifetimeMs: ({ code }) => codeLifeMs(code),
}
