import { Type } from 'typebox'
import { shownBy } from '../chats/shown-by.js'
import { endpoint } from '../endpoint.js'
import { InvalidRequestError } from '../error-replies.js'
import { chatIn } from '../reading/chat.js'
import { contactAnswer, contactExample, contactKeys } from './contact-answer.js'

export const contactMetadata = endpoint({
  method: 'GET',
  path: '/contacts/:phone',
  tag: 'contacts',
  summary: 'Tells about one person.',
  description:
    'The names are those that WhatsApp told, without a connection too. With a connection it asks WhatsApp for the picture and the about text.',
  params: {
    phone: Type.String({
      maxLength: 100,
      description: 'A number with its country, or a LID.',
      examples: ['5511999999999'],
    }),
  },
  answer: Type.Object(
    {
      ...contactAnswer,
      imgUrl: Type.String({
        description:
          'Where WhatsApp serves the picture, for some hours. Empty without one, where this number may not see it, or without a connection.',
      }),
      about: Type.String({
        description: 'The about text, as WhatsApp told it last. Empty if it is not known.',
      }),
    },
    {
      description: 'What is known of the person. A name that is not known is empty.',
      examples: [
        {
          ...contactExample,
          imgUrl: 'https://pps.whatsapp.net/v/t61.24694-24/picture.jpg',
          about: 'Disponível',
        },
      ],
    },
  ),
  handle: async ({ instance }, { params }, modules) => {
    const chat = chatIn(params.phone)
    if (chat.kind !== 'person')
      throw new InvalidRequestError(
        'Invalid phone: give the number of a person. group-metadata and /chats tell about groups.',
      )
    const known = await modules.directory.contacts.find(instance.id, chat)
    const person = known?.person ?? chat
    const shown = await shownBy(instance.id, { kind: 'person', ...person }, known, modules)
    return { ...contactKeys(person, known ?? {}), imgUrl: shown.picture, about: shown.about }
  },
})
