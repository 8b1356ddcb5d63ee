/**
 * The shapes of Z-API's requests. Attributes that are not named are ignored,
 * and those whose reading is lenient are `Unknown` here: `from-zapi.ts` reads them.
 */

import { Type } from 'typebox'
import { zaapIdParams as zaapId } from './zaap-id.js'

/** Pix strings come this way: far longer than an OTP. The lengths hold for strings only. */
const code = Type.Unsafe<string | number>({
  type: ['string', 'number'],
  minLength: 1,
  maxLength: 2048,
  description: 'What the button copies. Leading zeros need a string.',
})

export const sendButtonOtpBody = Type.Object(
  {
    /** Missing, blank and unreadable numbers get the same answer, so none is checked here. */
    phone: Type.Optional(
      Type.Unknown({
        description:
          'Required. A number with its country (5511999999999), a group (120363019502650977-group) or a LID (164354629388413@lid).',
      }),
    ),
    message: Type.String({ minLength: 1, maxLength: 4096, description: 'The text.' }),
    code,
    buttonText: Type.Optional(
      Type.String({
        description: 'On the button, at most 60 characters. "Copiar código" if unset.',
      }),
    ),
    image: Type.Optional(
      Type.String({ description: 'Above the text: a URL, or base64, at most 5 MB.' }),
    ),
    delayMessage: Type.Optional(
      Type.Unknown({ description: 'Seconds, 1 to 15, between this message and the next one.' }),
    ),
    delayTyping: Type.Optional(
      Type.Unknown({ description: 'Seconds, 1 to 15, of "typing…" before this message.' }),
    ),
    expiresIn: Type.Optional(
      Type.Integer({
        minimum: 30,
        maximum: 86_400,
        description: '**Ours.** Seconds after which the message is not sent any more.',
      }),
    ),
  },
  {
    examples: [
      { phone: '5511999999999', message: 'Seu código de acesso é 123456', code: '123456' },
    ],
  },
)

const exampleUrl = 'https://example.com/whatsapp'

const urlOf = (what: string) =>
  Type.Optional(Type.String({ description: `Where ${what} is told.` }))
export const createInstanceBody = Type.Object(
  {
    name: Type.String({
      minLength: 1,
      maxLength: 255,
      description: 'For people. Need not be unique.',
    }),
    deliveryCallbackUrl: urlOf('what became of a send'),
    receivedCallbackUrl: urlOf('what the number receives'),
    receivedAndDeliveryCallbackUrl: urlOf('what the number receives and what it sends itself'),
    presenceChatCallbackUrl: urlOf('who is typing'),
    disconnectedCallbackUrl: urlOf('a lost connection'),
    connectedCallbackUrl: urlOf('a connection'),
    messageStatusCallbackUrl: urlOf('what was delivered and read'),
    disableEnqueueWhenDisconnected: Type.Optional(
      Type.Boolean({ description: 'Whether sends are refused while it is disconnected.' }),
    ),
  },
  { examples: [{ name: 'Minha instância', deliveryCallbackUrl: exampleUrl }] },
)

export const zaapIdParams = Type.Object(zaapId)

export const listInstancesQuery = Type.Object({
  page: Type.Optional(Type.String({ description: 'From 1.', examples: ['1'] })),
  pageSize: Type.Optional(
    Type.String({ description: '20 if unset, at most 200.', examples: ['20'] }),
  ),
  query: Type.Optional(Type.String({ description: 'A part of the name or the id.' })),
  middleware: Type.Optional(
    Type.String({ description: 'web. Nothing here is mobile, so that lists nothing.' }),
  ),
})

export const phoneParams = Type.Object({
  phone: Type.String({
    description: 'The number to link, with its country.',
    examples: ['5511999999999'],
  }),
})
