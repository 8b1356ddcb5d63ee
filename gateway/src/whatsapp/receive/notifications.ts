/**
 * Notifications that Baileys does not hand on, or only in part: the own picture,
 * administrators of channels, and who may share the link of a group.
 *
 * WhatsApp writes the last two as GraphQL answers, `<notification type="mex">`;
 * their form is that which WhatsApp Web reads (its modules
 * `WAWebMexNewsletterRoleChangeNotificationHandler` and
 * `WAWebMexGroupPropertyUpdateNotificationHandler`).
 */

import { type BinaryNode, isJidGroup, isJidNewsletter } from 'baileys'
import { isSamePerson, type ChatId, type PersonId } from '../../domain/chat.js'
import type { IncomingMessage } from '../../domain/incoming-message.js'
import type { Notice } from '../../domain/notice.js'
import type { EpochMs } from '../../domain/time.js'
import { chatOfJid, isWhatsappId, personOfJid, withOtherAddress } from '../jid.js'
import { objectIn, type Parameters, readParameters, textIn } from './native-flow.js'
import { timeOfSeconds } from './time-of-seconds.js'

interface AccountNotice {
  readonly chat: ChatId
  readonly sender: PersonId
  readonly content: Notice
}

/**
 * Whether WhatsApp asks this device for a passkey or a captcha. Its own client opens a dialog then
 * (`WAWebMexIntegrityChallengeNotificationHandler`); a device that does not answer may be unlinked.
 */
export function isChallenge({ attrs, content }: BinaryNode): boolean {
  return (
    attrs['type'] === 'mex' &&
    updateIn(content)?.attrs['op_name'] === 'NotificationIntegrityChallengeRequest'
  )
}

/** `undefined` where there is nothing to tell, or Baileys tells it. */
export function noticeOfNotification(
  node: BinaryNode,
  own: PersonId,
  now: EpochMs,
): IncomingMessage | undefined {
  const { id, type, t } = node.attrs
  const told = type === 'picture' ? pictureOf(node, own) : type === 'mex' ? mexOf(node) : undefined
  if (told === undefined || !isWhatsappId(id)) return undefined
  return {
    ...told,
    whatsappId: id,
    fromMe: isSamePerson(told.sender, own),
    at: t === undefined ? now : timeOfSeconds(Number(t), now),
    forwarded: false,
  }
}

/** A notice about this number that comes as an event and not as a stanza. */
export function accountNotice(
  content: Notice,
  whatsappId: IncomingMessage['whatsappId'],
  own: PersonId,
  now: EpochMs,
): IncomingMessage {
  const chat = { kind: 'person', ...own } as const
  return { whatsappId, chat, sender: own, fromMe: true, at: now, forwarded: false, content }
}

function pictureOf({ attrs, content }: BinaryNode, own: PersonId): AccountNotice | undefined {
  const whose = personOfJid(attrs['from'])
  if (whose === undefined || !isSamePerson(whose, own) || !Array.isArray(content)) return undefined
  const isChange = content.some(({ tag }) => tag === 'set' || tag === 'delete')
  if (!isChange) return undefined
  return { chat: { kind: 'person', ...own }, sender: own, content: { kind: 'own-picture' } }
}

function mexOf({ content }: BinaryNode): AccountNotice | undefined {
  const update = updateIn(content)
  const { content: bytes } = update ?? {}
  if (update === undefined || bytes === undefined || Array.isArray(bytes)) return undefined
  const answer = readParameters(typeof bytes === 'string' ? bytes : Buffer.from(bytes).toString())
  return readers.get(update.attrs['op_name'])?.(objectIn(answer, 'data'))
}

function updateIn(content: BinaryNode['content']): BinaryNode | undefined {
  return Array.isArray(content) ? content.find(({ tag }) => tag === 'update') : undefined
}

/** By the name of WhatsApp's operation. */
const readers: ReadonlyMap<string | undefined, (told: Parameters) => AccountNotice | undefined> =
  new Map([
    [
      'NotificationNewsletterAdminPromote',
      (told) => roleOf(objectIn(told, 'xwa2_notify_newsletter_admin_promote'), 'promoted', 'ADMIN'),
    ],
    [
      'NotificationNewsletterAdminDemote',
      (told) =>
        roleOf(objectIn(told, 'xwa2_notify_newsletter_admin_demote'), 'demoted', 'SUBSCRIBER'),
    ],
    [
      'NotificationGroupMemberLinkPropertyUpdate',
      (told) => linkModeOf(objectIn(told, 'xwa2_notify_group_on_prop_change')),
    ],
  ])

function roleOf(
  told: Parameters,
  change: 'promoted' | 'demoted',
  usual: string,
): AccountNotice | undefined {
  const channel = textIn(told, 'id')
  const chat = isJidNewsletter(channel) ? chatOfJid(channel) : undefined
  const person = personIn(objectIn(told, 'user'))
  if (chat === undefined || person === undefined) return undefined
  const role = textIn(told, 'user_new_role') || usual
  const sender = personIn(objectIn(told, 'actor')) ?? personIn(objectIn(told, 'admin')) ?? person
  return { chat, sender, content: { kind: 'channel-role', change, person, role } }
}

function linkModeOf(told: Parameters): AccountNotice | undefined {
  const group = textIn(told, 'id')
  const chat = isJidGroup(group) ? chatOfJid(group) : undefined
  const value = textIn(objectIn(told, 'properties'), 'member_link_mode').toUpperCase()
  const sender = personIn(objectIn(told, 'updated_by'))
  if (chat === undefined || value === '' || sender === undefined) return undefined
  const content = { kind: 'group-change', change: 'member-link-mode', people: [], value } as const
  return { chat, sender, content }
}

function personIn(told: Parameters): PersonId | undefined {
  const person = personOfJid(textIn(told, 'id'))
  const other = personOfJid(textIn(told, 'pn'))
  return person === undefined ? other : withOtherAddress(person, other)
}
