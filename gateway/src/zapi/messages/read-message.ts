import { Type } from 'typebox'
import { chatOf } from '../../domain/chat.js'
import { endpoint } from '../endpoint.js'
import { InvalidRequestError } from '../error-replies.js'
import { recipientOf } from '../from-zapi.js'
import { earlierId } from '../message-context.js'

export const readMessage = endpoint({
  method: 'POST',
  path: '/read-message',
  tag: 'message',
  summary: 'Shows the author of a message that it was read.',
  description:
    'At once, past the queue. If the number hides its read receipts, only its own devices are told.',
  body: {
    // Missing, blank and unreadable numbers get the same answer, so none is checked here.
    phone: Type.Optional(Type.Unknown({ description: 'Required. The chat.' })),
    messageId: earlierId('The message. In a group it must be one that is kept.'),
  },
  example: { phone: '5511999999999', messageId: '3EB0A25BD6C67CBA164D3F' },
  audit: { none: 'it changes nothing here', byPeople: 'message-submitted' },
  answer: Type.Null({ description: 'WhatsApp has it.' }),
  status: 204,
  handle: async ({ instance }, { body }, { keptMessages, marks }) => {
    const { messageId: whatsappId } = body
    const chat = chatOf(recipientOf(body.phone))
    const kept = await keptMessages.find(instance.id, { whatsappId, chat })
    if (kept === undefined && chat.kind !== 'person')
      throw new InvalidRequestError(
        'messageId names no message of this group that is kept, so it is not known whose it is',
      )
    if (kept?.fromMe) throw new InvalidRequestError('messageId names an own message')
    const { author: sender, chat: place } = kept ?? { author: personIn(chat), chat }
    await marks.markRead(instance.id, { whatsappId, chat: place, sender })
  },
})

function personIn(chat: ReturnType<typeof chatOf>): { phone?: string; lid?: string } {
  if (chat.kind !== 'person') return {}
  const { kind: _, ...person } = chat
  return {
    ...(person.phone === undefined ? {} : { phone: person.phone }),
    ...(person.lid === undefined ? {} : { lid: person.lid }),
  }
}
