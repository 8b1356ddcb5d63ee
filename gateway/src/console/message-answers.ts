/** What pages read of messages: the list, what happened to each, and what waits. */

import { type Static, Type } from 'typebox'
import { contentKinds } from '../domain/content/index.js'
import { messageStatuses } from '../domain/message-status.js'
import { moveReasons } from '../domain/pool.js'
import { priorities } from '../domain/priority.js'
import { holdReasons } from '../domain/sending-limits.js'
import { moment, next, optional } from './answer-shapes.js'

export const messageStatus = Type.Enum([...messageStatuses])

const summaryProperties = {
  id: Type.String(),
  /** Digits of a person, else the id of a group or a LID. */
  to: Type.String(),
  status: messageStatus,
  /** Masked, and only while it waits. */
  code: optional.text,
  acceptedAt: moment,
  sentAt: optional.moment,
  deliveredAt: optional.moment,
  readAt: optional.moment,
  endedAt: optional.moment,
  attempts: Type.Integer(),
  failure: optional.text,
  fellBack: Type.Boolean(),
}

export const messageSummary = Type.Object(summaryProperties)

export const messagesAnswer = Type.Object({ messages: Type.Array(messageSummary), next })

const foundMessage = Type.Object({
  ...summaryProperties,
  whatsappId: Type.String(),
  instanceId: Type.String(),
  instanceName: Type.String(),
  /** Missing where an older version accepted it. */
  kind: Type.Optional(Type.Enum([...contentKinds])),
  priority: Type.Enum([...priorities]),
  /** Why it was not sent, in a sentence. */
  explanation: optional.text,
})

export const foundAnswer = Type.Object({
  messages: Type.Array(foundMessage),
  next,
  /** How many there are; on the first page. */
  total: Type.Optional(Type.Integer()),
  /** There are more than are counted. */
  isMore: Type.Optional(Type.Boolean()),
})

/** In each language that the console speaks. */
const spoken = Type.Object({ en: Type.String(), pt: Type.String() })

export const timelineStep = Type.Object({
  kind: Type.Enum([
    'accepted',
    'attempt',
    'moved',
    'sent',
    'delivered',
    'read',
    'played',
    'failed',
    'expired',
    'cancelled',
  ]),
  at: moment,
  /** Of an attempt. */
  outcome: Type.Optional(
    Type.Enum([
      'sending',
      'sent',
      'refused',
      'unknown',
      'not-sent',
      'too-late',
      'no-such-recipient',
      'recipient-unreachable',
      'file-refused',
      'not-possible',
    ]),
  ),
  refusalCode: Type.Optional(Type.Integer()),
  /** Of a move between members of a pool: their names, and why. */
  from: optional.text,
  to: optional.text,
  cause: Type.Optional(Type.Enum(moveReasons)),
})

export const messageAnswer = Type.Object({
  id: Type.String(),
  whatsappId: Type.String(),
  to: Type.String(),
  status: messageStatus,
  acceptedAt: moment,
  expiresAt: optional.moment,
  steps: Type.Array(timelineStep),
  /** Why it ended so, or what is special about it, and what helps. */
  diagnosis: Type.Optional(Type.Object({ cause: spoken, cure: spoken })),
})

export const queueAnswer = Type.Object({
  count: Type.Integer(),
  messages: Type.Array(
    Type.Object({
      id: Type.String(),
      to: Type.String(),
      status: messageStatus,
      text: Type.String(),
      code: optional.text,
      acceptedAt: moment,
      /** The limit that holds it now. */
      heldBy: Type.Optional(Type.Enum([...holdReasons])),
      /** When it leaves, as far as is known; missing while the number is disconnected. */
      expectedAt: optional.moment,
    }),
  ),
  next,
})
export const cancelledAnswer = Type.Object({
  cancelled: Type.Integer(),
  /** So many could not be taken back: they are on their way. */
  kept: Type.Integer(),
})

export type MessageStatus = Static<typeof messageStatus>
export type MessageSummary = Static<typeof messageSummary>
export type FoundMessage = Static<typeof foundMessage>
export type FoundAnswer = Static<typeof foundAnswer>
export type MessageKind = NonNullable<FoundMessage['kind']>
export type MessagePriority = FoundMessage['priority']
export type MessagesAnswer = Static<typeof messagesAnswer>
export type TimelineStep = Static<typeof timelineStep>
export type MessageAnswer = Static<typeof messageAnswer>
export type QueueAnswer = Static<typeof queueAnswer>
export type CancelledAnswer = Static<typeof cancelledAnswer>
