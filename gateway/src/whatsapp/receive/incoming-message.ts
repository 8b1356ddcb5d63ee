/**
 * A message or a change of a group as Baileys gives it, in our words.
 * Both what comes live and what waited for us while we were away.
 */

import { isJidGroup, normalizeMessageContent, toNumber, type WAMessage } from 'baileys'
import { isSamePerson, type ChatId, type PersonId } from '../../domain/chat.js'
import type { MediaId, MediaReference } from '../../domain/incoming-content.js'
import type { IncomingMessage } from '../../domain/incoming-message.js'
import type { MessageTarget } from '../../domain/message-target.js'
import type { EpochMs } from '../../domain/time.js'
import { newMediaId } from '../../runtime/ids.js'
import { withChangedId } from '../baileys-patches/channel-changes.js'
import { Attachments } from './attachments.js'
import { editOf, incomingContent } from './incoming-content.js'
import { contextOf } from './incoming-context.js'
import { noticeContent } from './incoming-notice.js'
import { originalOf } from '../send/original-message.js'
import { paymentContent } from './incoming-payment.js'
import { chatOfJid, isWhatsappId, personOfJid, withOtherAddress } from '../jid.js'
import { openAnswer, sealedAnswerTo } from './sealed-answers.js'
import { openEdit, sealedEditIn } from './sealed-edits.js'
import type { StanzaFact } from './stanza-facts.js'
import { timeOfSeconds } from './time-of-seconds.js'

export interface ReadingOptions {
  readonly mediaId?: () => MediaId
  /** Of a vote, an answer or a sealed edit: what is kept of the message that it is about. */
  readonly kept?: Uint8Array | undefined
  /** Its sender under all names that are known. */
  readonly answerer?: PersonId | undefined
  readonly facts?: StanzaFact | undefined
}

const unreadable = { kind: 'waiting', viewOnce: false } as const

/**
 * `undefined` when there is nothing to tell about: not for us to understand,
 * or not from a chat of ours. Other people's statuses are none.
 */
export function incomingMessageOf(
  given: WAMessage,
  own: PersonId,
  now: EpochMs,
  { mediaId = newMediaId, kept, answerer, facts }: ReadingOptions = {},
): IncomingMessage | undefined {
  const message = withChangedId(given)
  const { key } = message
  const fromMe = key.fromMe === true || facts?.isOwnPost === true || isOwnAct(message, own, facts)
  const addressed = addressedChat(message)
  if (addressed === undefined || !isWhatsappId(key.id)) return undefined

  const chat = completeChat(addressed, personOfJid(key.remoteJidAlt), own, fromMe)
  const sender = fromMe ? own : senderOf(message, chat)
  const sealed = sealedEditIn(normalizeMessageContent(message.message ?? undefined))
  const edit = sealed
    ? openEdit(sealed, answerer ?? sender, kept)
    : editOf(message.message, { sender })
  const said = edit?.message ?? message.message
  const author = { chat, sender, own, fromMe }
  const attachments = new Attachments(mediaId)
  const content =
    sealed && !edit?.message
      ? edit && unreadable
      : (noticeContent(message, sender, facts) ??
        paymentContent(message, author) ??
        incomingContent(said, author, attachments) ??
        (sealedAnswerTo(message) === undefined
          ? undefined
          : openAnswer(message, { ...author, sender: answerer ?? sender }, kept)))
  if (content === undefined) return undefined
  if (content.kind === 'timer' && chat.kind === 'group' && !facts?.setTimer) return undefined

  const context = contextOf(said, attachments)
  return {
    whatsappId: key.id,
    chat,
    sender,
    senderName: message.pushName || undefined,
    fromMe,
    at: message.messageTimestamp ? timeOfSeconds(toNumber(message.messageTimestamp), now) : now,
    ...context,
    editOf: isWhatsappId(edit?.originalId) ? edit.originalId : undefined,
    change: chat.kind === 'newsletter' ? changeIn(message) : undefined,
    broadcast: message.broadcast || undefined,
    listRecipients: facts?.listRecipients,
    serverId: key.server_id,
    content,
    original: originalOf(said, content, edit !== undefined),
    media: mediaOf(attachments, {
      whatsappId: isWhatsappId(edit?.originalId) ? edit.originalId : key.id,
      fromMe,
      chat,
      author: chat.kind === 'group' ? sender : undefined,
    }),
  }
}

/**
 * What this number did to a group. Baileys looks for its phone number alone, and most groups name
 * their members by LID (`handleNotification` in `Socket/messages-recv.js`, 7.0.0-rc14).
 */
function isOwnAct(
  { key, messageStubType }: WAMessage,
  own: PersonId,
  facts: StanzaFact | undefined,
): boolean {
  const isAct = facts?.setTimer ?? (messageStubType !== undefined && messageStubType !== null)
  if (!isAct || !isJidGroup(key.remoteJid ?? undefined)) return false
  return [key.participant, key.participantAlt].some((jid) =>
    isSamePerson(personOfJid(jid) ?? {}, own),
  )
}

/** See `writeAsInChats`. */
function changeIn({ message }: WAMessage): string | undefined {
  const { protocolMessage } = normalizeMessageContent(message ?? undefined) ?? {}
  if (!protocolMessage) return undefined
  return `${protocolMessage.type} ${toNumber(protocolMessage.timestampMs ?? 0)}`
}

export function mediaOf(
  { references }: Attachments,
  origin: MessageTarget,
): readonly MediaReference[] | undefined {
  return references.length > 0
    ? references.map((reference) => ({ ...reference, origin }))
    : undefined
}

/** What comes from a list belongs to the chat with its sender; our own list is a chat of its own. */
function addressedChat({ key }: WAMessage): ChatId | undefined {
  const { remoteJid } = key
  if (!remoteJid?.endsWith('@broadcast')) return chatOfJid(remoteJid)
  if (remoteJid === 'status@broadcast') return undefined
  if (!key.fromMe) return chatOfJid(key.participant)
  return { kind: 'broadcast', list: remoteJid.slice(0, -'@broadcast'.length) }
}

/** Of a message of our own, Baileys gives our own number as the other name of the chat: that one must not be believed. */
function completeChat(
  chat: ChatId,
  other: PersonId | undefined,
  own: PersonId,
  fromMe: boolean,
): ChatId {
  if (chat.kind !== 'person' || other === undefined) return chat
  if (fromMe && isSamePerson(other, own) && !isSamePerson(chat, own)) return chat
  return { kind: 'person', ...withOtherAddress(chat, other) }
}

function senderOf({ key }: WAMessage, chat: ChatId): PersonId {
  if (chat.kind === 'person') {
    const { kind: _, ...person } = chat
    return person
  }
  return withOtherAddress(personOfJid(key.participant) ?? {}, personOfJid(key.participantAlt))
}
