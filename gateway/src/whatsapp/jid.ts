/**
 * Chats, persons and recipients as WhatsApp addresses them, and back.
 *
 * An address may name one device of a person (`551199…:3@s.whatsapp.net`).
 * The rest of the gateway knows no devices, so the device part is dropped here.
 */

import { jidDecode, jidEncode } from 'baileys'
import type { ChatId, PersonId, Recipient } from '../domain/chat.js'
import type { WhatsappId } from '../domain/message.js'

export function phoneJid(phone: string): string {
  return jidEncode(phone, 's.whatsapp.net')
}

export function lidJid(lid: string): string {
  return jidEncode(lid, 'lid')
}

export function groupJid(group: string): string {
  return jidEncode(group, 'g.us')
}

export function newsletterJid(newsletter: string): string {
  return jidEncode(newsletter, 'newsletter')
}

export const statusJid = 'status@broadcast'

/** By LID where it is known: that is how WhatsApp itself addresses people now. */
export function jidOfPerson({ phone, lid }: PersonId): string | undefined {
  if (lid !== undefined) return lidJid(lid)
  return phone === undefined ? undefined : phoneJid(phone)
}

/** The address as the caller named it, before WhatsApp was asked for a better one. */
export function jidOfRecipient(recipient: Recipient): string {
  switch (recipient.kind) {
    case 'person':
      return phoneJid(recipient.phone)
    case 'lid':
      return lidJid(recipient.lid)
    case 'group':
      return groupJid(recipient.group)
    case 'newsletter':
      return newsletterJid(recipient.newsletter)
    case 'status':
      return statusJid
  }
}

/** `undefined` for whatever is not a person: groups, channels, status, the server itself. */
export function personOfJid(jid: string | null | undefined): PersonId | undefined {
  const { user, server } = decode(jid)
  if (user === '') return undefined
  switch (server) {
    case 's.whatsapp.net':
    case 'c.us':
    case 'hosted':
      return { phone: user }
    case 'lid':
    case 'hosted.lid':
      return { lid: user }
    default:
      return undefined
  }
}

/** `undefined` for what is no conversation: status, broadcast lists, the server itself. */
export function chatOfJid(jid: string | null | undefined): ChatId | undefined {
  const { user, server } = decode(jid)
  if (server === 'g.us' && user !== '') return { kind: 'group', group: user }
  if (server === 'newsletter' && user !== '') return { kind: 'newsletter', newsletter: user }
  const person = personOfJid(jid)
  return person && { kind: 'person', ...person }
}

/** Completes a person with what a second address says about the same person. */
export function withOtherAddress(person: PersonId, other: PersonId | undefined): PersonId {
  if (other === undefined) return person
  const phone = person.phone ?? other.phone
  const lid = person.lid ?? other.lid
  return { ...(phone === undefined ? {} : { phone }), ...(lid === undefined ? {} : { lid }) }
}

export function isWhatsappId(id: string | null | undefined): id is WhatsappId {
  return typeof id === 'string' && id !== ''
}

function decode(jid: string | null | undefined): { user: string; server: string } {
  const { user, server } = jidDecode(jid ?? undefined) ?? { user: '', server: '' }
  return { user, server }
}
