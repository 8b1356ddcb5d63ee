/** The questions about people that a connected Baileys can put to WhatsApp, or answer from what it stored. */

import type { WASocket } from 'baileys'
import type { PersonId } from '../domain/chat.js'
import { lidJid, personOfJid, phoneJid, withOtherAddress } from './jid.js'
import type { Directory } from './resolve.js'

export function directoryOf(sock: WASocket): Directory {
  const { lidMapping } = sock.signalRepository
  return {
    async registered(phones) {
      const found = await sock.onWhatsApp(...phones.map(phoneJid))
      if (found === undefined)
        throw new Error('WhatsApp did not say whether the number is registered')
      return found.filter(({ exists }) => exists).map(({ jid }) => jid)
    },
    async lidOf(phone) {
      return (await lidMapping.getLIDForPN(phoneJid(phone))) ?? undefined
    },
    async phoneOf(lid) {
      return (await lidMapping.getPNForLID(lidJid(lid))) ?? undefined
    },
  }
}

/** Adds the number to a person whom WhatsApp named by LID, where it is known. */
export async function withKnownPhone<T extends PersonId>(
  person: T,
  directory: Pick<Directory, 'phoneOf'>,
): Promise<T> {
  if (person.phone !== undefined || person.lid === undefined) return person
  const other = personOfJid(await directory.phoneOf(person.lid))
  return { ...person, ...withOtherAddress(person, other) }
}
