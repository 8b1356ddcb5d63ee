import { Type } from 'typebox'
import { chatOf } from '../../domain/chat.js'
import { success } from '../answer-schemas.js'
import { endpoint } from '../endpoint.js'
import { InvalidRequestError } from '../error-replies.js'
import { recipientOf } from '../from-zapi.js'
import { chatInPath } from '../reading/chat.js'
import { noAnswer, notConnected } from '../refusals.js'

/** More does not fit the app's note. */
const longestNote = 5_000

export const chatsNotes = endpoint({
  method: 'POST',
  path: '/chats/:phone/notes',
  tag: 'business',
  summary: 'Writes down a note about a person.',
  description:
    'It replaces the one before; an empty one removes it. The person does not see it. Only for numbers of the WhatsApp Business app, and not for groups. Notes that were written on the phone are not known here.',
  takes: 'text',
  keepBlanks: true,
  params: { phone: chatInPath },
  body: {
    notes: Type.String({ maxLength: longestNote, description: 'The note; empty removes it.' }),
  },
  example: { notes: 'Prefere entrega de manhã' },
  audit: 'chat-changed',
  answer: success,
  refusals: { ...notConnected, ...noAnswer },
  handle: async ({ instance }, { params, body }, { account, directory }) => {
    const asked = recipientOf(params.phone)
    if (asked.kind === 'group')
      throw new InvalidRequestError('Invalid phone: WhatsApp has no notes about groups')
    const { labels } = account.accountOf(instance.id)
    const chat = chatOf(asked)
    const note = await directory.notes.withContent(instance.id, chat, body.notes.trim())
    await labels.note(asked, note)
    await directory.notes.put(instance.id, chat, note)
    return { success: true }
  },
})
