import { value } from '../answer-schemas.js'
import { endpoint } from '../endpoint.js'
import { noAnswer, notConnected } from '../refusals.js'
import { valueBody } from './value-body.js'

/** WhatsApp's app takes no longer texts. */
const longestAbout = 139

export const profileDescription = endpoint({
  method: 'PUT',
  path: '/profile-description',
  tag: 'instance',
  summary: 'Changes the text about the number on WhatsApp.',
  description: 'The "about" of the profile.',
  keepBlanks: true,
  body: valueBody('The new text; empty clears it.', { maxLength: longestAbout }),
  example: { value: 'Aberto das 9 às 18' },
  audit: 'profile-changed',
  answer: value,
  refusals: { ...notConnected, ...noAnswer },
  handle: async ({ instance }, { body }, { profiles }) => {
    await profiles.profilesOf(instance.id).setAbout(body.value.trim())
    return { value: true }
  },
})
