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

/** `""` switches the callback off. */
const callbackUrl = Type.Unsafe<string | null>({ type: ['string', 'null'] })

export const callbackBody = Type.Object({ value: callbackUrl })
export const everyCallbackBody = Type.Object({
  value: callbackUrl,
  notifySentByMe: Type.Optional(Type.Boolean()),
})
export const notifySentByMeBody = Type.Object({
  notifySentByMe: Type.Boolean(),
  /** Our addition. */
  tellCodes: Type.Optional(Type.Boolean()),
})

const filterList = Type.Optional(
  Type.Unsafe<readonly unknown[] | null>({ type: ['array', 'null'], maxItems: 100 }),
)
export const filtersBody = Type.Object({
  messageFilters: filterList,
  callbackTypeFilters: filterList,
})

/** Of our additions. */
export const listCallbacksQuery = Type.Object({
  since: Type.Optional(Type.String()),
  after: Type.Optional(Type.String()),
})
export const callbackParams = Type.Object({ callbackId: Type.String() })
export const showCallbackQuery = Type.Object({
  body: Type.Optional(Type.Enum(['true', 'false', 'codes'])),
})
export const replayBody = Type.Object({
  since: Type.Unsafe<string | number>({ type: ['string', 'number'] }),
})

export const createInstanceBody = Type.Object({
  name: Type.String({ minLength: 1, maxLength: 255 }),
  deliveryCallbackUrl: Type.Optional(Type.String()),
  receivedCallbackUrl: Type.Optional(Type.String()),
  receivedAndDeliveryCallbackUrl: Type.Optional(Type.String()),
  presenceChatCallbackUrl: Type.Optional(Type.String()),
  disconnectedCallbackUrl: Type.Optional(Type.String()),
  connectedCallbackUrl: Type.Optional(Type.String()),
  messageStatusCallbackUrl: Type.Optional(Type.String()),
  disableEnqueueWhenDisconnected: Type.Optional(Type.Boolean()),
})

export const listQueueQuery = Type.Object({ pageSize: Type.Optional(Type.String()) })
export const listQueueBody = Type.Object({
  /** More than a page may have gives a full page, as at Z-API. */
  pageSize: Type.Optional(Type.Integer({ minimum: 1 })),
  pagingState: Type.Optional(Type.String({ maxLength: 200 })),
})
export const queueSettingsBody = Type.Object({ disableEnqueueWhenDisconnected: Type.Boolean() })
export const zaapIdParams = Type.Object({ zaapId: Type.String() })

export const listInstancesQuery = Type.Object({
  page: Type.Optional(Type.String()),
  pageSize: Type.Optional(Type.String()),
  query: Type.Optional(Type.String()),
  middleware: Type.Optional(Type.String()),
})

export const phoneParams = Type.Object({ phone: Type.String() })
