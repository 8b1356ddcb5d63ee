/** A channel in Z-API's words. */

import { Type } from 'typebox'
import type { NewsletterInfo } from '../../domain/newsletter.js'
import { phoneOf } from '../to-zapi.js'
import { newsletterExample } from './newsletter-attributes.js'

const nullable = (description: string) =>
  Type.Unsafe<string | null>({ type: ['string', 'null'], description })

export const newsletterShape = {
  id: Type.String({ description: 'The id of the channel.' }),
  creationTime: Type.Integer({
    description: 'When it was made, in seconds since 1970; 0 if it is not told.',
  }),
  state: Type.String({ description: '`ACTIVE` or `NON_EXISTING`.' }),
  name: Type.String({ description: 'Its name.' }),
  description: Type.String({ description: 'Its description; empty where there is none.' }),
  subscribersCount: Type.String({ description: 'How many people follow it.' }),
  inviteLink: Type.String({ description: 'Its link; empty if it is not told.' }),
  verification: Type.String({ description: '`VERIFIED` or `UNVERIFIED`.' }),
  picture: nullable('The URL of its picture; null where there is none.'),
  preview: nullable('The URL of the small picture; null where there is none.'),
  viewMetadata: Type.Object(
    {
      mute: Type.String({ description: '`ON` or `OFF`.' }),
      role: Type.String({ description: '`OWNER`, `ADMIN`, `SUBSCRIBER` or `GUEST`.' }),
    },
    { description: 'How this number stands to it.' },
  ),
}

export const newsletterAnswerExample = {
  id: newsletterExample,
  creationTime: 1_695_124_988,
  state: 'ACTIVE',
  name: 'Condomínio',
  description: 'Avisos do prédio',
  subscribersCount: '150',
  inviteLink: 'https://whatsapp.com/channel/0029Va5Xk71a',
  verification: 'UNVERIFIED',
  picture: null,
  preview: null,
  viewMetadata: { mute: 'OFF', role: 'OWNER' },
}

export function newsletterAnswer(info: NewsletterInfo) {
  return {
    id: phoneOf({ kind: 'newsletter', newsletter: info.newsletter }),
    creationTime: Math.floor((info.createdAt ?? 0) / 1_000),
    state: info.isActive ? 'ACTIVE' : 'NON_EXISTING',
    name: info.name,
    description: info.description,
    subscribersCount: String(info.subscribers ?? 0),
    inviteLink:
      info.invitation === undefined ? '' : `https://whatsapp.com/channel/${info.invitation}`,
    verification: info.isVerified ? 'VERIFIED' : 'UNVERIFIED',
    picture: info.pictureUrl ?? null,
    preview: info.previewUrl ?? null,
    viewMetadata: { mute: info.isMuted ? 'ON' : 'OFF', role: info.role.toUpperCase() },
  }
}
