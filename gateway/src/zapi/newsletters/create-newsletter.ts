import { Type } from 'typebox'
import { endpoint } from '../endpoint.js'
import { nameIn } from '../groups/group-name.js'
import { noAnswer, notConnected } from '../refusals.js'
import { phoneOf } from '../to-zapi.js'
import { longestDescription, name, newsletterExample } from './newsletter-attributes.js'

export const createNewsletter = endpoint({
  method: 'POST',
  path: '/create-newsletter',
  tag: 'newsletter',
  summary: 'Makes a channel with this number as its owner.',
  description:
    'The terms of channels have to be accepted once in the WhatsApp app. Sent again after no answer, it may make a second channel.',
  body: {
    name,
    description: Type.Optional(
      Type.String({ maxLength: longestDescription, description: 'What the channel is about.' }),
    ),
  },
  example: { name: 'Condomínio', description: 'Avisos do prédio' },
  audit: 'newsletter-changed',
  status: 201,
  answer: Type.Object(
    { id: Type.String({ description: 'The id of the channel.' }) },
    { description: 'The channel was made.', examples: [{ id: newsletterExample }] },
  ),
  refusals: { ...notConnected, ...noAnswer },
  handle: async ({ instance }, { body }, { newsletters }) => {
    const text = nameIn(body.name, 'name')
    const newsletter = await newsletters
      .newslettersOf(instance.id)
      .create(text, body.description?.trim() ?? '')
    return { id: phoneOf({ kind: 'newsletter', newsletter }) }
  },
})
