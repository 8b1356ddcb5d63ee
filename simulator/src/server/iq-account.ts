/** What a client asks about its own account when it opens, and the settings it may change. */

import { randomBytes } from 'node:crypto'
import type { BinaryNode } from 'baileys'
import { childrenOf, stanza } from '../wire/stanza.js'
import { type IqCall, IqError } from './iq-call.js'

/** The switches that Baileys reads: privacy tokens in 1:1 chats, in picture queries, issued to LIDs. */
const SWITCHES = { '10518': 'true', '9666': 'true', '14303': 'true' }

export function nothing(): BinaryNode[] {
  return []
}

export function listSwitches(): BinaryNode[] {
  const props = Object.entries(SWITCHES).map(([name, value]) => stanza('prop', { name, value }))
  return [stanza('props', { hash: 'simulator' }, props)]
}

/** Hands the contacts the tokens that allow them to write to this account as somebody it trusts. */
export function issuePrivacyTokens({ request, device, network }: IqCall): BinaryNode[] {
  for (const { attrs } of childrenOf(request, 'token')) {
    const contact = network.accountOf(attrs['jid'])
    for (const theirs of contact?.devices.values() ?? []) {
      const { t, type } = attrs
      const token = stanza('token', { jid: theirs.jid('lid'), t, type }, randomBytes(16))
      theirs.deliver(
        network.notification(
          'privacy_token',
          { from: device.account.jid('pn'), sender_lid: device.account.jid('lid') },
          [stanza('tokens', {}, [token])],
        ),
      )
    }
  }
  return []
}

export function nameMediaHost({ mediaHost, faults }: IqCall): BinaryNode[] {
  const refusal = faults.mediaRefusal('hosts')
  if (refusal !== undefined) throw new IqError(refusal, 'no media hosts now')
  const host = stanza('host', { hostname: mediaHost, maxContentLengthBytes: '100000000' })
  return [stanza('media_conn', { auth: randomBytes(8).toString('hex'), ttl: '3600' }, [host])]
}

/** Says whether the account may start chats: it may, unless a fault says otherwise. */
export function answerGraphQuery({ device, faults }: IqCall): BinaryNode[] {
  const lockedUntil = faults.newChatLock(device.account.phone)
  const data = {
    xwa2_fetch_account_reachout_timelock: {
      is_active: lockedUntil !== undefined,
      time_enforcement_ends: String(lockedUntil ?? 0),
      enforcement_type: 'DEFAULT',
    },
    xwa2_message_capping_info: { total_quota: -1, used_quota: 0 },
  }
  return [stanza('result', {}, Buffer.from(JSON.stringify({ data })))]
}
