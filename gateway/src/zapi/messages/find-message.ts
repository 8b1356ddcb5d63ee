import { type Static, Type } from 'typebox'
import type { MessageStatus } from '../../domain/message-status.js'
import { type Move, moveReasons } from '../../domain/pool.js'
import type { MessageHistory } from '../../outbox/history/message-history.js'
import { ids, sentExample } from '../answer-schemas.js'
import { errorKeys, fallbackOf } from '../callbacks.js'
import { endpoint } from '../endpoint.js'
import { MessageNotFoundError } from '../error-replies.js'
import { phoneOf, sendAnswer } from '../to-zapi.js'
import { zaapIdParams } from '../zaap-id.js'

type AttemptOutcome = MessageHistory['attempts'][number]['outcome']

const moment = (what: string) => Type.Integer({ description: `${what}, milliseconds since 1970.` })

export const move = Type.Object({
  movedAt: moment('When'),
  from: Type.String({ description: 'The id of the member that had it.' }),
  to: Type.String({ description: 'The id of the member that took it over.' }),
  reason: Type.Enum([...moveReasons], {
    description:
      'disconnected: its member was away. restricted: its member may start no conversation. refused: WhatsApp refused it because of the number. unknown: WhatsApp did not confirm it, and `onUnknown` allows a second copy. removed: its member left the pool. full: its member has reached a limit. order: another member writes to the person by now, and the order of the chat holds.',
  }),
})

const answer = Type.Object(
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
      {
        description:
          'Where it stands. UNKNOWN: written and not confirmed, it goes again under the same id. RECEIVED: delivered. CANCELLED: deleted from the queue.',
      },
    ),
    acceptedAt: moment('When it was stored'),
    expiresAt: Type.Optional(moment('After this it is not sent any more')),
    sentAt: Type.Optional(moment('When WhatsApp took it')),
    receivedAt: Type.Optional(moment('When it was delivered')),
    readAt: Type.Optional(moment('When it was read')),
    playedAt: Type.Optional(moment('When it was played')),
    endedAt: Type.Optional(moment('When it failed, expired or was cancelled')),
    attempts: Type.Array(
      Type.Object({
        startedAt: moment('When it began'),
        endedAt: Type.Optional(moment('When it ended')),
        messageId: Type.String({ description: "WhatsApp's id in this attempt." }),
        outcome: Type.Enum(
          [
            'SENDING',
            'SENT',
            'REFUSED',
            'UNKNOWN',
            'NOT_SENT',
            'EXPIRED',
            'NO_SUCH_RECIPIENT',
            'RECIPIENT_UNREACHABLE',
            'FILE_REFUSED',
            'NOT_POSSIBLE',
          ],
          {
            description:
              'How it ended. UNKNOWN: it may have arrived. NOT_SENT: the connection broke before it left. RECIPIENT_UNREACHABLE: WhatsApp takes nothing for this recipient. FILE_REFUSED: by the media server of WhatsApp.',
          },
        ),
        code: Type.Optional(Type.Integer({ description: "WhatsApp's code of a refusal." })),
      }),
      { description: 'The last 20 times it was given to WhatsApp.' },
    ),
    poolId: Type.Optional(Type.String({ description: 'The pool that it was sent to.' })),
    moves: Type.Optional(
      Type.Array(move, {
        description: 'Of a message of a pool that went from one member to another.',
      }),
    ),
    fallback: Type.Optional(
      Type.Unknown({
        description: 'What went instead of the button, and why: as in the DeliveryCallback.',
      }),
    ),
    failure: Type.Optional(
      Type.Object(
        { reason: Type.String({ description: 'One word for programs.' }) },
        {
          description:
            'Why it was not sent, with `error` and `errorCode` as in the DeliveryCallback.',
        },
      ),
    ),
  },
  {
    description: 'Times of what did not happen are left out.',
    examples: [
      {
        ...sentExample,
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

export const findMessage = endpoint({
  method: 'GET',
  path: '/messages/:zaapId',
  tag: 'message',
  forPools: true,
  summary: 'Tells where a message stands, its attempts and why it ended.',
  description: '**Ours**, for callers that ask instead of receiving callbacks.',
  params: zaapIdParams,
  answer,
  handle: async ({ instance }, { params }, { histories }) => {
    const history = await histories.find(instance.id, params.zaapId)
    if (history === undefined) throw new MessageNotFoundError('Message not found')
    return describe(history)
  },
})

/** Where Z-API has a word for it, that one. */
export const statusNames: Record<MessageStatus, string> = {
  queued: 'QUEUED',
  sending: 'SENDING',
  unknown: 'UNKNOWN',
  sent: 'SENT',
  delivered: 'RECEIVED',
  read: 'READ',
  played: 'PLAYED',
  failed: 'FAILED',
  expired: 'EXPIRED',
  cancelled: 'CANCELLED',
}

const outcomeNames: Record<AttemptOutcome, string> = {
  sending: 'SENDING',
  sent: 'SENT',
  refused: 'REFUSED',
  unknown: 'UNKNOWN',
  'not-sent': 'NOT_SENT',
  'too-late': 'EXPIRED',
  'no-such-recipient': 'NO_SUCH_RECIPIENT',
  'recipient-unreachable': 'RECIPIENT_UNREACHABLE',
  'file-refused': 'FILE_REFUSED',
  'not-possible': 'NOT_POSSIBLE',
}

export function toldMove({ at, from, to, why }: Move): Static<typeof move> {
  return { movedAt: at, from, to, reason: why }
}

/** JSON leaves out what is undefined: times of what did not happen. */
function describe(history: MessageHistory): object {
  const { failure, fallback, pool } = history
  return {
    ...sendAnswer(history),
    instanceId: history.instanceId,
    phone: phoneOf(history.recipient),
    status: statusNames[history.status],
    acceptedAt: history.acceptedAt,
    expiresAt: history.expiresAt,
    sentAt: history.sentAt,
    receivedAt: history.deliveredAt,
    readAt: history.readAt,
    playedAt: history.playedAt,
    endedAt: history.endedAt,
    attempts: history.attempts.map((attempt) => ({
      startedAt: attempt.claimedAt,
      endedAt: attempt.endedAt,
      messageId: attempt.whatsappId,
      outcome: outcomeNames[attempt.outcome],
      code: attempt.refusalCode,
    })),
    ...(pool && { poolId: pool.id }),
    ...(pool &&
      pool.moves.length > 0 && {
        moves: pool.moves.map(toldMove),
      }),
    fallback: fallback && fallbackOf(fallback),
    // Not `error` beside the rest: clients take an answer that has one for a failure of the call.
    failure: failure && { reason: failure.reason, ...errorKeys(failure) },
  }
}
