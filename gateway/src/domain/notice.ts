/**
 * What happens in a chat, or to this account, apart from messages.
 * It is told like a message, and never has files.
 */

import type { ChatId, PersonId } from './chat.js'
import type { MessageTarget } from './message-target.js'

/** What happened to a group, by the part of it that changed. */
export type GroupChange =
  | 'created'
  | 'added'
  | 'joined-by-link'
  | 'removed'
  | 'left'
  | 'promoted'
  | 'demoted'
  | 'subject'
  | 'description'
  | 'icon'
  | 'announcement'
  | 'restriction'
  | 'invite-link'
  | 'member-add-mode'
  | 'member-link-mode'
  | 'approval-mode'
  | 'join-requested'
  | 'join-request-ended'

/** A label was put on a chat by hand, or taken off. */
export interface LabelChange {
  readonly chat: ChatId
  /** WhatsApp's number of the label. */
  readonly label: string
  readonly isAssigned: boolean
}

/** Of this number itself. Its settings reach every linked device, whichever device changed them. */
export type AccountNotice =
  | { readonly kind: 'own-name'; readonly name: string }
  /** Without a URL it was removed, or WhatsApp did not say where the new one is. */
  | { readonly kind: 'own-picture'; readonly url?: string | undefined }
  | { readonly kind: 'chat-labels'; readonly changes: readonly LabelChange[] }

export type Notice =
  | {
      readonly kind: 'group-change'
      readonly change: GroupChange
      /** Whom it is about, if it is about members. */
      readonly people: readonly PersonId[]
      /** The new text or setting. */
      readonly value?: string | undefined
      /** How the person asked to join: `invite_link`, `non_admin_add`. */
      readonly requestMethod?: string | undefined
    }
  /** Its sender, or an admin of the group, deleted it for everyone. */
  | { readonly kind: 'deleted'; readonly target: MessageTarget }
  /** From now on messages in the chat disappear after that time; 0 is never. */
  | { readonly kind: 'timer'; readonly seconds: number }
  /** A person became an administrator of a channel, or is none any more. */
  | {
      readonly kind: 'channel-role'
      readonly change: 'promoted' | 'demoted'
      readonly person: PersonId
      /** WhatsApp's name of the new role: `ADMIN`, `SUBSCRIBER`. */
      readonly role: string
    }
  /** The person asked for money declined, or the person who asked cancelled. */
  | {
      readonly kind: 'payment-request-ended'
      readonly how: 'declined' | 'cancelled'
      readonly target: MessageTarget
    }
  /** WhatsApp wrote into the chat that a call goes on, or how long it was. */
  | {
      readonly kind: 'call-log'
      readonly step: 'started' | 'ended'
      readonly isVideo: boolean
      readonly isOutgoing: boolean
    }
  | AccountNotice

const kinds: { readonly [Kind in Notice['kind']]: 'chat' | 'members' | 'account' } = {
  'group-change': 'members',
  deleted: 'chat',
  timer: 'chat',
  'channel-role': 'members',
  'payment-request-ended': 'chat',
  'call-log': 'chat',
  'own-name': 'account',
  'own-picture': 'account',
  'chat-labels': 'account',
}

export function isNotice(content: { readonly kind: string }): content is Notice {
  return Object.hasOwn(kinds, content.kind)
}

/** What became of a group or a channel, by whichever side: no word of its author. */
export function isOfMembers(content: { readonly kind: string }): boolean {
  return isNotice(content) && kinds[content.kind] === 'members'
}

export function isOfAccount(content: { readonly kind: string }): content is AccountNotice {
  return isNotice(content) && kinds[content.kind] === 'account'
}
