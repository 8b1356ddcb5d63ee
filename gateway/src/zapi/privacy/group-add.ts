import { Type } from 'typebox'
import { success } from '../answer-schemas.js'
import { endpoint } from '../endpoint.js'
import { changesIn, contactsBlacklist, privacyRefusals, whoSees } from './attributes.js'

export const groupAdd = endpoint({
  method: 'POST',
  path: '/privacy/group-add',
  tag: 'privacy',
  summary: 'Sets who may put this number into groups.',
  description:
    'Everyone, the contacts, or the contacts without those on the list. The others can send an invitation.',
  body: {
    type: Type.Enum(['ALL', 'CONTACTS', 'CONTACT_BLACKLIST'], { description: 'Who may.' }),
    contactsBlacklist,
  },
  example: { type: 'ALL' },
  audit: 'privacy-changed',
  answer: success,
  refusals: privacyRefusals,
  handle: async ({ instance }, { body }, { account }) => {
    const audience = whoSees[body.type]
    const changes = changesIn(audience, body.contactsBlacklist)
    await account.accountOf(instance.id).privacy.setAudience('group-adds', audience, changes)
    return { success: true }
  },
})
