/**
 * Notifications: what happened in a chat without anybody saying something.
 *
 * They are `ReceivedCallback`s too, told apart by the key `notification`, whose
 * names are WhatsApp's own. Unlike messages they carry explicit nulls and lack
 * `fromApi` (contract.md, section 15).
 */

import type { GroupChange, IncomingContent } from '../domain/incoming-content.js'
import { phoneOfPerson } from './to-zapi.js'

type Notice = Extract<IncomingContent, { kind: 'group-change' | 'deleted' }>

const changeNames: Readonly<Record<GroupChange, string>> = {
  created: 'GROUP_CREATE',
  added: 'GROUP_PARTICIPANT_ADD',
  removed: 'GROUP_PARTICIPANT_REMOVE',
  left: 'GROUP_PARTICIPANT_LEAVE',
  promoted: 'GROUP_PARTICIPANT_PROMOTE',
  demoted: 'GROUP_PARTICIPANT_DEMOTE',
  subject: 'GROUP_CHANGE_SUBJECT',
  description: 'GROUP_CHANGE_DESCRIPTION',
  icon: 'GROUP_CHANGE_ICON',
  announcement: 'GROUP_CHANGE_ANNOUNCE',
  restriction: 'GROUP_CHANGE_RESTRICT',
  'invite-link': 'GROUP_CHANGE_INVITE_LINK',
  'member-add-mode': 'GROUP_MEMBER_ADD_MODE',
  'approval-mode': 'GROUP_MEMBERSHIP_JOIN_APPROVAL_MODE',
  'join-requested': 'MEMBERSHIP_APPROVAL_REQUEST',
  'join-request-ended': 'REVOKED_MEMBERSHIP_REQUESTS',
}

/** The keys beside those of every message. A deletion names the deleted message by `messageId`. */
export function notificationKeys(notice: Notice): object {
  const nulls = {
    referenceMessageId: null,
    externalAdReply: null,
    expiresAt: null,
    callId: null,
    code: null,
  }
  if (notice.kind === 'deleted')
    return {
      ...nulls,
      messageId: notice.target.whatsappId,
      notification: 'REVOKE',
      notificationParameters: [],
    }
  const { change, people, value, requestMethod } = notice
  const isCode = change === 'invite-link'
  return {
    ...nulls,
    ...(isCode ? { code: value ?? null } : {}),
    notification: changeNames[change],
    notificationParameters: [
      ...people.map((person) => phoneOfPerson(person) ?? ''),
      ...(value === undefined || isCode ? [] : [value]),
    ],
    ...(requestMethod === undefined ? {} : { requestMethod }),
  }
}
