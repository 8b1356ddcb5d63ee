/** The two names of an outgoing message. */

declare const brand: unique symbol

/** UUIDv7 without dashes, upper case: it tells when the message was accepted. */
export type MessageId = string & { readonly [brand]: 'MessageId' }

/** The id WhatsApp knows the message by. Chosen when the message is accepted, so a resend is the same message. */
export type WhatsappId = string & { readonly [brand]: 'WhatsappId' }
