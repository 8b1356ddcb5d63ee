import type { Traits } from './traits.js'

/** Asks a person to be an admin of a channel. */
export interface NewsletterInviteContent {
  readonly kind: 'newsletter-invite'
  /** The digits of the channel's id. */
  readonly newsletter: string
  readonly caption: string
}

export const newsletterInviteTraits: Traits<NewsletterInviteContent> = {
  text: ({ caption }) => caption,
  invitation: ({ newsletter }) => newsletter,
  // Name and end of the invitation are WhatsApp's, and not known here.
  asReceived: () => undefined,
}
