/**
 * The shapes of Z-API's requests. Attributes that are not named are ignored,
 * and those whose reading is lenient are `Unknown` here: `from-zapi.ts` reads them.
 */

import { Type } from 'typebox'

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

const callbackUrl = Type.Unsafe<string | null>({
  type: ['string', 'null'],
  description: 'Where callbacks are POSTed to: https://… . "" or null ends them.',
})
const exampleUrl = 'https://example.com/whatsapp'

export const callbackBody = Type.Object(
  { value: callbackUrl },
  { examples: [{ value: exampleUrl }] },
)
export const everyCallbackBody = Type.Object(
  {
    value: callbackUrl,
    notifySentByMe: Type.Optional(
      Type.Boolean({ description: 'Also tell what this number sends from other devices.' }),
    ),
  },
  { examples: [{ value: exampleUrl, notifySentByMe: true }] },
)
export const notifySentByMeBody = Type.Object(
  {
    notifySentByMe: Type.Boolean({
      description: 'Whether what this number sends is told with the callbacks of what it receives.',
    }),
    tellCodes: Type.Optional(
      Type.Boolean({
        description: '**Ours.** Whether these callbacks show codes; otherwise they are masked.',
      }),
    ),
  },
  { examples: [{ notifySentByMe: true }] },
)

const filterList = (names: string) =>
  Type.Optional(
    Type.Unsafe<readonly unknown[] | null>({
      type: ['array', 'null'],
      maxItems: 100,
      description: `What is not told: ${names}. An empty list filters nothing; left out, it stays as it is.`,
    }),
  )
export const filtersBody = Type.Object(
  {
    messageFilters: filterList(
      'FILTER_FROM_GROUP, FILTER_FROM_PRIVATE_CHAT, FILTER_TEXT_MESSAGE, FILTER_IMAGE_MESSAGE, FILTER_VIDEO_MESSAGE, FILTER_AUDIO_MESSAGE, FILTER_DOCUMENT_MESSAGE',
    ),
    callbackTypeFilters: filterList(
      'FILTER_RECEIVED_CALLBACK, FILTER_DELIVERY_CALLBACK, FILTER_MESSAGE_STATUS_CALLBACK, FILTER_CONNECTED_CALLBACK, FILTER_DISCONNECTED_CALLBACK, FILTER_PRESENCE_CHAT_CALLBACK',
    ),
  },
  {
    examples: [
      {
        messageFilters: ['FILTER_FROM_GROUP'],
        callbackTypeFilters: ['FILTER_PRESENCE_CHAT_CALLBACK'],
      },
    ],
  },
)

/** Of our additions. */
const since = 'A moment: ISO 8601 with its zone, a date alone, or milliseconds since 1970.'
export const listCallbacksQuery = Type.Object({
  since: Type.Optional(Type.String({ description: `Only what was made since then. ${since}` })),
  after: Type.Optional(Type.String({ description: 'The `next` of the page before.' })),
})
export const callbackParams = Type.Object({
  callbackId: Type.String({
    description: "The callback's id, as the list and its header name it.",
  }),
})
export const showCallbackQuery = Type.Object({
  body: Type.Optional(
    Type.Enum(['true', 'false', 'codes'], {
      description: 'true shows its body with codes masked, codes shows it as it is sent.',
    }),
  ),
})
export const replayBody = Type.Object(
  { since: Type.Unsafe<string | number>({ type: ['string', 'number'], description: since }) },
  { examples: [{ since: '2026-11-20T10:00:00Z' }] },
)

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

export const listQueueQuery = Type.Object({
  pageSize: Type.Optional(
    Type.String({ description: 'How many messages, 20 if unset, at most 100.', examples: ['20'] }),
  ),
})
export const listQueueBody = Type.Object(
  {
    /** More than a page may have gives a full page, as at Z-API. */
    pageSize: Type.Optional(
      Type.Integer({ minimum: 1, description: 'How many messages, 20 if unset, at most 30.' }),
    ),
    pagingState: Type.Optional(
      Type.String({ maxLength: 200, description: 'That of the page before.' }),
    ),
  },
  { examples: [{ pageSize: 20 }] },
)
export const queueSettingsBody = Type.Object(
  {
    disableEnqueueWhenDisconnected: Type.Boolean({
      description:
        'true refuses sends while the instance is disconnected, instead of keeping them.',
    }),
  },
  { examples: [{ disableEnqueueWhenDisconnected: true }] },
)
export const zaapIdParams = Type.Object({
  zaapId: Type.String({ description: 'The zaapId of the answer to the send.' }),
})

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
