/** A group in Z-API's words. */

import { Type } from 'typebox'
import type { PersonId } from '../../domain/chat.js'
import { WhatsappRefusedError } from '../../domain/errors.js'
import { type ContactFacts, firstNameOf } from '../../domain/directory.js'
import type { GroupInfo } from '../../domain/group.js'
import { phoneOf, phoneOfPerson } from '../to-zapi.js'
import { linkOf } from './group-attributes.js'

const member = Type.Object({
  phone: Type.String({ description: 'The number; `…@lid` where it is not known.' }),
  isAdmin: Type.Boolean({ description: 'Whether the member is an admin.' }),
  isSuperAdmin: Type.Boolean({ description: 'Whether the member made the group.' }),
  name: Type.Optional(
    Type.String({ description: 'The name in the address book, if the member is in it.' }),
  ),
  short: Type.Optional(Type.String({ description: 'The first name in the address book.' })),
})

/** By number and by LID. */
export type MemberNames = ReadonlyMap<string, ContactFacts>

const common = {
  phone: Type.String({ description: 'The id of the group.' }),
  description: Type.String({ description: 'Its description; empty where there is none.' }),
  owner: Type.String({ description: 'Who made it.' }),
  subject: Type.String({ description: 'Its name.' }),
  creation: Type.Integer({ description: 'When it was made, in milliseconds since 1970.' }),
  participants: Type.Array(member, { description: 'The members.' }),
  subjectTime: Type.Integer({ description: 'When the name was set, in milliseconds since 1970.' }),
  subjectOwner: Type.String({ description: 'Who set the name.' }),
}

const nullable = (description: string) =>
  Type.Unsafe<string | null>({ type: ['string', 'null'], description })

const commonExample = {
  phone: '120363019502650977-group',
  description: 'Avisos do prédio',
  owner: '5511999999999',
  subject: 'Condomínio',
  creation: 1_588_721_491_000,
  participants: [{ phone: '5511999999999', isAdmin: true, isSuperAdmin: true }],
  subjectTime: 1_617_805_323_000,
  subjectOwner: '5511999999999',
}

export const groupAnswer = Type.Object(
  {
    ...common,
    invitationLink: nullable(
      'The invitation link; null where it was not asked for, or not given to this number.',
    ),
    invitationLinkError: Type.Optional(
      Type.String({
        description:
          'Why there is no link: `not-authorized` (no admin), `forbidden`, `too many requests`.',
      }),
    ),
    communityId: nullable('The community that the group belongs to.'),
    adminOnlyMessage: Type.Boolean({ description: 'Whether only admins send messages.' }),
    adminOnlySettings: Type.Boolean({
      description: 'Whether only admins change name, description and picture.',
    }),
    requireAdminApproval: Type.Boolean({
      description: 'Whether an admin has to agree before a person joins.',
    }),
    isGroupAnnouncement: Type.Boolean({
      description: 'Whether a community tells its news in the group.',
    }),
  },
  {
    description: 'What WhatsApp tells now.',
    examples: [
      {
        ...commonExample,
        invitationLink: 'https://chat.whatsapp.com/GONwbGGDkLe8BifUWwLgct',
        communityId: null,
        adminOnlyMessage: false,
        adminOnlySettings: false,
        requireAdminApproval: false,
        isGroupAnnouncement: false,
      },
    ],
  },
)

export const invitationAnswer = Type.Object(
  {
    ...common,
    invitationLink: Type.String({ description: 'The link that was asked for.' }),
    contactsCount: Type.Integer({ description: 'How many members WhatsApp names here.' }),
    participantsCount: Type.Integer({ description: 'How many members there are.' }),
  },
  {
    description: 'What WhatsApp tells to those who have the link.',
    examples: [
      {
        ...commonExample,
        invitationLink: 'https://chat.whatsapp.com/GONwbGGDkLe8BifUWwLgct',
        contactsCount: 1,
        participantsCount: 1,
      },
    ],
  },
)

/** Of both answers. */
export function groupKeys(group: GroupInfo, names: MemberNames = new Map()) {
  return {
    phone: phoneOf({ kind: 'group', group: group.group }),
    description: group.description ?? '',
    owner: personText(group.createdBy),
    subject: group.subject,
    creation: group.createdAt ?? 0,
    participants: group.members.map(({ person, isAdmin, isCreator }) => ({
      phone: personText(person),
      isAdmin,
      isSuperAdmin: isCreator,
      ...nameKeys(names.get(person.phone ?? '') ?? names.get(person.lid ?? '')),
    })),
    subjectTime: group.subjectAt ?? 0,
    subjectOwner: personText(group.subjectBy),
  }
}

export interface InvitationKeys {
  readonly invitationLink: string | null
  readonly invitationLinkError?: string
}

export function metadataAnswer(group: GroupInfo, invitation: InvitationKeys, names?: MemberNames) {
  return {
    ...groupKeys(group, names),
    ...invitation,
    communityId: group.community ?? null,
    adminOnlyMessage: group.adminsWrite,
    adminOnlySettings: group.adminsEdit,
    requireAdminApproval: group.adminsApprove,
    isGroupAnnouncement: group.isAnnouncement,
  }
}

/** The link, or Z-API's word for why there is none. Throws what is no refusal. */
export async function invitationKeys(code: Promise<string>): Promise<InvitationKeys> {
  try {
    return { invitationLink: linkOf(await code) }
  } catch (cause) {
    if (!(cause instanceof WhatsappRefusedError)) throw cause
    return { invitationLink: null, invitationLinkError: linkErrorOf(cause.refusal) }
  }
}

function linkErrorOf(refusal: number | undefined): string {
  if (refusal === 429) return 'too many requests'
  return refusal === 401 ? 'not-authorized' : 'forbidden'
}

function nameKeys({ name, shortName }: ContactFacts = {}) {
  return name === undefined ? {} : { name, short: shortName ?? firstNameOf(name) }
}

function personText(person: PersonId | undefined): string {
  return (person && phoneOfPerson(person)) ?? ''
}
