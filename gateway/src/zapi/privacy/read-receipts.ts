import { Type } from 'typebox'
import { success } from '../answer-schemas.js'
import { endpoint } from '../endpoint.js'
import { privacyRefusals } from './attributes.js'

export const readReceipts = endpoint({
  method: 'POST',
  path: '/privacy/read-receipts',
  tag: 'privacy',
  summary: 'Shows others that this number has read their messages, or does not.',
  description: 'Switched off, this number does not see it of others either. Groups show it always.',
  query: {
    value: Type.Enum(['enable', 'disable'], { description: 'On or off.', examples: ['enable'] }),
  },
  audit: 'privacy-changed',
  answer: success,
  refusals: privacyRefusals,
  handle: async ({ instance }, { query }, { account }) => {
    await account.accountOf(instance.id).privacy.setReadReceipts(query.value === 'enable')
    return { success: true }
  },
})
