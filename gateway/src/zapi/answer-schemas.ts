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

export const sent = Type.Object(ids, {
  description: 'The message is stored and in line. A callback tells what becomes of it.',
  examples: [sentExample],
})

export const value = Type.Object(
  { value: Type.Boolean({ description: 'Always true.' }) },
  { description: 'It holds from now on.', examples: [{ value: true }] },
)
export const success = Type.Object(
  { success: Type.Boolean({ description: 'Always true.' }) },
  { description: 'It holds from now on.', examples: [{ success: true }] },
)

const moment = (what: string) => Type.Integer({ description: `${what}, milliseconds since 1970.` })

export const messageHistory = Type.Object(
  {
    ...ids,
    instanceId: Type.String({ description: 'Whose message it is.' }),
    phone: Type.String({ description: 'As it was written to.' }),
    status: Type.Enum(
      [
        'QUEUED',
        'SENDING',
        'UNKNOWN',
        'SENT',
        'RECEIVED',
        'READ',
        'PLAYED',
        'FAILED',
        'EXPIRED',
        'CANCELLED',
      ],
      { description: 'Where it stands. RECEIVED means delivered.' },
    ),
    acceptedAt: moment('When it was stored'),
    expiresAt: Type.Optional(moment('After this it is not sent any more')),
    sentAt: Type.Optional(moment('When WhatsApp took it')),
    receivedAt: Type.Optional(moment('When it was delivered')),
    readAt: Type.Optional(moment('When it was read')),
    playedAt: Type.Optional(moment('When it was played')),
    endedAt: Type.Optional(moment('When nothing more was going to be done')),
    attempts: Type.Array(
      Type.Object({
        startedAt: moment('When it began'),
        endedAt: Type.Optional(moment('When it ended')),
        messageId: Type.String({ description: "WhatsApp's id in this attempt." }),
        outcome: Type.Enum(
          ['SENDING', 'SENT', 'REFUSED', 'UNKNOWN', 'NOT_SENT', 'EXPIRED', 'NO_SUCH_RECIPIENT'],
          { description: 'How it ended.' },
        ),
        code: Type.Optional(Type.Integer({ description: "WhatsApp's code of a refusal." })),
      }),
      { description: 'Each time it was given to WhatsApp.' },
    ),
    fallback: Type.Optional(
      Type.Unknown({ description: 'What went instead of the button, and why.' }),
    ),
    failure: Type.Optional(
      Type.Object(
        { reason: Type.String({ description: 'One word for programs.' }) },
        { description: 'Why it was not sent.' },
      ),
    ),
  },
  {
    description: 'Moments that never were are left out.',
    examples: [
      {
        zaapId,
        messageId: whatsappId,
        id: whatsappId,
        instanceId: '019D44C09B3E7A10B1C2D3E4F5061728',
        phone: '5511999999999',
        status: 'QUEUED',
        acceptedAt: 1_795_600_000_000,
        expiresAt: 1_795_600_600_000,
        attempts: [],
      },
    ],
  },
)
