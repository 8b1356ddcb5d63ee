/**
 * The shapes of Z-API's requests. Attributes that are not named are ignored,
 * and those whose reading is lenient are `Unknown` here: `from-zapi.ts` reads them.
 */

import { Type } from 'typebox'

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
    id: Type.Optional(
      Type.String({
        description:
          '**Ours.** The id that it has elsewhere, so that URLs keep their path: 16 to 64 letters and digits. A new one unless given.',
      }),
    ),
    token: Type.Optional(
      Type.String({
        description:
          '**Ours.** The same of its token: 24 to 128 letters and digits. A new one unless given.',
      }),
    ),
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
