import { value } from '../answer-schemas.js'
import { endpoint } from '../endpoint.js'
import { noAnswer, notConnected } from '../refusals.js'
import { nameIn } from './name-in.js'
import { valueBody } from './value-body.js'

/** WhatsApp's app takes no longer names. */
const longestName = 25

export const profileName = endpoint({
  method: 'PUT',
  path: '/profile-name',
  tag: 'instance',
  summary: 'Changes the name that the number shows on WhatsApp.',
  description: 'Business names that WhatsApp has verified cannot be changed here.',
  keepBlanks: true,
  body: valueBody('The new name.', { minLength: 1, maxLength: longestName }),
  example: { value: 'Loja do centro' },
  audit: 'profile-changed',
  answer: value,
  refusals: { ...notConnected, ...noAnswer },
  handle: async ({ instance }, { body }, { profiles }) => {
    await profiles.profilesOf(instance.id).setName(nameIn(body.value))
    return { value: true }
  },
})
