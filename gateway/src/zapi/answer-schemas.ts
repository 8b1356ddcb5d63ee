/**
 * The shapes of our answers, each with an example. They tell and check nothing:
 * tests compare what is really answered with them.
 */

import { Type } from 'typebox'

const zaapId = '019D44C1A7E07B51A3A0F3F2D5C7B9E1'
const whatsappId = '3EB0A25BD6C67CBA164D3F'

/** Of every answer to a send. */
export const ids = {
  zaapId: Type.String({ description: 'Our id of the message.' }),
  messageId: Type.String({ description: "WhatsApp's id of it. Callbacks name it." }),
  id: Type.String({ description: 'The same as messageId.' }),
}

export const sentExample = { zaapId, messageId: whatsappId, id: whatsappId }

/** Of a send to a broadcast list. */
const copies = Type.Optional(
  Type.Array(
    Type.Object({
      phone: Type.String({ description: 'The person.' }),
      zaapId: ids.zaapId,
      messageId: ids.messageId,
    }),
    {
      description:
        '**Ours.** Of a broadcast list alone: the message of each person. The ids above are those of the first.',
    },
  ),
)

const lateAt = Type.Optional(
  Type.Integer({
    description:
      '**Ours.** Only where the message is expected to expire before its turn: when that would be, milliseconds since 1970.',
  }),
)

export const sent = Type.Object(
  { ...ids, messages: copies, lateAt },
  {
    description: 'The message is stored and queued. A callback tells what becomes of it.',
    examples: [sentExample],
  },
)

export const value = Type.Object(
  { value: Type.Boolean({ description: 'Always true.' }) },
  { description: 'It holds from now on.', examples: [{ value: true }] },
)
export const success = Type.Object(
  { success: Type.Boolean({ description: 'Always true.' }) },
  { description: 'It holds from now on.', examples: [{ success: true }] },
)
