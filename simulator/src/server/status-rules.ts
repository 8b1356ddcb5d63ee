/** What WhatsApp's server asks of a status, and the list of those who may see it. */

import { type BinaryNode, isLidUser } from 'baileys'
import type { Device } from '../account.js'
import { childOf, childrenOf, stanza } from '../wire/stanza.js'
import type { IqHandler } from './iq-call.js'

/** The owner's choice and the people that it names. */
export const listStatusPrivacy: IqHandler = ({ device }) => {
  const { type, people } = device.account.statusPrivacy
  const users = people.map((account) => stanza('user', { jid: account.jid('lid') }))
  return [stanza('privacy', {}, [stanza('list', { type, default: 'true' }, users)])]
}

const settings = { contacts: 'contacts', blacklist: 'denylist', whitelist: 'allowlist' } as const
const unexpected = 479

/**
 * Accounts that are moved to LIDs name people by LID (Baileys #2794, 2026-09-02), and a companion repeats
 * the choice of its owner (whatsapp-rust `send/status.rs`, 2026-04-18). What a phone itself writes is taken.
 */
export function statusRefusal(message: BinaryNode, from: Device): number | undefined {
  // To one device that asked for it again.
  if (from.number === 0 || message.attrs['participant'] !== undefined) return undefined
  const people = childrenOf(childOf(message, 'participants'))
  const isByLid = people.every(({ attrs }) => isLidUser(attrs['jid']))
  const setting = childOf(message, 'meta')?.attrs['status_setting']
  const isTrue = setting === settings[from.account.statusPrivacy.type]
  return isByLid && isTrue ? undefined : unexpected
}
