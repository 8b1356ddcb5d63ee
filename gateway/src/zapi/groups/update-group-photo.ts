import { Type } from 'typebox'
import { value } from '../answer-schemas.js'
import { endpoint } from '../endpoint.js'
import { imageSourceOf } from '../from-zapi.js'
import { noAnswer, notConnected } from '../refusals.js'
import { groupExample, groupId, groupOf } from './group-attributes.js'

export const updateGroupPhoto = endpoint({
  method: 'POST',
  path: '/update-group-photo',
  tag: 'group',
  summary: 'Changes the picture of a group.',
  description:
    'Any image; its middle becomes a square. Where only admins change it, the number has to be one.',
  takes: 'file',
  body: {
    groupId: Type.Optional(groupId),
    // As in Z-API's own collection of examples.
    groupID: Type.Optional(Type.Unknown({ description: 'The same as groupId.' })),
    groupPhoto: Type.String({
      minLength: 1,
      description: 'A URL, or base64, at most 5 MB.',
      'x-file': 'image/*',
    }),
  },
  example: {
    groupId: groupExample,
    groupPhoto:
      'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  },
  audit: 'group-changed',
  answer: value,
  refusals: { ...notConnected, ...noAnswer },
  handle: async ({ instance, gone }, { body }, { groups, pictures, isAllowedAddress }) => {
    const group = groupOf(body.groupId ?? body.groupID)
    const source = imageSourceOf(body.groupPhoto, isAllowedAddress, 'groupPhoto')
    // Without a connection nothing is downloaded.
    groups.groupsOf(instance.id)
    const picture = await pictures.prepareProfilePicture(source, gone)
    await groups.groupsOf(instance.id).setPicture(group, picture)
    return { value: true }
  },
})
