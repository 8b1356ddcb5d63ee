/**
 * Which handler answers which `<iq>`: by namespace, type and the tag of a child that says what is asked.
 *
 * Clients differ in the order of the children and in what they leave out, so no
 * place among the children counts, and a question that needs no child has its row without one.
 */

import type { BinaryNode } from 'baileys'
import { childOf, childrenOf, idOf, SERVER_JID, stanza } from '../wire/stanza.js'
import { removeCompanion } from './devices.js'
import {
  answerGraphQuery,
  issuePrivacyTokens,
  listSwitches,
  nameMediaHost,
  nothing,
} from './iq-account.js'
import {
  changeBusiness,
  describeBusiness,
  describeVerifiedName,
  setVerifiedName,
} from './iq-business.js'
import { type IqCall, IqError, type IqHandler } from './iq-call.js'
import { listCollections, listProducts } from './iq-catalog.js'
import {
  createCommunity,
  deleteParent,
  linkGroups,
  listSubGroups,
  switchAddingGroups,
  unlinkGroups,
} from './iq-communities.js'
import { syncUsers } from './iq-contacts.js'
import { listPosts, watchNewsletter } from './iq-newsletters.js'
import {
  addMembers,
  decideRequests,
  demoteMembers,
  describe,
  nameInvitation,
  promoteMembers,
  removeMembers,
  rename,
  renewInvitation,
  setTimer,
  switchAdding,
  switchApproval,
  switchTo,
} from './iq-group-changes.js'
import {
  acceptInvitation,
  createGroup,
  describeGroup,
  describeInvitation,
  leaveGroup,
  listGroups,
  listRequests,
} from './iq-groups.js'
import { describeOrder } from './iq-orders.js'
import { listBots, listLinkedParticipants, listTerms, refuseCompanions } from './iq-rest.js'
import {
  changeBlocked,
  listBlocked,
  listPrivacy,
  setDefaultTimer,
  setPrivacy,
  takeReport,
} from './iq-privacy.js'
import { findPicture, setAbout, setPicture } from './iq-profile.js'
import { listStatusPrivacy } from './status-rules.js'
import { syncAppState } from './iq-app-state.js'
import { countKeys, digestKeys, fetchKeys, rotateKey, uploadKeys } from './iq-keys.js'

