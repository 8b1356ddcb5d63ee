import { Type } from 'typebox'
import { NotConnectedError } from '../../domain/errors.js'
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
  description:
    'Each setting has a list of its own. WhatsApp is asked; while the instance is disconnected the answer is the list as it was known last.',
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
      description: 'The list.',
      examples: [{ disallowedContacts: ['5511999999999'] }],
    },
  ),
  refusals: privacyRefusals,
  handle: async ({ instance }, { query }, { account, directory }) => {
    const list = settings[query.type]
    const askedNow = async () => account.accountOf(instance.id).privacy.excluded(list)
    const people = await askedNow().catch(async (cause: unknown) => {
      const known = await directory.privacy.list(instance.id, list)
      if (!(cause instanceof NotConnectedError) || known === undefined) throw cause
      return known
    })
    return { disallowedContacts: people.map(({ phone, lid }) => phone ?? `${lid}@lid`) }
  },
})
