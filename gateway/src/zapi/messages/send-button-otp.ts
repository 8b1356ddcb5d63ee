import { Type } from 'typebox'
import { InvalidRequestError } from '../error-replies.js'
import { codeOf, imageSourceOf } from '../from-zapi.js'
import { send, tooManyCodes } from '../send.js'

const defaultButtonText = 'Copiar código'
const longestButtonText = 60

export const sendButtonOtp = send({
  path: '/send-button-otp',
  takes: 'file',
  summary: 'Sends a message with a button that copies a code.',
  description:
    'The answer means that the message is stored and queued, also for a number that is not on WhatsApp. A DeliveryCallback tells the end.',
  body: {
    message: Type.String({ minLength: 1, maxLength: 4096, description: 'The text.' }),
    // Pix strings come this way: far longer than an OTP. The lengths hold for strings only.
    code: Type.Unsafe<string | number>({
      type: ['string', 'number'],
      minLength: 1,
      maxLength: 2048,
      description:
        'What the button copies. A number must be whole and lose no digit; leading zeros need a string.',
    }),
    buttonText: Type.Optional(
      Type.String({
        description: 'On the button, at most 60 characters. "Copiar código" if unset.',
      }),
    ),
    image: Type.Optional(
      Type.String({
        description: 'Above the text: a URL, or base64 of at most 5 MB.',
        'x-file': 'image/*',
      }),
    ),
  },
  example: { phone: '5511999999999', message: 'Seu código de acesso é 123456', code: '123456' },
  refusals: { 429: tooManyCodes },
  content: ({ message, code, buttonText, image }, { isAllowedAddress }) => ({
    kind: 'otp-button',
    text: message,
    code: codeOf(code),
    buttonText: buttonTextOf(buttonText),
    image: image === undefined ? undefined : imageSourceOf(image, isAllowedAddress),
  }),
})

/** Throws `InvalidRequestError`. */
export function buttonTextOf(text: string | undefined): string {
  const trimmed = text?.trim() ?? ''
  if (trimmed === '') return defaultButtonText
  // Characters as JSON Schema counts them: an emoji is one and not two.
  if (Array.from(trimmed).length > longestButtonText)
    throw new InvalidRequestError(`buttonText must be at most ${longestButtonText} characters`)
  return trimmed
}