const HANDLERS: Readonly<Record<string, IqHandler>> = {
  'abt get props': listSwitches,
  'blocklist get': listBlocked,
  'blocklist set item': changeBlocked,
  'bot get': listBots,
  'disappearing_mode set disappearing_mode': setDefaultTimer,
  'encrypt get count': countKeys,
  'encrypt get digest': digestKeys,
  'encrypt get key': fetchKeys,
  'encrypt set identity': uploadKeys,
  'encrypt set rotate': rotateKey,
  'fb:thrift_iq get order': describeOrder,
  'md set remove-companion-device': removeCompanion,
  'newsletter get message_updates': listPosts,
  'newsletter get messages': listPosts,
  'newsletter set live_updates': watchNewsletter,
  'passive set active': nothing,
  'passive set passive': nothing,
  'privacy get privacy': listPrivacy,
  'privacy set privacy': setPrivacy,
  'privacy set tokens': issuePrivacyTokens,
  'spam set spam_list': takeReport,
  'status get privacy': listStatusPrivacy,
  'status set status': setAbout,
  'tos get': listTerms,
  'tos get request': listTerms,
  'tos set': listTerms,
  'tos set request': listTerms,
  'urn:xmpp:whatsapp:account get': refuseCompanions,
  'urn:xmpp:whatsapp:account set': refuseCompanions,
  'urn:xmpp:whatsapp:dirty set clean': nothing,
  'usync get usync': syncUsers,
  'w:biz get business_profile': describeBusiness,
  'w:biz get verified_name': describeVerifiedName,
  'w:biz set business_profile': changeBusiness,
  'w:biz set verified_name': setVerifiedName,
  'w:biz:catalog get collections': listCollections,
  'w:biz:catalog get product_catalog': listProducts,
  'w:g2 get invite': (call) =>
    isCodeGiven(call) ? describeInvitation(call) : nameInvitation(call),
  'w:g2 get linked_groups_participants': listLinkedParticipants,
  'w:g2 get membership_approval_requests': listRequests,
  'w:g2 get participating': listGroups,
  'w:g2 get query': describeGroup,
  'w:g2 get sub_groups': listSubGroups,
  'w:g2 set add': addMembers,
  'w:g2 set allow_non_admin_sub_group_creation': switchAddingGroups(true),
  'w:g2 set announcement': switchTo('announcement', true),
  'w:g2 set create': (call) =>
    childOf(call.request, 'parent') === undefined ? createGroup(call) : createCommunity(call),
  'w:g2 set delete_parent': deleteParent,
  'w:g2 set demote': demoteMembers,
  'w:g2 set description': describe,
  'w:g2 set invite': (call) => (isCodeGiven(call) ? acceptInvitation(call) : renewInvitation(call)),
  'w:g2 set leave': leaveGroup,
  'w:g2 set links': linkGroups,
  'w:g2 set ephemeral': setTimer,
  'w:g2 set locked': switchTo('locked', true),
  'w:g2 set member_add_mode': switchAdding,
  'w:g2 set membership_approval_mode': switchApproval,
  'w:g2 set membership_requests_action': decideRequests,
  'w:g2 set not_allow_non_admin_sub_group_creation': switchAddingGroups(false),
  'w:g2 set not_announcement': switchTo('announcement', false),
  'w:g2 set not_ephemeral': setTimer,
  'w:g2 set promote': promoteMembers,
  'w:g2 set remove': removeMembers,
  'w:g2 set subject': rename,
  'w:g2 set unlink': unlinkGroups,
  'w:g2 set unlocked': switchTo('locked', false),
  'w:m set media_conn': nameMediaHost,
  'w:mex get query': answerGraphQuery,
  // A ping: some clients put a `<ping/>` into it.
  'w:p get': nothing,
  'w:profile:picture get picture': findPicture,
  'w:profile:picture set picture': setPicture,
  // Baileys sends its statistics without a type.
  'w:stats add': nothing,
  'w:sync:app:state set sync': syncAppState,
}

/** Answers an `<iq>`; one that is not in the table is answered with 501 and recorded. `undefined`: no answer. */
export function answerIq(call: Omit<IqCall, 'request'>): BinaryNode | undefined {
  const { iq, network } = call
  const reply = { id: idOf(iq), from: iq.attrs['to'] ?? SERVER_JID }
  const found = handlerOf(iq)
  try {
    if (found === undefined) {
      network.reportUnknown(iq)
      throw new IqError(501, 'feature-not-implemented')
    }
    const { handler, request } = found
    const content = handler({ ...call, request })
    return content && stanza('iq', { ...reply, type: 'result' }, content)
  } catch (error) {
    if (!(error instanceof IqError)) throw error
    const content = [stanza('error', { code: error.code.toString(), text: error.message })]
    return stanza('iq', { ...reply, type: 'error' }, content)
  }
}

/** An invitation is either that of a group that one is in, or one that was received. */
function isCodeGiven({ request }: IqCall): boolean {
  return request?.attrs['code'] !== undefined
}

interface Handling {
  readonly handler: IqHandler
  readonly request: BinaryNode | undefined
}

function handlerOf(iq: BinaryNode): Handling | undefined {
  const { xmlns, type } = iq.attrs
  const namespace = [xmlns, type].filter((part) => part !== undefined).join(' ')
  for (const request of childrenOf(iq)) {
    const handler = HANDLERS[`${namespace} ${request.tag}`]
    if (handler !== undefined) return { handler, request }
  }
  const handler = HANDLERS[namespace]
  return handler && { handler, request: undefined }
}
