import { Type } from 'typebox'
import { value } from '../answer-schemas.js'
import { endpoint } from '../endpoint.js'
import { imageSourceOf } from '../from-zapi.js'
import { noAnswer, notConnected } from '../refusals.js'
import { communityExample, communityId, communityOf } from './community-attributes.js'

export const updateCommunityPhoto = endpoint({
  method: 'POST',
  path: '/update-community-photo',
  tag: 'communities',
  summary: 'Changes the picture of a community.',
  description:
    'Any image; its middle becomes a square. The number has to be an admin of the community.',
  takes: 'file',
  body: {
    communityId: Type.Optional(communityId),
    communityPhoto: Type.String({ minLength: 1, description: 'A URL, or base64, at most 5 MB.' }),
  },
  example: {
    communityId: communityExample,
    communityPhoto:
      'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  },
  audit: 'group-changed',
  answer: value,
  refusals: { ...notConnected, ...noAnswer },
  handle: async ({ instance, gone }, { body }, { groups, pictures, isAllowedAddress }) => {
    const id = communityOf(body.communityId)
    const source = imageSourceOf(body.communityPhoto, isAllowedAddress, 'communityPhoto')
    // Without a connection nothing is downloaded.
    groups.groupsOf(instance.id)
    const picture = await pictures.prepareProfilePicture(source, gone)
    await groups.groupsOf(instance.id).setPicture(id, picture)
    return { value: true }
  },
})
