import { Type } from 'typebox'
import { InvalidRequestError } from '../error-replies.js'
import { send } from '../send.js'

/** The limits of WhatsApp Web's form. */
const longestQuestion = 255
const longestOption = 100
const mostOptions = 12

export const sendPoll = send({
  path: '/send-poll',
  summary: 'Sends a poll.',
  description: 'To a group or a person. Votes arrive at the webhook of received messages.',
  body: {
    message: Type.String({
      minLength: 1,
      maxLength: longestQuestion,
      description: 'The question.',
    }),
    poll: Type.Array(
      Type.Object({
        name: Type.String({ minLength: 1, maxLength: longestOption, description: 'The answer.' }),
      }),
      {
        minItems: 2,
        maxItems: mostOptions,
        description: `2 to ${mostOptions} answers, all different.`,
      },
    ),
    pollMaxOptions: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: mostOptions,
        description: 'How many answers one person may choose. As many as there are if unset or 0.',
      }),
    ),
  },
  example: {
    phone: '120363019502650977-group',
    message: 'Qual o melhor horário?',
    poll: [{ name: 'Manhã' }, { name: 'Tarde' }],
  },
  content: ({ message, poll, pollMaxOptions = 0 }) => {
    const options = poll.map(({ name }) => name)
    if (new Set(options).size < options.length)
      throw new InvalidRequestError('poll has the same name twice: each answer must be different')
    if (pollMaxOptions > options.length)
      throw new InvalidRequestError('pollMaxOptions must be at most the number of answers in poll')
    return { kind: 'poll', question: message, options, mostChoices: pollMaxOptions }
  },
})
