/** From what people and stanzas call a chat or a person to whom that is. */

import { isJidGroup } from 'baileys'
import type { Account } from '../account.js'
import type { Group } from '../group.js'
import type { Network } from '../network.js'

/** By number or JID. Throws when the number is not registered or the group does not exist. */
export function chatOf(network: Network, to: string): Account | Group {
  const isJid = to.includes('@')
  const chat = isJidGroup(to)
    ? network.group(to)
    : isJid
      ? network.accountOf(to)
      : network.byDialledNumber(to)
  if (chat === undefined) throw new Error('nobody has this number, and no group this id')
  return chat
}

/** Digits; empty for a JID that is nobody's. */
export function numberOf(network: Network, jid: string | undefined): string {
  return network.accountOf(jid)?.phone ?? ''
}
