/** Which handler answers which `<iq>`: namespace, type and the first child's tag. */

import type { BinaryNode } from 'baileys'
import { childrenOf, idOf, SERVER_JID, stanza } from '../wire/stanza.js'
import { removeCompanion } from './devices.js'
import {
  answerGraphQuery,
  describeBusiness,
  issuePrivacyTokens,
  listBlocked,
  listPrivacy,
  listSwitches,
  nameMediaHost,
  nothing,
} from './iq-account.js'
import { type IqCall, IqError, type IqHandler } from './iq-call.js'
import { syncUsers } from './iq-contacts.js'
import { createGroup, describeGroup, listGroups } from './iq-groups.js'
import { describeOrder } from './iq-orders.js'
import { findPicture, setAbout, setPicture } from './iq-profile.js'
import { syncSettings } from './iq-settings.js'
import { countKeys, digestKeys, fetchKeys, rotateKey, uploadKeys } from './iq-keys.js'

const HANDLERS: Readonly<Record<string, IqHandler>> = {
  'abt get props': listSwitches,
  'blocklist get': listBlocked,
  'blocklist set item': nothing,
  'disappearing_mode set disappearing_mode': nothing,
  'encrypt get count': countKeys,
  'encrypt get digest': digestKeys,
  'encrypt get key': fetchKeys,
  'encrypt set registration': uploadKeys,
  'encrypt set rotate': rotateKey,
  'fb:thrift_iq get order': describeOrder,
  'md set remove-companion-device': removeCompanion,
  'passive set active': nothing,
  'passive set passive': nothing,
  'privacy get privacy': listPrivacy,
  'privacy set privacy': nothing,
  'privacy set tokens': issuePrivacyTokens,
  'status set status': setAbout,
  'urn:xmpp:whatsapp:dirty set clean': nothing,
  'usync get usync': syncUsers,
  'w:biz get business_profile': describeBusiness,
  'w:g2 get participating': listGroups,
  'w:g2 get query': describeGroup,
  'w:g2 set create': createGroup,
  'w:m set media_conn': nameMediaHost,
  'w:mex get query': answerGraphQuery,
  'w:p get ping': nothing,
  'w:profile:picture get picture': findPicture,
  'w:profile:picture set picture': setPicture,
  // Baileys sends its statistics without a type.
  'w:stats add': nothing,
  'w:sync:app:state set sync': syncSettings,
}

/** Answers an `<iq>`; one that is not in the table is answered with 501 and recorded. */
export function answerIq(call: Omit<IqCall, 'request'>): BinaryNode {
  const { iq, network } = call
  const [request] = childrenOf(iq)
  const { xmlns, type } = iq.attrs
  const key = [xmlns, type, request?.tag].filter((part) => part !== undefined).join(' ')
  const reply = { id: idOf(iq), from: iq.attrs['to'] ?? SERVER_JID }
  const handler = HANDLERS[key]
  try {
    if (handler === undefined) {
      network.reportUnknown(iq)
      throw new IqError(501, 'feature-not-implemented')
    }
    return stanza('iq', { ...reply, type: 'result' }, handler({ ...call, request }))
  } catch (error) {
    if (!(error instanceof IqError)) throw error
    const content = [stanza('error', { code: error.code.toString(), text: error.message })]
    return stanza('iq', { ...reply, type: 'error' }, content)
  }
}
