/** The questions about people that a connected Baileys can put to WhatsApp, or answer from what it stored. */

import { jidDecode, type WASocket } from 'baileys'
import type { PersonId } from '../../domain/chat.js'
import { lidJid, personOfJid, phoneJid, withOtherAddress } from '../jid.js'
import { lookUp } from '../send/look-up.js'
import type { Directory } from '../send/resolve.js'

/**
 * @param closing aborts when the connection is of no use any more
 * @param learned hears of each number and LID that are the same person, before the answer is used
 */
export function directoryOf(
  sock: WASocket,
  closing: AbortSignal,
  learned: (people: readonly PersonId[]) => Promise<void>,
): Directory {
  const { lidMapping } = sock.signalRepository
  return {
    async lookUp(phones) {
      const found = await lookUp(sock, phones, closing)
      const mappings = found.flatMap(({ phone, lid }) =>
        phone === undefined || lid === undefined ? [] : [{ pn: phoneJid(phone), lid: lidJid(lid) }],
      )
      await forgetOldLids(mappings, sock)
      // Else Baileys would ask for it once more.
      await lidMapping.storeLIDPNMappings(mappings)
      await learned(found)
      return found
    },
    async lidsOf(phones) {
      const found = (await lidMapping.getLIDsForPNs(phones.map(phoneJid))) ?? []
      await learned(found.map(({ pn, lid }) => ({ ...personOfJid(pn), ...personOfJid(lid) })))
      return new Map(
        found.flatMap(({ pn, lid }) => {
          const phone = personOfJid(pn)?.phone
          return phone === undefined ? [] : [[phone, lid]]
        }),
      )
    },
    async phoneOf(lid) {
      const phone = (await lidMapping.getPNForLID(lidJid(lid))) ?? undefined
      // The number may have another LID by now, and belong to another person.
      const now = phone && (await lidMapping.getLIDForPN(phone))
      if (personOfJid(now)?.lid !== lid) return undefined
      await learned([{ lid, ...personOfJid(phone) }])
      return phone
    },
  }
}

/** Baileys keeps the way from an old LID to the number, and by it would go back to that LID. */
async function forgetOldLids(
  mappings: readonly { readonly pn: string; readonly lid: string }[],
  { authState: { keys } }: Pick<WASocket, 'authState'>,
): Promise<void> {
  const lidOf = new Map(mappings.map(({ pn, lid }) => [userOf(pn), userOf(lid)]))
  const stored = await keys.get('lid-mapping', [...lidOf.keys()])
  const old = [...lidOf].flatMap(([phone, lid]) => {
    const before = stored[phone]
    return before === undefined || before === lid ? [] : [[`${before}_reverse`, null] as const]
  })
  if (old.length > 0) await keys.set({ 'lid-mapping': Object.fromEntries(old) })
}

function userOf(jid: string): string {
  return jidDecode(jid)?.user ?? ''
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
