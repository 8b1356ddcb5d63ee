import { Type } from 'typebox'
import { endpoint } from '../endpoint.js'
import { CannotError } from '../error-replies.js'
import { recipientOf } from '../from-zapi.js'
import { earlierId } from '../message-context.js'
import { newsletterIn, sendRefusals } from '../send.js'

/** In a private chat WhatsApp deletes for both sides only what the number itself wrote. */
export const deleteMessage = endpoint({
  method: 'DELETE',
  path: '/messages',
  tag: 'message',
  summary: 'Deletes a message for everyone.',
  description:
    'It is queued behind the messages of its chat, as a message of its own. A DeliveryCallback tells the end.',
  query: {
    phone: Type.String({
      minLength: 1,
      maxLength: 64,
      description: 'The chat.',
      examples: ['5511999999999'],
    }),
    messageId: earlierId('The message.', '3EB0A25BD6C67CBA164D3F'),
    owner: Type.Enum(['true', 'false'], {
      description:
        'true: this number wrote it. false: another member of a group whose admin this number is. false in a private chat is refused with 400.',
      examples: ['true'],
    }),
  },
  audit: { none: 'each message has its own history', byPeople: 'message-submitted' },
  answer: Type.Null({ description: 'It is stored and queued.' }),
  status: 204,
  refusals: sendRefusals,
  handle: async ({ instance }, { query }, { outbox }) => {
    const recipient = newsletterIn(query.phone) ?? recipientOf(query.phone)
    const isOwn = query.owner === 'true'
    if (!isOwn && recipient.kind !== 'group')
      throw new CannotError(
        'outside groups WhatsApp deletes for everyone only what this number wrote. Use owner=true for such a message. Nothing was deleted.',
      )
    const content = { kind: 'deletion', target: query.messageId, isOwn } as const
    await outbox.accept(instance.id, { recipient, content })
  },
})
