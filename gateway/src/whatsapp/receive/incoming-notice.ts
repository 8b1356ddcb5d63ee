/** What WhatsApp's server says about a chat: changes of a group, and messages that could not be read. */

import { proto, type WAMessage } from 'baileys'
import type { PersonId } from '../../domain/chat.js'
import type { IncomingContent } from '../../domain/incoming-content.js'
import type { GroupChange } from '../../domain/notice.js'
import { personOfJid, withOtherAddress } from '../jid.js'
import { readParameters, textIn } from './native-flow.js'
import type { StanzaFact } from './stanza-facts.js'

const stub = proto.WebMessageInfo.StubType

const memberChanges: ReadonlyMap<unknown, GroupChange> = new Map([
  [stub.GROUP_PARTICIPANT_ADD, 'added'],
  [stub.GROUP_PARTICIPANT_REMOVE, 'removed'],
  [stub.GROUP_PARTICIPANT_LEAVE, 'left'],
  [stub.GROUP_PARTICIPANT_PROMOTE, 'promoted'],
  [stub.GROUP_PARTICIPANT_DEMOTE, 'demoted'],
])

const valueChanges: ReadonlyMap<unknown, GroupChange> = new Map([
  [stub.GROUP_CREATE, 'created'],
  [stub.GROUP_CHANGE_SUBJECT, 'subject'],
  [stub.GROUP_CHANGE_DESCRIPTION, 'description'],
  [stub.GROUP_CHANGE_ICON, 'icon'],
  [stub.GROUP_CHANGE_ANNOUNCE, 'announcement'],
  [stub.GROUP_CHANGE_RESTRICT, 'restriction'],
  [stub.GROUP_CHANGE_INVITE_LINK, 'invite-link'],
  [stub.GROUP_MEMBER_ADD_MODE, 'member-add-mode'],
  [stub.GROUP_MEMBERSHIP_JOIN_APPROVAL_MODE, 'approval-mode'],
])

/** `author` made the change. `undefined` where there is nothing to tell. */
export function noticeContent(
  message: WAMessage,
  author: PersonId,
  facts?: StanzaFact,
): IncomingContent | undefined {
  const { messageStubType: type, messageStubParameters: parameters } = message
  if (type === stub.CIPHERTEXT) {
    // What the phone says to its own devices only is not told.
    return message.category === 'peer' ? undefined : { kind: 'waiting', viewOnce: false }
  }
  // A view-once message comes to linked devices as an empty envelope.
  if (!message.message && message.key.isViewOnce) return { kind: 'waiting', viewOnce: true }

  const members = memberChanges.get(type)
  if (members) {
    const change = members === 'added' && facts?.joinedByLink ? 'joined-by-link' : members
    return { kind: 'group-change', change, people: (parameters ?? []).map(memberOf) }
  }
  const value = valueChanges.get(type)
  if (value) {
    // An icon is named by an id that is of no use here.
    const text = value === 'icon' ? undefined : parameters?.[0]
    return { kind: 'group-change', change: value, people: [], value: text }
  }
  if (type === stub.GROUP_MEMBERSHIP_JOIN_APPROVAL_REQUEST_NON_ADMIN_ADD)
    return joinRequest(parameters ?? [], author, facts?.requesters)
  return undefined
}

/** Baileys gives who it is about, what happened to the request, and how it was made. */
function joinRequest(
  [who, action, requestMethod]: readonly string[],
  author: PersonId,
  requesters?: readonly PersonId[],
): IncomingContent {
  const named = readParameters(who)
  const asking = requesters ?? [
    withOtherAddress(personOfJid(textIn(named, 'lid')) ?? {}, personOfJid(textIn(named, 'pn'))),
  ]
  if (action !== 'created')
    return { kind: 'group-change', change: 'join-request-ended', people: asking }
  const people = requestMethod === 'non_admin_add' ? [author, ...asking] : asking
  return { kind: 'group-change', change: 'join-requested', people, requestMethod }
}

function memberOf(json: string): PersonId {
  const member = readParameters(json)
  const others = ['phoneNumber', 'lid'].map((name) => personOfJid(textIn(member, name)))
  return others.reduce<PersonId>(
    (person, other) => withOtherAddress(person, other),
    personOfJid(textIn(member, 'id')) ?? {},
  )
}
