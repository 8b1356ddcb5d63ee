/**
 * What the outbox must know of a kind of message, so that no other file asks for the kind.
 *
 * Each kind has one file in this folder with its type and its traits; `index.ts` lists them.
 */

import type { ChatId } from '../chat.js'
import type { IncomingContent } from '../incoming-content.js'
import type { IncomingMessage } from '../incoming-message.js'
import type { MessageTarget } from '../message-target.js'
import type { EpochMs } from '../time.js'
import type { EarlierReference } from './context.js'
import type { FileRequest } from './files.js'

export interface PlannedCall {
  readonly kind: 'voice' | 'video'
  readonly startsAtSeconds: number
}

/** Where and when a message stands, and what is known of the earlier message that it is about. */
export interface ContentPlace {
  readonly chat: ChatId
  readonly at: EpochMs
  readonly target?: MessageTarget | undefined
  /** What the earlier message said. */
  readonly earlier?: IncomingContent | undefined
}

/** `Instead` is what its fallback may be. */
export interface Traits<C, Instead = never> {
  /** The text that listings show. */
  text(content: C): string
  /** The secret in it, which is masked wherever it is shown. */
  code?(content: C): string | undefined
  /** The content with every text in it masked. Needed by a kind that has a code. */
  masked?(content: C, mask: (text: string) => string): C
  /** Prepared before the message is sent. */
  files?(content: C): readonly FileRequest[]
  /** What others see while it is "typed". `composing` if unset. */
  readonly presence?: 'recording'
  /** A call that WhatsApp makes a link to before the message is sent. */
  call?(content: C): PlannedCall | undefined
  /** The channel whose invitation WhatsApp opens before the message is sent. Its digits. */
  invitation?(content: C): string | undefined
  /** The earlier message that it is about. */
  earlier?(content: C): EarlierReference | undefined
  /** Once it is sent, the earlier message says something else or is gone. */
  readonly changesEarlier?: true
  /** Phones take an edit for a short time only. */
  readonly isEdit?: true
  /** The content as another device of the same number receives it. `undefined` where that is not known. */
  asReceived(content: C, place: ContentPlace): IncomingContent | undefined
  /** What that device receives beside it. */
  echo?(content: C): Pick<Partial<IncomingMessage>, 'editOf' | 'forwarded'>
  /** The same in plain text, for a WhatsApp that refuses this kind. */
  fallback?(content: C): Instead
  /** Further messages that belong to the fallback and follow it. */
  fallbackRest?(content: C): readonly Instead[]
  /** Set where only some phones show the kind in a group. */
  readonly isRareInGroups?: true
  /** Whether channels take it. They take none of the kinds without this. */
  isForNewsletters?(content: C): boolean
  /** How long it is worth sending, in ms, if its caller names no time. Unset: for ever. */
  lifetimeMs?(content: C): number | undefined
}
