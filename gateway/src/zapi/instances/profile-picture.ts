import { value } from '../answer-schemas.js'
import { endpoint } from '../endpoint.js'
import { imageSourceOf } from '../from-zapi.js'
import { noAnswer, notConnected } from '../refusals.js'
import { valueBody } from './value-body.js'

export const profilePicture = endpoint({
  method: 'PUT',
  path: '/profile-picture',
  tag: 'instance',
  summary: 'Changes the picture that the number shows on WhatsApp.',
  description: 'Any image; its middle becomes a square.',
  keepBlanks: true,
  takes: 'file',
  body: valueBody('A URL, or base64, at most 5 MB.', { minLength: 1, 'x-file': 'image/*' }),
  example: {
    value:
      'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  },
  audit: 'profile-changed',
  answer: value,
  refusals: { ...notConnected, ...noAnswer },
  handle: async ({ instance, gone }, { body }, { profiles, pictures, isAllowedAddress }) => {
    const source = imageSourceOf(body.value, isAllowedAddress, 'value')
    // Without a connection nothing is downloaded.
    profiles.profilesOf(instance.id)
    const picture = await pictures.prepareProfilePicture(source, gone)
    await profiles.profilesOf(instance.id).setPicture(picture)
    return { value: true }
  },
})
