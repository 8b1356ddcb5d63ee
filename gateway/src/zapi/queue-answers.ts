/** The answers about what waits, as `answer-schemas.ts` has the rest. */

import { Type } from 'typebox'

const waiting = {
  _id: Type.String({ description: 'The same as ZaapId.' }),
  DelayMessage: Type.Integer({ description: 'Seconds before the next message; -1: as always.' }),
  Message: Type.String({ description: 'The text, its code masked.' }),
  Code: Type.Optional(Type.String({ description: '**Ours.** The code, masked.' })),
  Status: Type.String({ description: '**Ours.** Only what is QUEUED can be deleted.' }),
  IsTrial: Type.Boolean({ description: 'Always false.' }),
  InstanceId: Type.String({ description: 'Whose message it is.' }),
  Phone: Type.String({ description: 'Whom it goes to.' }),
  ZaapId: Type.String({ description: 'Our id of the message.' }),
  DelayTyping: Type.Integer({ description: 'Seconds of "typing…" before it.' }),
  MessageId: Type.String({ description: "WhatsApp's id of it." }),
  Created: Type.Number({ description: 'When it was accepted, milliseconds since 1970.' }),
}

const example = {
  _id: '019D44C1A7E07B51A3A0F3F2D5C7B9E1',
  DelayMessage: -1,
  Message: 'Seu código de acesso é ••••56',
  Code: '••••56',
  Status: 'QUEUED',
  IsTrial: false,
  InstanceId: '019D44C09B3E7A10B1C2D3E4F5061728',
  Phone: '5511999999999',
  ZaapId: '019D44C1A7E07B51A3A0F3F2D5C7B9E1',
  DelayTyping: 0,
  MessageId: '3EB0A25BD6C67CBA164D3F',
  Created: 1_795_600_000_000,
}

export const queueBeginning = Type.Object(
  { messages: Type.Array(Type.Object(waiting), { description: 'The first ones to go.' }) },
  { description: 'The beginning of the queue.', examples: [{ messages: [example] }] },
)

export const queuePage = Type.Object(
  {
    messages: Type.Array(
      Type.Object({
        ...waiting,
        CreatedAt: Type.String({ description: 'The same as Created, ISO 8601.' }),
        Beta: Type.Boolean({ description: 'Always false.' }),
      }),
      { description: 'In the order in which they go.' },
    ),
    pagingState: Type.Unsafe<string | null>({
      type: ['string', 'null'],
      description: 'Asks for the next page; null on the last one.',
    }),
    hasMore: Type.Boolean({ description: 'Whether there is a next page.' }),
  },
  {
    description: 'One page of the queue.',
    examples: [
      {
        messages: [{ ...example, CreatedAt: '2026-11-25T10:26:40.000+00:00', Beta: false }],
        pagingState: null,
        hasMore: false,
      },
    ],
  },
)

export const queueCount = Type.Object(
  { count: Type.Integer({ description: 'How many messages wait.' }) },
  { description: 'The length of the queue.', examples: [{ count: 1 }] },
)

export const deletedAll = Type.Object(
  {
    deleted: Type.Integer({ description: '**Ours.** How many were deleted.' }),
    kept: Type.Integer({ description: '**Ours.** How many were not: they may be on their way.' }),
  },
  { description: 'What was deleted will not be sent.', examples: [{ deleted: 1, kept: 0 }] },
)

export const deletedOne = Type.Object(
  { deleted: Type.Integer({ description: '**Ours.** 0 where there was nothing to delete.' }) },
  { description: 'The message will not be sent.', examples: [{ deleted: 1 }] },
)
