import { Type } from 'typebox'
import { success } from '../answer-schemas.js'
import { endpoint } from '../endpoint.js'
import { privacyRefusals } from './attributes.js'

const daySeconds = 86_400
export const timers = {
  hours24: daySeconds,
  days7: 7 * daySeconds,
  days90: 90 * daySeconds,
  disable: 0,
} as const

export const messagesDuration = endpoint({
  method: 'POST',
  path: '/privacy/messages-duration',
  tag: 'privacy',
  summary: 'Sets after how long the messages of new chats disappear.',
  description: 'Chats that are there keep their own time.',
  query: {
    value: Type.Enum(['hours24', 'days7', 'days90', 'disable'], {
      description: 'After how long, or never.',
      examples: ['days7'],
    }),
  },
  audit: 'privacy-changed',
  answer: success,
  refusals: privacyRefusals,
  handle: async ({ instance }, { query }, { account }) => {
    await account.accountOf(instance.id).privacy.setDefaultTimer(timers[query.value])
    return { success: true }
  },
})
