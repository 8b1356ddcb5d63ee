import type { EarlierReference } from '../../domain/content/context.js'
import type { OriginalMessage } from '../../domain/kept-message.js'
import type { WireMessage } from '../content/wire-message.js'
import type { NewsletterFacts } from './newsletter-stanza.js'
import type { Address } from './resolve.js'

/** A message as it goes to Baileys. */
export interface EncodedMessage extends Address {
  readonly wire: WireMessage
  /** As it is kept; `undefined` for what nothing can refer to. */
  readonly original: OriginalMessage | undefined
  /** Of a message to a channel. */
  readonly newsletter?: NewsletterFacts | undefined
  /** The earlier message that it is about. */
  readonly about: EarlierReference | undefined
}
