import { Type } from 'typebox'
import { earlierId } from '../message-context.js'
import { send } from '../send.js'

/** WhatsApp's polls have at most 12 options of 100 characters. */
const mostOptions = 12
const longestOption = 100

export const sendPollVote = send({
  path: '/send-poll-vote',
  summary: 'Votes in a poll.',
  description: 'Another vote takes the place of the first one, and an empty list takes it back.',
  body: {
    pollMessageId: earlierId('The poll. It must be one of this chat that is kept.'),
    pollVote: Type.Array(
      Type.Object({
        name: Type.String({ maxLength: longestOption, description: 'As the poll writes it.' }),
      }),
      { maxItems: mostOptions, description: 'The chosen options.' },
    ),
  },
  example: {
    phone: '120363019502650977-group',
    pollMessageId: '3EB0A25BD6C67CBA164D3F',
    pollVote: [{ name: 'Manhã' }],
  },
  content: ({ pollMessageId: target, pollVote }) => ({
    kind: 'poll-vote',
    target,
    options: [...new Set(pollVote.map(({ name }) => name))],
  }),
})
