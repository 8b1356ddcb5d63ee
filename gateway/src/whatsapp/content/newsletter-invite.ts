import type { NewsletterInviteContent } from '../../domain/content/newsletter-invite.js'
import { newsletterJid } from '../jid.js'
import type { ToWire } from './wire-message.js'

export const newsletterInviteToWire: ToWire<NewsletterInviteContent> = (
  { newsletter, caption },
  { invitation },
) => ({
  message: {
    newsletterAdminInviteMessage: {
      newsletterJid: newsletterJid(newsletter),
      newsletterName: invitation?.name ?? '',
      caption,
      inviteExpiration: Math.floor((invitation?.until ?? 0) / 1_000),
    },
  },
  additionalNodes: [],
})
