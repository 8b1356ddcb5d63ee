import { Type } from 'typebox'
import { endpoint } from '../endpoint.js'
import { pageIn, pageQuery } from '../paging.js'
import { noAnswer, notConnected } from '../refusals.js'
import { phoneOf } from '../to-zapi.js'

/** The rest of what Z-API tells is of the chat on the phone, which is not known here. */
const ofChat = {
  unread: '0',
  lastMessageTime: '0',
  isMuted: '0',
  isMarkedSpam: 'false',
  archived: 'false',
  pinned: 'false',
  muteEndTime: null,
  messagesUnread: '0',
} as const

const unknownText = (description: string) =>
  Type.String({ description: `${description} Always the same: it is not known.` })

export const listGroups = endpoint({
  method: 'GET',
  path: '/groups',
  tag: 'group',
  summary: 'Lists the groups that the number is in.',
  description:
    'It asks WhatsApp, at most every 10 seconds. Only isGroup, name and phone are known: the rest is that of a chat that nobody has touched.',
  query: pageQuery('groups'),
  answer: Type.Array(
    Type.Object({
      isGroup: Type.Boolean({ description: 'Always true.' }),
      name: Type.String({ description: 'The name of the group.' }),
      phone: Type.String({ description: 'The id of the group.' }),
      unread: unknownText('How many messages are unread.'),
      lastMessageTime: unknownText('When the last message came.'),
      isMuted: unknownText('Whether the chat is muted.'),
      isMarkedSpam: unknownText('Whether the chat was reported.'),
      archived: unknownText('Whether the chat is archived.'),
      pinned: unknownText('Whether the chat is pinned.'),
      muteEndTime: Type.Null({
        description: 'Until when the chat is muted. Always null: it is not known.',
      }),
      messagesUnread: unknownText('How many messages are unread.'),
    }),
    {
      description: 'One page, by id. Empty after the last one.',
      examples: [
        [{ isGroup: true, name: 'Condomínio', phone: '120363019502650977-group', ...ofChat }],
      ],
    },
  ),
  refusals: { ...notConnected, ...noAnswer },
  handle: async ({ instance }, { query }, { groups }) => {
    const { from, to } = pageIn(query)
    const all = await groups.groupsOf(instance.id).list()
    return all
      .filter(({ isCommunity }) => !isCommunity)
      .toSorted((one, other) => (one.group < other.group ? -1 : 1))
      .slice(from, to)
      .map(({ group, subject }) => ({
        isGroup: true,
        name: subject,
        phone: phoneOf({ kind: 'group', group }),
        ...ofChat,
      }))
  },
})
