/**
 * Notifications: what happened in a chat, or to the number itself, without
 * a message.
 *
 * They are `ReceivedCallback`s too, told apart by the key `notification`, whose
 * names are WhatsApp's own. Unlike messages they carry explicit nulls and lack
 * `fromApi` (contract.md, section 15).
 */

import type { PersonId } from '../domain/chat.js'
import type { AccountNotice, GroupChange, Notice } from '../domain/notice.js'
import { phoneOf, phoneOfPerson } from './to-zapi.js'

type GroupNotice = Extract<Notice, { kind: 'group-change' }>

const changeNames: Readonly<Record<GroupChange, string>> = {
  created: 'GROUP_CREATE',
  added: 'GROUP_PARTICIPANT_ADD',
  'joined-by-link': 'GROUP_PARTICIPANT_INVITE',
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
  'member-link-mode': 'GROUP_MEMBER_LINK_PROPERTY_UPDATE',
  'approval-mode': 'GROUP_MEMBERSHIP_JOIN_APPROVAL_MODE',
  'join-requested': 'MEMBERSHIP_APPROVAL_REQUEST',
  'join-request-ended': 'REVOKED_MEMBERSHIP_REQUESTS',
}

const nulls = {
  referenceMessageId: null,
  externalAdReply: null,
  expiresAt: null,
  callId: null,
  code: null,
}

/** The keys beside those of every message. A deletion names the deleted message by `messageId`. */
export function notificationKeys(notice: Notice, sender: PersonId): object {
  switch (notice.kind) {
    case 'group-change':
      return { ...nulls, ...groupKeys(notice) }
    case 'deleted':
      return {
        ...nulls,
        messageId: notice.target.whatsappId,
        notification: 'REVOKE',
        notificationParameters: [],
      }
    // Ours: Z-API documents no callback for it. The name is WhatsApp's.
    case 'timer':
      return {
        ...nulls,
        messageExpirationSeconds: notice.seconds,
        notification: 'CHANGE_EPHEMERAL_SETTING',
        notificationParameters: [String(notice.seconds)],
      }
    case 'channel-role':
      return {
        ...nulls,
        participantPhone: phoneOfPerson(sender) ?? null,
        notification: `NEWSLETTER_ADMIN_${notice.change === 'promoted' ? 'PROMOTE' : 'DEMOTE'}`,
        notificationParameters: [phoneOfPerson(notice.person) ?? '', notice.role],
      }
    case 'payment-request-ended':
      return {
        ...nulls,
        referenceMessageId: notice.target.whatsappId,
        notification: `PAYMENT_ACTION_REQUEST_${notice.how === 'declined' ? 'DECLINED' : 'CANCELLED'}`,
        notificationParameters: [phoneOfPerson(sender) ?? ''],
      }
    case 'call-log':
      return {
        ...nulls,
        fromApi: false,
        callDirection: notice.isOutgoing ? 'outgoing' : 'incoming',
        isVideo: notice.isVideo,
        notification: notice.step === 'started' ? 'CALL_STARTED' : 'CALL_ENDED',
        notificationParameters: [],
      }
    case 'own-name':
    case 'own-picture':
    case 'chat-labels':
      return { ...nulls, ...accountKeys(notice) }
  }
}

function groupKeys({ change, people, value, requestMethod }: GroupNotice): object {
  const isCode = change === 'invite-link'
  const isMode = change === 'member-link-mode'
  return {
    ...(isCode ? { code: value ?? null } : {}),
    ...(isMode ? { linkMode: value ?? '' } : {}),
    notification: changeNames[change],
    notificationParameters: [
      ...people.map((person) => phoneOfPerson(person) ?? ''),
      ...(value === undefined || isCode || isMode ? [] : [value]),
    ],
    ...(requestMethod === undefined ? {} : { requestMethod }),
  }
}

function accountKeys(notice: AccountNotice): object {
  switch (notice.kind) {
    case 'own-name':
      return { notification: 'PROFILE_NAME_UPDATED', profileName: notice.name }
    case 'own-picture':
      return { notification: 'PROFILE_PICTURE_UPDATED', updatedPhoto: notice.url ?? null }
    case 'chat-labels':
      return {
        notification: 'CHAT_LABEL_ASSOCIATION',
        notificationParameters: notice.changes.map(({ chat, label, isAssigned }) => ({
          phone: phoneOf(chat),
          label,
          assigned: isAssigned,
        })),
      }
  }
}
