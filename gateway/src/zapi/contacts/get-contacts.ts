import { Type } from 'typebox'
import { endpoint } from '../endpoint.js'
import { pageQuery, portionIn } from '../paging.js'
import { contactAnswer, contactExample, contactKeys } from './contact-answer.js'

export const getContacts = endpoint({
  method: 'GET',
  path: '/contacts',
  tag: 'contacts',
  summary: 'Lists the people whose names the number knows.',
  description:
    'From the history and the address book that the phone uploads when the number is linked, and from what was heard since. Reading them takes some minutes after the linking. People who are not in the address book are listed with the name that they chose. It answers without a connection too.',
  query: pageQuery('people'),
  answer: Type.Array(Type.Object(contactAnswer), {
    description:
      'One page, always in the same order. Empty after the last one. A name that is not known is empty.',
    examples: [[contactExample]],
  }),
  handle: async ({ instance }, { query }, { directory }) => {
    const contacts = await directory.contacts.list(instance.id, portionIn(query))
    return contacts.map(({ person, ...facts }) => contactKeys(person, facts))
  },
})
