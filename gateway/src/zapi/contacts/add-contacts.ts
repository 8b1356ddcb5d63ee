import { Type } from 'typebox'
import { listEndpoint } from '../endpoint.js'
import { noAnswer, notConnected } from '../refusals.js'
import { contactsAnswer, mostContacts, phoneIn, problemsOf } from './contact-list.js'

const name = (description: string) => Type.String({ minLength: 1, maxLength: 100, description })

export const addContacts = listEndpoint({
  method: 'POST',
  path: '/contacts/add',
  tag: 'contacts',
  summary: 'Saves people in the address book of the phone.',
  description:
    'A person who is saved already gets the new name. After an error the first of them may be saved; saving them again is safe.',
  items: Type.Object(
    {
      firstName: name('First name.'),
      lastName: Type.Optional(
        Type.Union([name('Last name.'), Type.Literal(''), Type.Null()], {
          description: 'Last name.',
        }),
      ),
      phone: Type.Unknown({ description: 'The number, with its country.' }),
    },
    { description: 'One person.' },
  ),
  maxItems: mostContacts,
  example: [{ firstName: 'Ana', lastName: 'Souza', phone: '5511999999999' }],
  audit: 'contacts-changed',
  answer: contactsAnswer,
  refusals: { ...notConnected, ...noAnswer },
  handle: async ({ instance }, people, { account }) => {
    const contacts = people.map(({ firstName, lastName, phone }, index) => ({
      firstName,
      lastName: lastName || undefined,
      phone: phoneIn(phone, `[${index}].phone`),
    }))
    return problemsOf(await account.accountOf(instance.id).contacts.save(contacts))
  },
})
