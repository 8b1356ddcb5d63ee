/** Everything that can be said in a chat, one kind a file, and the one list of their traits. */

import { type AudioContent, audioTraits } from './audio.js'
import type { InContext } from './context.js'
import { type CarouselContent, carouselTraits } from './carousel.js'
import { type OrderContent, orderTraits } from './order.js'
import { type PixKeyContent, pixKeyTraits } from './pix-key.js'
import { type ButtonAnswerContent, buttonAnswerTraits } from './button-answer.js'
import { type ContactsContent, contactsTraits } from './contacts.js'
import { type ButtonsContent, buttonsTraits } from './buttons.js'
import { type DeletionContent, deletionTraits } from './deletion.js'
import { type DocumentContent, documentTraits } from './document.js'
import { type EditContent, editTraits } from './edit.js'
import { type EventContent, eventTraits } from './event.js'
import type { FileRequest } from './files.js'
import { type EventEditContent, eventEditTraits } from './event-edit.js'
import { type EventReplyContent, eventReplyTraits } from './event-reply.js'
import { type ForwardContent, forwardTraits } from './forward.js'
import { type ImageContent, imageTraits } from './image.js'
import { type LinkContent, linkTraits } from './link.js'
import { type LocationContent, locationTraits } from './location.js'
import { type NewsletterInviteContent, newsletterInviteTraits } from './newsletter-invite.js'
import { type OptionListContent, optionListTraits } from './option-list.js'
import { type OtpButtonContent, otpButtonTraits } from './otp-button.js'
import { type PinContent, pinTraits } from './pin.js'
import { type PollContent, pollTraits } from './poll.js'
import { type StickerContent, stickerTraits } from './sticker.js'
import { type PollVoteContent, pollVoteTraits } from './poll-vote.js'
import { type ReactionContent, reactionTraits } from './reaction.js'
import { type TextContent, textTraits } from './text.js'
import { type TimerContent, timerTraits } from './timer.js'
import type { Traits } from './traits.js'
import { type VideoContent, videoTraits } from './video.js'

type AnyKind =
  | OtpButtonContent
  | TextContent
  | ImageContent
  | DocumentContent
  | LinkContent
  | AudioContent
  | VideoContent
  | StickerContent
  | LocationContent
  | ContactsContent
  | PollContent
  | EventContent
  | ButtonsContent
  | ButtonAnswerContent
  | PixKeyContent
  | OrderContent
  | CarouselContent
  | OptionListContent
  | EditContent
  | ReactionContent
  | DeletionContent
  | ForwardContent
  | PinContent
  | TimerContent
  | PollVoteContent
  | EventReplyContent
  | EventEditContent
  | NewsletterInviteContent

export type MessageContent = AnyKind & InContext

export type ContentKind = MessageContent['kind']

export type ContentOf<K extends ContentKind> = Extract<MessageContent, { readonly kind: K }>

const traits: { readonly [K in ContentKind]: Traits<ContentOf<K>, MessageContent> } = {
  'otp-button': otpButtonTraits,
  text: textTraits,
  image: imageTraits,
  document: documentTraits,
  link: linkTraits,
  audio: audioTraits,
  video: videoTraits,
  sticker: stickerTraits,
  location: locationTraits,
  contacts: contactsTraits,
  poll: pollTraits,
  event: eventTraits,
  buttons: buttonsTraits,
  'button-answer': buttonAnswerTraits,
  'pix-key': pixKeyTraits,
  order: orderTraits,
  carousel: carouselTraits,
  'option-list': optionListTraits,
  edit: editTraits,
  reaction: reactionTraits,
  deletion: deletionTraits,
  forward: forwardTraits,
  pin: pinTraits,
  'chat-timer': timerTraits,
  'poll-vote': pollVoteTraits,
  'event-reply': eventReplyTraits,
  'event-edit': eventEditTraits,
  'newsletter-invite': newsletterInviteTraits,
}

/** Every kind, as it is stored and listed. */
// `traits` has each of them and nothing else.
// oxlint-disable-next-line typescript/no-unsafe-type-assertion
export const contentKinds = Object.keys(traits) as readonly ContentKind[]

/** The traits of this very content, so they take it and no other. */
export function traitsOf(content: MessageContent): Traits<MessageContent, MessageContent> {
  return traits[content.kind]
}

export function filesOf(content: MessageContent): readonly FileRequest[] {
  return traitsOf(content).files?.(content) ?? []
}
