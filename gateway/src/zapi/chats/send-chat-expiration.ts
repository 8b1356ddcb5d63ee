import { Type } from 'typebox'
import { value } from '../answer-schemas.js'
import { endpoint } from '../endpoint.js'
import { recipientOf } from '../from-zapi.js'
import { idempotencyKeyOf } from '../idempotency-key.js'
import { refuseMetaAi } from '../meta-ai.js'
import { noAnswer, notConnected } from '../refusals.js'
import { idempotencyKey, sendRefusals } from '../send.js'

const day = 86_400
/** Z-API's own example has small letters. */
const seconds = {
  '24_HOURS': day,
  '7_DAYS': 7 * day,
  '90_DAYS': 90 * day,
  OFF: 0,
  '24_hours': day,
  '7_days': 7 * day,
  '90_days': 90 * day,
  off: 0,
} as const

const durations: (keyof typeof seconds)[] = [
  '24_HOURS',
  '7_DAYS',
  '90_DAYS',
  'OFF',
  '24_hours',
  '7_days',
  '90_days',
  'off',
]

export const sendChatExpiration = endpoint({
  method: 'POST',
  path: '/send-chat-expiration',
  tag: 'chats',
  summary: 'Sets after how long new messages of a chat disappear.',
  description:
    'All messages that are sent to the chat from then on disappear after that time. To a person it is queued as a message of its own behind the messages of the chat, and a DeliveryCallback tells the end. In a group it is done at once; where only admins change the group, the number has to be one.',
  headers: { 'Idempotency-Key': idempotencyKey },
  body: {
    // Missing, blank and unreadable numbers get the same answer, so none is checked here.
    phone: Type.Optional(
      Type.Unknown({
        description: 'Required. A number with its country, a group or a LID.',
      }),
    ),
    chatExpiration: Type.Enum(durations, { description: 'How long. OFF: for ever.' }),
  },
  example: { phone: '5511999999999', chatExpiration: '90_DAYS' },
  audit: 'chat-changed',
  answer: value,
  refusals: { ...sendRefusals, ...notConnected, ...noAnswer },
  handle: async ({ instance, headers }, { body }, { directory, groups, outbox }) => {
    const recipient = recipientOf(body.phone)
    refuseMetaAi(recipient)
    const timerSeconds = seconds[body.chatExpiration]
    if (recipient.kind === 'group') {
      await groups.groupsOf(instance.id).setTimer(recipient.group, timerSeconds)
      await directory.take(instance.id, [
        { kind: 'chat', chat: recipient, facts: { timerSeconds } },
      ])
    } else {
      const content = { kind: 'chat-timer', seconds: timerSeconds } as const
      const options = { idempotencyKey: idempotencyKeyOf(headers) }
      await outbox.accept(instance.id, { recipient, content }, options)
    }
    return { value: true }
  },
})
