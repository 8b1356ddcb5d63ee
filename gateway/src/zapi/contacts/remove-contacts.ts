import { Type } from 'typebox'
import { listEndpoint } from '../endpoint.js'
import { noAnswer, notConnected } from '../refusals.js'
import { contactsAnswer, mostContacts, phoneIn, problemsOf } from './contact-list.js'

export const removeContacts = listEndpoint({
  method: 'DELETE',
  path: '/contacts/remove',
  tag: 'contacts',
  summary: 'Removes people from the address book of the phone.',
  description: 'Chats with them stay. Numbers that are not saved are left as they are.',
  items: Type.Unknown({ description: 'A number, with its country.' }),
  maxItems: mostContacts,
  example: ['5511999999999'],
  audit: 'contacts-changed',
  answer: contactsAnswer,
  refusals: { ...notConnected, ...noAnswer },
  handle: async ({ instance }, phones, { account }) => {
    const numbers = phones.map((phone, index) => phoneIn(phone, `[${index}]`))
    await account.accountOf(instance.id).contacts.remove(numbers)
    return problemsOf([])
  },
})
