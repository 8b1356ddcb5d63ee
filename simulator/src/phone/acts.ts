/** What a person does with a message that the phone shows, as the content that the phone then sends. Pure. */

import { normalizeMessageContent, proto } from 'baileys'
import type { Account } from '../account.js'
import type { Button, ListRow, Part } from '../draw/view.js'
import type { EventAnswer } from '../draw/view.js'
import { ActRefusedError, type PhoneMessage } from '../model.js'
import { hashOf, secretOf } from './changes.js'
import { seal, type SecretUse } from './secrets.js'

export interface Act {
  readonly message: PhoneMessage
  /** Whose phone it is. */
  readonly self: Account
  readonly author: Account
  /** The chat's JID as this phone names it. */
  readonly chatJid: string
  readonly now: number
}

/** Names a message to those who have it. */
function keyOf({ message, author, chatJid }: Act): proto.IMessageKey {
  const { id, fromMe } = message
  const isGroup = chatJid.endsWith('@g.us')
  const key = { remoteJid: chatJid, fromMe, id }
  return isGroup && !fromMe ? { ...key, participant: author.jid('lid') } : key
}

/** An empty text takes the reaction back. */
export function reactionTo(act: Act, text: string): proto.IMessage {
  return { reactionMessage: { key: keyOf(act), text, senderTimestampMs: act.now } }
}

export function deletionOf(act: Act): proto.IMessage {
  const { REVOKE: type } = proto.Message.ProtocolMessage.Type
  return { protocolMessage: { key: keyOf(act), type } }
}

export function pinOf(act: Act, seconds: number): proto.IMessage {
  const { PIN_FOR_ALL, UNPIN_FOR_ALL } = proto.Message.PinInChatMessage.Type
  const type = seconds > 0 ? PIN_FOR_ALL : UNPIN_FOR_ALL
  return {
    pinInChatMessage: { key: keyOf(act), type, senderTimestampMs: act.now },
    messageContextInfo: { messageAddOnDurationInSecs: seconds },
  }
}

/** Of a text or of the caption below a file. Throws `ActRefusedError`. */
export function correctionOf(act: Act, text: string): proto.IMessage {
  const { message } = act
  if (!message.fromMe) throw new ActRefusedError('only a message of its own can be corrected')
  const { MESSAGE_EDIT: type } = proto.Message.ProtocolMessage.Type
  const editedMessage = withText(contentOf(message), text)
  return {
    editedMessage: {
      message: { protocolMessage: { key: keyOf(act), type, editedMessage, timestampMs: act.now } },
    },
  }
}

function withText(content: proto.IMessage, text: string): proto.IMessage {
  const { conversation, extendedTextMessage, imageMessage, videoMessage, documentMessage } = content
  if (typeof conversation === 'string') return { conversation: text }
  if (extendedTextMessage) return { extendedTextMessage: { ...extendedTextMessage, text } }
  if (imageMessage) return { imageMessage: { ...imageMessage, caption: text } }
  if (videoMessage) return { videoMessage: { ...videoMessage, caption: text } }
  if (documentMessage) return { documentMessage: { ...documentMessage, caption: text } }
  throw new ActRefusedError('it has no words to correct')
}

export function forwardOf({ message }: Act): proto.IMessage {
  const content = contentOf(message)
  const score = message.view.forwarded === 'often' ? 5 : message.view.forwarded ? 2 : 1
  return withContext(content, { isForwarded: true, forwardingScore: score })
}

/** The content as an answer to the message. */
export function replyTo({ message, author }: Act, content: proto.IMessage): proto.IMessage {
  return withContext(content, {
    stanzaId: message.id,
    participant: author.jid('lid'),
    quotedMessage: contentOf(message),
  })
}

/** A plain text has no room for a context. */
function withContext(content: proto.IMessage, contextInfo: proto.IContextInfo): proto.IMessage {
  const roomy =
    typeof content.conversation === 'string'
      ? { extendedTextMessage: { text: content.conversation } }
      : content
  return Object.fromEntries(
    Object.entries(roomy).map(([field, value]: [string, unknown]) => [
      field,
      field.endsWith('Message') || field.includes('MessageV')
        ? { ...recordOf(value), contextInfo }
        : value,
    ]),
  )
}

function recordOf(value: unknown): object {
  return typeof value === 'object' && value !== null ? value : {}
}

