import { Type } from 'typebox'
import { endpoint } from '../endpoint.js'
import { ChatNotFoundError } from '../error-replies.js'
import { chatIn, chatInPath } from '../reading/chat.js'
import { chatAnswer, chatExample, chatKeys, contactsOf } from './chat-answer.js'
import { shownBy } from './shown-by.js'

export const chatMetadata = endpoint({
  method: 'GET',
  path: '/chats/:phone',
  aliases: ['/chat/:phone'],
  tag: 'chats',
  summary: 'Tells about one chat.',
  description:
    'From what WhatsApp told, without a connection too. With a connection it asks WhatsApp for the picture and the about text.',
  params: { phone: chatInPath },
  answer: Type.Object(
    {
      ...chatAnswer,
      profileThumbnail: Type.String({
        description:
          'Where WhatsApp serves the picture, for some hours. Empty without one, where this number may not see it, or without a connection.',
      }),
      about: Type.String({
        description:
          'The about text of the person, as WhatsApp told it last. Empty if it is not known.',
      }),
    },
    {
      description: 'What is known of the chat.',
      examples: [{ ...chatExample, profileThumbnail: '', about: 'Disponível' }],
    },
  ),
  refusals: { 404: 'The number has no such chat, or WhatsApp has not told of it.' },
  handle: async ({ instance }, { params }, modules) => {
    const { directory } = modules
    const known = await directory.chats.find(instance.id, chatIn(params.phone))
    if (known === undefined)
      throw new ChatNotFoundError(
        'There is no chat with this phone, or WhatsApp has not told of it. GET /chats lists those that are known.',
      )
    const contactOf = await contactsOf(directory, instance.id, [known.chat])
    const contact = contactOf(known.chat)
    const shown = await shownBy(instance.id, known.chat, contact, modules)
    const note = await directory.notes.find(instance.id, known.chat)
    return {
      ...chatKeys(known, contact, note),
      profileThumbnail: shown.picture,
      about: shown.about,
    }
  },
})
