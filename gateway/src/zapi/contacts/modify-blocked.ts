import { Type } from 'typebox'
import { value } from '../answer-schemas.js'
import { endpoint } from '../endpoint.js'
import { noAnswer, notConnected } from '../refusals.js'
import { personIn } from './person.js'

export const modifyBlocked = endpoint({
  method: 'POST',
  path: '/contacts/modify-blocked',
  tag: 'contacts',
  summary: 'Blocks a person, or ends that.',
  description:
    'Messages and calls of a blocked person do not arrive, and they do not see when this number is online.',
  body: {
    // Missing, blank and unreadable numbers get the same answer, so none is checked here.
    phone: Type.Optional(
      Type.Unknown({ description: 'Required. A number with its country, or a LID.' }),
    ),
    action: Type.Enum(['block', 'unblock'], { description: 'What is done.' }),
  },
  example: { phone: '5511999999999', action: 'block' },
  audit: 'contacts-changed',
  answer: value,
  refusals: { ...notConnected, ...noAnswer },
  handle: async ({ instance }, { body }, { account }) => {
    const person = personIn(body.phone)
    await account.accountOf(instance.id).contacts.setBlocked(person, body.action === 'block')
    return { value: true }
  },
})
