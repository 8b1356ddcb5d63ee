/** What a client asks about its own account when it opens, and the settings it may change. */

import { randomBytes } from 'node:crypto'
import type { BinaryNode } from 'baileys'
import { childrenOf, stanza, textOf } from '../wire/stanza.js'
import { type IqCall, IqError } from './iq-call.js'
import { newsletterOperation } from './mex-ids.js'
import { answerNewsletterQuery, MexError } from './mex-newsletters.js'

/** The switches that Baileys reads: privacy tokens in 1:1 chats, in picture queries, issued to LIDs. */
const SWITCHES = { '10518': 'true', '9666': 'true', '14303': 'true' }

export function nothing(): BinaryNode[] {
  return []
}

export function listSwitches(): BinaryNode[] {
  const props = Object.entries(SWITCHES).map(([name, value]) => stanza('prop', { name, value }))
  return [stanza('props', { hash: 'simulator' }, props)]
}

/** Hands the contacts the tokens by which this account marks them as trusted senders. */
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

/** By the id of the stored document. */
export function answerGraphQuery(call: IqCall): BinaryNode[] {
  const operation = newsletterOperation(call.request?.attrs['query_id'])
  if (operation === undefined) return describeAllowance(call)
  try {
    return [graphResult({ data: answerNewsletterQuery(operation, variablesIn(call), call) })]
  } catch (error) {
    if (!(error instanceof MexError)) throw error
    const extensions = { error_code: error.code }
    return [graphResult({ data: null, errors: [{ message: error.message, extensions }] })]
  }
}

function variablesIn({ request }: IqCall): Readonly<Record<string, unknown>> {
  const { variables }: { variables?: Record<string, unknown> } = JSON.parse(textOf(request) ?? '{}')
  return variables ?? {}
}

function graphResult(told: object): BinaryNode {
  return stanza('result', {}, Buffer.from(JSON.stringify(told)))
}

/** Says whether the account may start chats: it may, unless a fault says otherwise. */
function describeAllowance({ device, faults }: IqCall): BinaryNode[] {
  const lockedUntil = faults.newChatLock(device.account.phone)
  const data = {
    xwa2_fetch_account_reachout_timelock: {
      is_active: lockedUntil !== undefined,
      time_enforcement_ends: String(lockedUntil ?? 0),
      enforcement_type: 'DEFAULT',
    },
    xwa2_message_capping_info: { total_quota: -1, used_quota: 0 },
  }
  return [graphResult({ data })]
}
