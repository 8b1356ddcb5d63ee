import { Type } from 'typebox'
import { GatewayError, WhatsappRefusedError } from '../../domain/errors.js'
import { endpoint } from '../endpoint.js'
import { imageSourceOf } from '../from-zapi.js'
import { noAnswer, notConnected } from '../refusals.js'
import { phoneOf } from '../to-zapi.js'
import { invitationKeys } from './group-answer.js'
import { peopleIn, phones } from './group-attributes.js'
import { groupName, nameIn } from './group-name.js'
import { inviteRefused } from './invite.js'
import { autoInvite, isMissing } from './member-call.js'

export const createGroup = endpoint({
  method: 'POST',
  path: '/create-group',
  tag: 'group',
  summary: 'Makes a group with this number as its admin.',
  description:
    'People who may not be added are told in phonesNotAdded, whether they are invited or not. Sent again after no answer, it may make a second group.',
  takes: 'file',
  body: {
    groupName,
    phones,
    autoInvite,
    profileImage: Type.Optional(
      Type.String({
        description: 'The picture of the group: a URL, or base64, at most 5 MB.',
        'x-file': 'image/*',
      }),
    ),
  },
  example: { groupName: 'Condomínio', phones: ['5511999999999'], autoInvite: true },
  audit: 'group-changed',
  answer: Type.Object(
    {
      phone: Type.String({ description: 'The id of the group.' }),
      phonesNotAdded: Type.Array(Type.String(), {
        description: 'The phones that WhatsApp did not add, as they were given.',
      }),
      invitationLink: Type.String({
        description: 'The invitation link; empty where WhatsApp did not give it.',
      }),
    },
    {
      description: 'The group was made.',
      examples: [
        {
          phone: '120363019502650977-group',
          phonesNotAdded: ['164354629388413@lid'],
          invitationLink: 'https://chat.whatsapp.com/GONwbGGDkLe8BifUWwLgct',
        },
      ],
    },
  ),
  refusals: { ...notConnected, ...noAnswer },
  handle: async ({ instance, gone }, { body }, modules) => {
    const [name, people] = [nameIn(body.groupName), peopleIn(body.phones)]
    const groups = modules.groups.groupsOf(instance.id)
    const image = body.profileImage
    const picture =
      image === undefined
        ? undefined
        : await modules.pictures.prepareProfilePicture(
            imageSourceOf(image, modules.isAllowedAddress, 'profileImage'),
            gone,
          )
    const { group, outcomes } = await groups.create(name, people)
    if (picture !== undefined)
      await groups.setPicture(group, picture).catch((cause: unknown) => {
        throw cause instanceof GatewayError ? withoutPicture(group, cause) : cause
      })
    const { invitationLink } = await invitationKeys(groups.invitation(group))
    if (body.autoInvite === true && invitationLink !== null)
      await inviteRefused(instance.id, outcomes, async () => invitationLink, modules)
    const notAdded = outcomes.filter(({ refusal }) => isMissing(refusal))
    return {
      phone: phoneOf({ kind: 'group', group }),
      phonesNotAdded: notAdded.map(({ asked }) => phoneOf(asked)),
      invitationLink: invitationLink ?? '',
    }
  },
})

function withoutPicture(group: string, cause: GatewayError): WhatsappRefusedError {
  const id = phoneOf({ kind: 'group', group })
  return new WhatsappRefusedError(
    `The group ${id} was made, without its picture: ${cause.message} Set it with update-group-photo.`,
    { cause },
  )
}
