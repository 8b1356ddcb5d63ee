import { Type } from 'typebox'
import { endpoint } from '../endpoint.js'
import { pageQuery, portionIn } from '../paging.js'
import { chatAnswer, chatExample, chatKeys, contactsOf } from './chat-answer.js'
import { foundChats, mostSearched } from './found-chats.js'

export const getChats = endpoint({
  method: 'GET',
  path: '/chats',
  tag: 'chats',
  summary: 'Lists the chats of the number.',
  description:
    'From the history that the phone uploads when the number is linked, and from what was heard since. Reading the history takes some minutes after the linking. It answers without a connection too. The chat that was last talked in comes first, so pages shift while people write.',
  query: {
    ...pageQuery('chats'),
    search: Type.Optional(
      Type.String({
        maxLength: 100,
        description: `**Ours.** Lists only chats with this in their name or number; case and accents do not count. The ${mostSearched.toLocaleString('en')} chats that were last talked in are searched.`,
        examples: ['souza'],
      }),
    ),
  },
  answer: Type.Array(Type.Object(chatAnswer), {
    description: 'One page. Empty after the last one.',
    examples: [[chatExample]],
  }),
  handle: async ({ instance }, { query }, { directory }) => {
    const sought = query.search?.trim() ?? ''
    const portion = portionIn(query)
    const chats =
      sought === ''
        ? await directory.chats.list(instance.id, portion)
        : await foundChats(directory, instance.id, sought, portion)
    const ids = chats.map(({ chat }) => chat)
    const contactOf = await contactsOf(directory, instance.id, ids)
    const notes = await directory.notes.findAll(instance.id, ids)
    return chats.map((known, index) => chatKeys(known, contactOf(known.chat), notes[index]))
  },
})
