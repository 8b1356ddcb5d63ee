import { Type } from 'typebox'
import { endpoint } from '../endpoint.js'
import { privacyRefusals } from './attributes.js'

const settings = {
  lastSeen: 'last-seen',
  photo: 'picture',
  description: 'about',
  groupAdd: 'group-adds',
} as const

export const disallowedContacts = endpoint({
  method: 'GET',
  path: '/privacy/disallowed-contacts',
  tag: 'privacy',
  summary: 'Lists who is left out with CONTACT_BLACKLIST.',
  description: 'Each setting has a list of its own. WhatsApp is asked each time.',
  query: {
    type: Type.Enum(['lastSeen', 'photo', 'description', 'groupAdd'], {
      description: 'The list of which setting.',
      examples: ['lastSeen'],
    }),
  },
  answer: Type.Object(
    {
      disallowedContacts: Type.Array(Type.String(), {
        description:
          'Numbers; the LID (164354629388413@lid) of a person whose number is not known.',
      }),
    },
    {
      description: 'As WhatsApp has it now.',
      examples: [{ disallowedContacts: ['5511999999999'] }],
    },
  ),
  refusals: privacyRefusals,
  handle: async ({ instance }, { query }, { account }) => {
    const people = await account.accountOf(instance.id).privacy.excluded(settings[query.type])
    return { disallowedContacts: people.map(({ phone, lid }) => phone ?? `${lid}@lid`) }
  },
})
