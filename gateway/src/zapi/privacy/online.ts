import { Type } from 'typebox'
import { success } from '../answer-schemas.js'
import { endpoint } from '../endpoint.js'
import { privacyRefusals } from './attributes.js'

export const online = endpoint({
  method: 'POST',
  path: '/privacy/online',
  tag: 'privacy',
  summary: 'Sets who sees that this number is online.',
  description: 'Everyone, or the people who see when it was last online.',
  body: {
    visualizationType: Type.Enum(['ALL', 'SAME_LAST_SEEN'], { description: 'Who sees it.' }),
  },
  example: { visualizationType: 'ALL' },
  audit: 'privacy-changed',
  answer: success,
  refusals: privacyRefusals,
  handle: async ({ instance }, { body }, { account }) => {
    const audience = body.visualizationType === 'ALL' ? 'all' : 'as-last-seen'
    await account.accountOf(instance.id).privacy.setOnline(audience)
    return { success: true }
  },
})
