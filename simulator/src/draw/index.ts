/**
 * Draws a decrypted message: one file a kind, each listed here. A new kind is a file with `kind(…)`, its
 * entry in `kinds`, and a test beside it that feeds it real protobuf bytes.
 */

import { type BinaryNode, normalizeMessageContent, type proto } from 'baileys'
import { type Change, isChange } from './change.js'
import { contextIn, forwardedOf } from './context.js'
import { buttonAnswer, flowAnswer, listAnswer, templateAnswer } from './answers.js'
import { audio } from './audio.js'
import { contact, contacts } from './contact.js'
import { document } from './document.js'
import { event, eventResponse, secretEdit } from './event.js'
import type { Hindrance } from './hindrance.js'
import { image } from './image.js'
import { interactive } from './interactive.js'
import { channelInvite, groupInvite } from './invite.js'
import type { FileSource, InlineFile } from './file.js'
import type { Kind, Pen } from './kind.js'
import { list } from './list.js'
import { liveLocation, location } from './location.js'
import { cart } from './order.js'
import { paymentRequest, paymentSent } from './payment.js'
import { pin } from './pin.js'
import { polls, pollVote } from './poll.js'
import { product } from './product.js'
import { protocol } from './protocol.js'
import { reaction } from './reaction.js'
import { sticker } from './sticker.js'
import { legacyButtons, template } from './template.js'
import { conversation, extendedText } from './text.js'
import { roundVideo, video } from './video.js'
import type { View } from './view.js'

/** The order counts only for a message with two of these fields: the first is drawn. */
const kinds: readonly Kind[] = [
  conversation,
  extendedText,
  image,
  video,
  roundVideo,
  audio,
  document,
  sticker,
  location,
  liveLocation,
  contact,
  contacts,
  interactive,
  template,
  legacyButtons,
  list,
  buttonAnswer,
  templateAnswer,
  listAnswer,
  flowAnswer,
  ...polls,
  pollVote,
  event,
  eventResponse,
  secretEdit,
  product,
  cart,
  paymentRequest,
  paymentSent,
  channelInvite,
  groupInvite,
  reaction,
  pin,
  protocol,
]

/** Fields beside the content: keys and secrets, which no client shows. */
const unseen: ReadonlySet<string> = new Set([
  'senderKeyDistributionMessage',
  'fastRatchetKeySenderKeyDistributionMessage',
  'messageContextInfo',
])

export interface DrawnMessage {
  readonly view: View
  /** The files of the view, by the names that it uses. */
  readonly files: ReadonlyMap<string, FileSource | InlineFile>
}

type NumberOf = (jid: string | null | undefined) => string

/** The digits before the `@`; a group's JID as it is. */
const userOf: NumberOf = (jid) =>
  jid?.endsWith('@g.us') ? jid : (jid?.split('@')[0]?.split(':')[0] ?? '')

/** What a person sees of a message, or what it does to an earlier one. Never throws for what a sender chose. */
export function draw(message: proto.IMessage, numberOf: NumberOf = userOf): DrawnMessage | Change {
  const content = contentOf(message)
  const drawn = drawContent(content, numberOf)
  if (isChange(drawn)) return drawn
  const { view, files } = drawn
  return { view: { ...view, ...surroundings(message, content, numberOf) }, files }
}

function drawContent(content: proto.IMessage, numberOf: NumberOf): DrawnMessage | Change {
  const files = new Map<string, FileSource | InlineFile>()
  const note = (file: FileSource | InlineFile): string => {
    const name = `${files.size}`
    files.set(name, file)
    return name
  }
  const pen: Pen = {
    message: content,
    numberOf,
    file: note,
    thumbnail: (bytes) => (bytes?.length ? note({ bytes, mimetype: 'image/jpeg' }) : undefined),
  }
  const drawn = kindOf(content)?.draw(pen) ?? unknownIn(content)
  if (isChange(drawn)) return drawn
  return { view: drawn, files }
}

/** Whatever keeps clients from showing the message, of those reasons that belong to its kind. */
export function kindHindrances(message: proto.IMessage, stanza: BinaryNode): readonly Hindrance[] {
  const content = contentOf(message)
  return kindOf(content)?.hindrances(content, stanza) ?? []
}

/** The content without its envelopes; a copy for the sender's own devices is one, too. */
export function contentOf(message: proto.IMessage): proto.IMessage {
  const content = normalizeMessageContent(message.deviceSentMessage?.message ?? message) ?? {}
  // Baileys leaves this wrapper on.
  const inner = content.groupMentionedMessage?.message ?? content
  const { messageContextInfo } = message
  return messageContextInfo && !inner.messageContextInfo ? { ...inner, messageContextInfo } : inner
}

function kindOf(content: proto.IMessage): Kind | undefined {
  return kinds.find(({ field }) => content[field] !== null && content[field] !== undefined)
}

function unknownIn(content: proto.IMessage): Pick<View, 'kind' | 'parts'> {
  const name =
    Object.entries(content).find(
      ([field, value]) => value !== null && value !== undefined && !unseen.has(field),
    )?.[0] ?? 'empty'
  return { kind: name, parts: [{ type: 'unknown', name }] }
}

function surroundings(
  message: proto.IMessage,
  content: proto.IMessage,
  numberOf: NumberOf,
): Omit<View, 'kind' | 'parts'> {
  const context = contextIn(content)
  const forwarded = context && forwardedOf(context)
  const quote = context && quoteOf(context, numberOf)
  return {
    ...(quote ? { quote } : {}),
    ...(forwarded ? { forwarded } : {}),
    ...(context?.expiration ? { disappearsAfter: context.expiration } : {}),
    ...(isViewOnce(message, content) ? { viewOnce: true } : {}),
  }
}

function quoteOf(context: proto.IContextInfo, numberOf: NumberOf): View['quote'] {
  const { stanzaId, quotedMessage, participant } = context
  if (!stanzaId || !quotedMessage) return undefined
  // Without its own quote: a sender could nest them without end.
  const quoted = drawContent(contentOf(quotedMessage), numberOf)
  const view = isChange(quoted) ? undefined : quoted.view
  return {
    id: stanzaId,
    from: participant ? numberOf(participant) : '',
    kind: view?.kind ?? '',
    text: view ? textOf(view) : '',
  }
}

/** The flag inside the media counts; the wrappers are of old, and an interactive message in one is no photo. */
function isViewOnce(message: proto.IMessage, content: proto.IMessage): boolean {
  const { imageMessage, videoMessage, audioMessage } = content
  const media = imageMessage ?? videoMessage ?? audioMessage
  if (!media) return false
  const sent = message.deviceSentMessage?.message ?? message
  const inner = sent.ephemeralMessage?.message ?? sent
  const wrapped =
    inner.viewOnceMessage ?? inner.viewOnceMessageV2 ?? inner.viewOnceMessageV2Extension
  return media.viewOnce === true || Boolean(wrapped)
}

/** All that can be read, a line each. */
export function textOf({ parts }: Pick<View, 'parts'>): string {
  return parts
    .flatMap((part) =>
      part.type === 'title' || part.type === 'text' || part.type === 'footer' ? [part.text] : [],
    )
    .join('\n')
}
