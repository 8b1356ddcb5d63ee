/** Messages about other messages, or about the chat: reactions, pins, deletions, the timer. */

import { proto, toNumber } from 'baileys'
import { isOtherPerson, isSamePerson, type ChatId, type PersonId } from '../../domain/chat.js'
import type { IncomingContent } from '../../domain/incoming-content.js'
import type { MessageTarget } from '../../domain/message-target.js'
import { isWhatsappId, personOfJid } from '../jid.js'

/** From whose point of view a message names others. */
export interface Author {
  readonly chat: ChatId
  readonly sender: PersonId
  readonly own: PersonId
  readonly fromMe: boolean
}

export function actContent(
  {
    reactionMessage,
    pinInChatMessage,
    protocolMessage,
    messageContextInfo,
    callLogMesssage,
  }: proto.IMessage,
  author: Author,
): IncomingContent | undefined {
  if (reactionMessage) {
    const target = targetInOurView(reactionMessage.key, author)
    const at = toNumber(reactionMessage.senderTimestampMs ?? 0)
    return target && { kind: 'reaction', emoji: reactionMessage.text ?? '', at, target }
  }
  if (pinInChatMessage) {
    const target = targetOf(pinInChatMessage.key, author)
    const isPinned = pinInChatMessage.type === proto.Message.PinInChatMessage.Type.PIN_FOR_ALL
    const durationSeconds = messageContextInfo?.messageAddOnDurationInSecs ?? 0
    return target && { kind: 'pin', isPinned, durationSeconds, target }
  }
  if (callLogMesssage) return callLog(callLogMesssage, author)
  const { EPHEMERAL_SETTING } = proto.Message.ProtocolMessage.Type
  if (protocolMessage?.type === EPHEMERAL_SETTING)
    return { kind: 'timer', seconds: protocolMessage.ephemeralExpiration ?? 0 }
  // Absent is the first one, as everywhere in protobuf.
  if (
    protocolMessage &&
    (protocolMessage.type ?? 0) === proto.Message.ProtocolMessage.Type.REVOKE
  ) {
    const target = targetOf(protocolMessage.key, author)
    if (target === undefined || !mayDelete(target, author)) return undefined
    return { kind: 'deleted', target }
  }
  return undefined
}

/** A missed call is told by its own stanzas, see `calls.ts`. */
function callLog(
  { callOutcome, isVideo }: proto.Message.ICallLogMessage,
  { fromMe }: Author,
): IncomingContent | undefined {
  const { CONNECTED, ONGOING } = proto.Message.CallLogMessage.CallOutcome
  const outcome = callOutcome ?? CONNECTED
  if (outcome !== CONNECTED && outcome !== ONGOING) return undefined
  const step = outcome === ONGOING ? 'started' : 'ended'
  return { kind: 'call-log', step, isVideo: isVideo ?? false, isOutgoing: fromMe }
}

/** The author may delete a message. In a group its admins may too: `hear.ts` asks who they are. */
function mayDelete({ fromMe }: MessageTarget, author: Author): boolean {
  return author.chat.kind === 'group' || fromMe === author.fromMe
}

/** Whether the sender of this message may have written the one that `key` names. */
export function mayBeOwn(key: proto.IMessageKey, { sender }: Pick<Author, 'sender'>): boolean {
  const named = personOfJid(key.participant)
  if (named !== undefined && isOtherPerson(named, sender)) return false
  return key.fromMe !== false || named !== undefined
}

/** `key` as its sender sees it: "from me" is from the sender. */
export function targetOf(
  key: proto.IMessageKey | null | undefined,
  { chat, sender, own, fromMe }: Author,
): MessageTarget | undefined {
  if (!isWhatsappId(key?.id)) return undefined
  const other = fromMe && chat.kind === 'person' ? chat : own
  const writer = personOfJid(key.participant) ?? (key.fromMe ? sender : other)
  return {
    whatsappId: key.id,
    fromMe: isSamePerson(writer, own),
    chat,
    author: chat.kind === 'group' ? writer : undefined,
  }
}

/** `key` as Baileys turned it round already: "from me" is from us. */
export function targetInOurView(
  key: proto.IMessageKey | null | undefined,
  { chat, sender, own }: Pick<Author, 'chat' | 'sender' | 'own'>,
): MessageTarget | undefined {
  if (!isWhatsappId(key?.id)) return undefined
  const fromMe = key.fromMe ?? false
  const writer = fromMe ? own : (personOfJid(key.participant) ?? sender)
  return {
    whatsappId: key.id,
    fromMe,
    chat,
    author: chat.kind === 'group' ? writer : undefined,
  }
}
