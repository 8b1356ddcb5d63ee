import { Type } from 'typebox'
import type { KnownChat } from '../../domain/directory.js'
import { endpoint } from '../endpoint.js'
import { chatKeys } from '../chats/chat-answer.js'
import { pageQuery, portionIn } from '../paging.js'
import { noAnswer, notConnected } from '../refusals.js'
import { groupsOnPage } from './known-groups.js'

const example = {
  isGroup: true,
  name: 'Condomínio',
  phone: '120363019502650977-group',
  unread: '0',
  lastMessageTime: '1730918668000',
  isMuted: '0',
  isMarkedSpam: 'false',
  archived: 'false',
  pinned: 'false',
  muteEndTime: null,
  messagesUnread: '0',
}

export const listGroups = endpoint({
  method: 'GET',
  path: '/groups',
  tag: 'group',
  summary: 'Lists the groups that the number is in.',
  description:
    'It asks WhatsApp, at most every 10 seconds. Without a connection it answers what WhatsApp told last. What it tells of the chat is from the directory, as in GET /chats.',
  query: pageQuery('groups'),
  answer: Type.Array(
    Type.Object({
      isGroup: Type.Boolean({ description: 'Always true.' }),
      name: Type.String({ description: 'The name of the group.' }),
      phone: Type.String({ description: 'The id of the group.' }),
      unread: Type.String({
        description: 'How many messages are unread; 1 if it was marked unread.',
      }),
      lastMessageTime: Type.String({
        description:
          'When the last message was sent, in milliseconds since 1970, unlike in GET /chats; 0 if none is known.',
      }),
      isMuted: Type.String({ description: '`1` or `0`.' }),
      isMarkedSpam: Type.String({ description: '`true` if it was reported.' }),
      archived: Type.String({ description: '`true` or `false`.' }),
      pinned: Type.String({ description: '`true` or `false`.' }),
      muteEndTime: Type.Unsafe<string | null>({
        type: ['string', 'null'],
        description: 'Until when it is muted, in milliseconds since 1970; -1 for ever.',
      }),
      messagesUnread: Type.String({ description: 'How many messages are unread.' }),
    }),
    {
      description: 'One page, by id. Empty after the last one.',
      examples: [[example]],
    },
  ),
  refusals: { ...notConnected, ...noAnswer },
  handle: async ({ instance }, { query }, modules) => {
    const groups = await groupsOnPage(instance.id, portionIn(query), modules)
    const ids = groups.map(({ group }) => ({ kind: 'group', group }) as const)
    const chats = await modules.directory.chats.findAll(instance.id, ids)
    const chatOf = new Map(
      chats.map((known) => [known.chat.kind === 'group' ? known.chat.group : '', known]),
    )
    return groups.map(({ group, subject }) => {
      const chat = { kind: 'group', group } as const
      return groupKeys({ ...(chatOf.get(group) ?? { chat }), name: subject })
    })
  },
})

/** Z-API writes other types here than in the list of chats. */
function groupKeys(known: KnownChat) {
  const {
    muteEndTime,
    messagesUnread,
    isGroupAnnouncement: _,
    ...keys
  } = chatKeys(known, undefined, undefined)
  return {
    ...keys,
    lastMessageTime: String(known.lastMessageAt ?? 0),
    muteEndTime: muteEndTime === undefined ? null : String(muteEndTime),
    messagesUnread: String(messagesUnread),
  }
}
