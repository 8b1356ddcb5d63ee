import { Type } from 'typebox'
import { newsletterExample, newsletterOf } from '../newsletters/newsletter-attributes.js'
import { longestCaption, send } from '../send.js'

export const sendNewsletterAdminInvite = send({
  path: '/send-newsletter-admin-invite',
  summary: 'Asks a person to be an admin of a channel.',
  description:
    'WhatsApp opens the invitation before the message is sent, so the number has to be the owner of the channel. To people alone.',
  recipients: 'people',
  body: {
    adminInviteMessage: Type.Object(
      {
        newsletterId: Type.Optional(
          Type.Unknown({ description: 'Required. The id of the channel with its `@newsletter`.' }),
        ),
        caption: Type.Optional(
          Type.String({ maxLength: longestCaption, description: 'The text of the message.' }),
        ),
      },
      { description: 'The channel, and what to say of it.' },
    ),
  },
  example: {
    phone: '5511999999999',
    adminInviteMessage: {
      newsletterId: newsletterExample,
      caption: 'Quero convidar você para ser admin do meu canal no WhatsApp.',
    },
  },
  content: ({ adminInviteMessage: { newsletterId, caption = '' } }) => ({
    kind: 'newsletter-invite',
    newsletter: newsletterOf(newsletterId, 'adminInviteMessage.newsletterId'),
    caption,
  }),
})
