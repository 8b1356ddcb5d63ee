/** Every kind of message on the wire, one kind a file. */

import { randomBytes } from 'node:crypto'
import type { proto } from 'baileys'
import type { PreparedFiles } from '../../domain/content/files.js'
import type { ContentKind, ContentOf, MessageContent } from '../../domain/content/index.js'
import { audioToWire } from './audio.js'
import { carouselToWire } from './carousel.js'
import { orderToWire } from './order.js'
import { pixKeyToWire } from './pix-key.js'
import { buttonAnswerToWire } from './button-answer.js'
import { contactsToWire } from './contacts.js'
import { buttonsToWire } from './buttons.js'
import { deletionToWire } from './deletion.js'
import { documentToWire } from './document.js'
import { editToWire } from './edit.js'
import { eventToWire } from './event.js'
import { eventEditToWire } from './event-edit.js'
import { eventReplyToWire } from './event-reply.js'
import { forwardToWire } from './forward.js'
import { imageToWire } from './image.js'
import { linkToWire } from './link.js'
import { locationToWire } from './location.js'
import { newsletterInviteToWire } from './newsletter-invite.js'
import { optionListToWire } from './option-list.js'
import { otpButtonToWire } from './otp-button.js'
import { pinToWire } from './pin.js'
import { pollToWire } from './poll.js'
import { stickerToWire } from './sticker.js'
import { pollVoteToWire } from './poll-vote.js'
import { reactionToWire } from './reaction.js'
import { textToWire } from './text.js'
import { timerToWire } from './timer.js'
import { videoToWire } from './video.js'
import type { ToWire, WireContext, WireMessage } from './wire-message.js'

const wires: { readonly [K in ContentKind]: ToWire<ContentOf<K>> } = {
  'otp-button': otpButtonToWire,
  text: textToWire,
  image: imageToWire,
  document: documentToWire,
  link: linkToWire,
  audio: audioToWire,
  video: videoToWire,
  sticker: stickerToWire,
  location: locationToWire,
  contacts: contactsToWire,
  poll: pollToWire,
  event: eventToWire,
  buttons: buttonsToWire,
  'button-answer': buttonAnswerToWire,
  'pix-key': pixKeyToWire,
  order: orderToWire,
  carousel: carouselToWire,
  'option-list': optionListToWire,
  edit: editToWire,
  reaction: reactionToWire,
  deletion: deletionToWire,
  forward: forwardToWire,
  pin: pinToWire,
  'chat-timer': timerToWire,
  'poll-vote': pollVoteToWire,
  'event-reply': eventReplyToWire,
  'event-edit': eventEditToWire,
  'newsletter-invite': newsletterInviteToWire,
}

const secretBytes = 32

export interface WireFiles {
  readonly prepared: PreparedFiles
  /** By role, those that are uploaded. */
  readonly uploaded: ReadonlyMap<string, proto.IMessage>
}

export function toWire(
  content: MessageContent,
  files: WireFiles,
  context: Pick<WireContext, 'shape' | 'at'> & Partial<WireContext>,
): WireMessage {
  // `kind` names the maker of its own content.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  const make = wires[content.kind] as ToWire<MessageContent>
  return make(content, {
    isGroup: false,
    messageSecret: randomBytes(secretBytes),
    chatJid: '',
    seal: sealsNothing,
    ...context,
    prepared: (role) => known(files.prepared, role),
    uploaded: (role) => known(files.uploaded, role),
  })
}

function sealsNothing(): never {
  throw new TypeError('the message is about no other one')
}

function known<T>(files: ReadonlyMap<string, T>, role: string): T {
  const file = files.get(role)
  if (file === undefined) throw new TypeError(`the message has no file "${role}"`)
  return file
}
