import { Type } from 'typebox'
import { chatOf } from '../../domain/chat.js'
import { endpoint } from '../endpoint.js'
import { noAnswer, notConnected } from '../refusals.js'
import { personIn } from './person.js'

export const reportContact = endpoint({
  method: 'POST',
  path: '/contacts/:phone/report',
  tag: 'contacts',
  summary: 'Reports a person to WhatsApp as spam.',
  description:
    'WhatsApp gets the last message that the person wrote. `success` is false where none of them is kept, since WhatsApp takes no report without.',
  params: {
    phone: Type.String({
      description: 'The number, with its country.',
      examples: ['5511999999999'],
    }),
  },
  audit: 'contacts-changed',
  answer: Type.Object(
    {
      success: Type.Boolean({ description: 'Whether WhatsApp has the report.' }),
      error: Type.Optional(Type.String({ description: 'Why not.' })),
    },
    { description: 'What became of it.', examples: [{ success: true }] },
  ),
  refusals: { ...notConnected, ...noAnswer },
  handle: async ({ instance }, { params }, { account, keptMessages }) => {
    const person = personIn(params.phone)
    const { contacts } = account.accountOf(instance.id)
    const last = await keptMessages.inChat(instance.id, chatOf(person), { limit: 100 })
    const evidence = last.find(({ fromMe }) => !fromMe)
    if (evidence === undefined)
      return {
        success: false,
        error: 'WhatsApp takes a report with a message of the person, and none is kept.',
      }
    await contacts.report(person, evidence)
    return { success: true }
  },
})
