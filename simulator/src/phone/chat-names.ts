/** Finds the chat or person that a name in a request or stanza means. */

import { isJidGroup } from 'baileys'
import type { Account } from '../account.js'
import type { Group } from '../group.js'
import type { Network } from '../network.js'
import type { Newsletter } from '../newsletter.js'

/** By number or JID. Throws when the number is not registered or the group does not exist. */
export function chatOf(network: Network, to: string): Account | Group {
  const isJid = to.includes('@')
  const chat = isJidGroup(to)
    ? network.group(to)
    : isJid
      ? network.accountOf(to)
      : network.byDialledNumber(to)
  if (chat === undefined) throw new Error('no phone has this number, and no group this id')
  return chat
}

/** The same, also for a channel. */
export function readableChatOf(network: Network, jid: string): Account | Group | Newsletter {
  return network.newsletter(jid) ?? chatOf(network, jid)
}

/** As a phone names the chat: digits, or the JID of a group or channel. */
export function chatIdOf(chat: Account | Group | Newsletter): string {
  return 'phone' in chat ? chat.phone : chat.id
}

/** Digits; empty for an unknown JID. */
export function numberOf(network: Network, jid: string | undefined): string {
  return network.accountOf(jid)?.phone ?? ''
}