/** No options take the vote back. Throws `ActRefusedError`. */
export function voteOf(act: Act, options: readonly string[]): proto.IMessage {
  const poll = act.message.view.parts.find((part) => part.type === 'poll')
  if (poll?.type !== 'poll') throw new ActRefusedError('it is no poll')
  const stranger = options.find((option) => !poll.options.includes(option))
  if (stranger !== undefined) throw new ActRefusedError('options has one that is not in the poll')
  if (poll.selectable > 0 && options.length > poll.selectable) {
    throw new ActRefusedError(`options may be at most ${poll.selectable}`)
  }
  const selectedOptions = options.map(hashOf)
  const vote = sealed(
    act,
    'Poll Vote',
    proto.Message.PollVoteMessage.encode({ selectedOptions }).finish(),
  )
  return {
    pollUpdateMessage: { pollCreationMessageKey: keyOf(act), vote, senderTimestampMs: act.now },
  }
}

const { GOING, NOT_GOING, MAYBE } = proto.Message.EventResponseMessage.EventResponseType
const responses = { going: GOING, 'not-going': NOT_GOING, maybe: MAYBE } as const

/** Throws `ActRefusedError`. */
export function answerOf(act: Act, answer: EventAnswer): proto.IMessage {
  if (!act.message.view.parts.some(({ type }) => type === 'event')) {
    throw new ActRefusedError('it is no event')
  }
  const response = { response: responses[answer], timestampMs: act.now }
  const plaintext = proto.Message.EventResponseMessage.encode(response).finish()
  return {
    encEventResponseMessage: {
      eventCreationMessageKey: keyOf(act),
      ...sealed(act, 'Event Response', plaintext),
    },
  }
}

/** The own JID takes the form in which the creator is known here. */
function sealed({ message, author, self }: Act, use: SecretUse, plaintext: Uint8Array) {
  const secret = secretOf(message)
  if (secret === undefined) throw new ActRefusedError('it has no secret to seal an answer with')
  const { participant, from = '' } = message.stanza.attrs
  const form = message.fromMe || (participant ?? from).endsWith('@lid') ? 'lid' : 'pn'
  const pair = { creator: author.jid(form), sender: self.jid(form) }
  return seal({ secret, id: message.id, use }, pair, plaintext)
}

/** A tap on a button that answers, or on the row of a list. Throws `ActRefusedError`. */
export function tapOf(act: Act, id: string): proto.IMessage {
  const parts = act.message.view.parts.flatMap(withCards)
  const button = parts.flatMap(buttonsIn).find((each) => each.kind === 'reply' && each.id === id)
  if (button) return replyTo(act, buttonAnswer(act.message, id, button.text))
  const row = parts.flatMap(rowsIn).find((each) => each.id === id)
  if (row) return replyTo(act, rowAnswer(act.message, row))
  throw new ActRefusedError('id is no button or row that answers')
}

function withCards(part: Part): readonly Part[] {
  return part.type === 'carousel' ? part.cards.flatMap(({ parts }) => parts) : [part]
}

function buttonsIn(part: Part): readonly Button[] {
  return part.type === 'buttons' ? part.buttons : []
}

function rowsIn(part: Part): readonly ListRow[] {
  return part.type === 'list' ? part.sections.flatMap(({ rows }) => rows) : []
}

function buttonAnswer(message: PhoneMessage, id: string, text: string): proto.IMessage {
  const content = contentOf(message)
  if (content.buttonsMessage) {
    const { DISPLAY_TEXT: type } = proto.Message.ButtonsResponseMessage.Type
    return { buttonsResponseMessage: { selectedButtonId: id, selectedDisplayText: text, type } }
  }
  if (content.templateMessage) {
    return { templateButtonReplyMessage: { selectedId: id, selectedDisplayText: text } }
  }
  return flowAnswer('quick_reply', { id, display_text: text }, text)
}

function rowAnswer(message: PhoneMessage, { id, title, description }: ListRow): proto.IMessage {
  if (!contentOf(message).listMessage) {
    return flowAnswer('single_select', { id, title, description }, title)
  }
  const { SINGLE_SELECT: listType } = proto.Message.ListResponseMessage.ListType
  const said = description === undefined ? {} : { description }
  return {
    listResponseMessage: { title, listType, singleSelectReply: { selectedRowId: id }, ...said },
  }
}

function flowAnswer(name: string, params: object, text: string): proto.IMessage {
  return {
    interactiveResponseMessage: {
      body: { text },
      nativeFlowResponseMessage: { name, paramsJson: JSON.stringify(params), version: 3 },
    },
  }
}

function contentOf({ content }: PhoneMessage): proto.IMessage {
  const inner = normalizeMessageContent(content.deviceSentMessage?.message ?? content) ?? {}
  const { messageContextInfo: _secret, ...rest } = inner
  return rest
}
