import { Type } from 'typebox'
import { chatChanges } from '../../domain/chat-changes.js'
import { chatOf } from '../../domain/chat.js'
import { value } from '../answer-schemas.js'
import { endpoint } from '../endpoint.js'
import { recipientOf } from '../from-zapi.js'
import { noAnswer, notConnected } from '../refusals.js'

/** So many messages are marked as read: their authors get one receipt for all. */
const mostRead = 50

export const modifyChat = endpoint({
  method: 'POST',
  path: '/modify-chat',
  tag: 'chats',
  summary: 'Archives, pins, mutes, marks, clears or deletes a chat.',
  description:
    'The phone and the other linked devices show it, too. `read` shows the authors of the last messages that they were read; `mute` lasts until `unmute`; `clear` and `delete` erase the messages of this number alone, here too.',
  body: {
    // Missing, blank and unreadable numbers get the same answer, so none is checked here.
    phone: Type.Optional(
      Type.Unknown({
        description: 'Required. A number with its country, a group or a LID.',
      }),
    ),
    action: Type.Enum([...chatChanges], { description: 'What is done to the chat.' }),
  },
  example: { phone: '5511999999999', action: 'archive' },
  audit: 'chat-changed',
  answer: value,
  refusals: { ...notConnected, ...noAnswer },
  handle: async ({ instance }, { body }, { account, keptMessages }) => {
    const chat = recipientOf(body.phone)
    const { chats } = account.accountOf(instance.id)
    const newest = await keptMessages.inChat(instance.id, chatOf(chat), { limit: mostRead })
    await chats.change(chat, body.action, newest)
    const [last] = newest
    if (last !== undefined && (body.action === 'clear' || body.action === 'delete'))
      await keptMessages.eraseChat(instance.id, chatOf(chat), last.at)
    return { value: true }
  },
})
