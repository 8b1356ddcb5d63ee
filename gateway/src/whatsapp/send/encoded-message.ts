import type { EarlierReference } from '../../domain/content/context.js'
import type { OriginalMessage } from '../../domain/kept-message.js'
import type { WireMessage } from '../content/wire-message.js'
import type { Address } from './resolve.js'

/** What stands on the stanza of a message to a channel, beside its content. */
export interface NewsletterFacts {
  /** WhatsApp's name of the uploaded file. */
  readonly mediaId: string | undefined
  /** The number that the channel gave the message that this one is about. */
  readonly targetServerId: string | undefined
}

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
