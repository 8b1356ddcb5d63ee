import { Type } from 'typebox'
import { endpoint } from '../endpoint.js'
import { pageQuery, portionIn } from '../paging.js'
import { chatAnswer, chatExample, chatKeys, contactsOf } from './chat-answer.js'

export const getChats = endpoint({
  method: 'GET',
  path: '/chats',
  tag: 'chats',
  summary: 'Lists the chats of the number.',
  description:
    'From the history that the phone uploads when the number is linked, and from what was heard since. Reading the history takes some minutes after the linking. It answers without a connection too. The chat that was last talked in comes first, so pages shift while people write.',
  query: pageQuery('chats'),
  answer: Type.Array(Type.Object(chatAnswer), {
    description: 'One page. Empty after the last one.',
    examples: [[chatExample]],
  }),
  handle: async ({ instance }, { query }, { directory }) => {
    const chats = await directory.chats.list(instance.id, portionIn(query))
    const ids = chats.map(({ chat }) => chat)
    const contactOf = await contactsOf(directory, instance.id, ids)
    const notes = await directory.notes.findAll(instance.id, ids)
    return chats.map((known, index) => chatKeys(known, contactOf(known.chat), notes[index]))
  },
})
