import { Type } from 'typebox'
import { endpoint } from '../endpoint.js'
import { recipientOf } from '../from-zapi.js'
import { noAnswer, notConnected } from '../refusals.js'

export const contactPicture = endpoint({
  method: 'GET',
  path: '/profile-picture',
  tag: 'contacts',
  summary: 'Tells where WhatsApp serves the picture of a person or a group.',
  description: 'The link holds for some hours.',
  query: {
    phone: Type.String({
      description: 'A number with its country, a group or a LID.',
      examples: ['5511999999999'],
    }),
  },
  answer: Type.Object(
    {
      link: Type.Unsafe<string | null>({
        type: ['string', 'null'],
        description: 'null without a picture, or where this number may not see it.',
      }),
    },
    {
      description: 'What WhatsApp tells now.',
      examples: [{ link: 'https://pps.whatsapp.net/v/t61.24694-24/picture.jpg' }],
    },
  ),
  refusals: { ...notConnected, ...noAnswer },
  handle: async ({ instance }, { query }, { profiles }) => {
    const asked = recipientOf(query.phone)
    return { link: (await profiles.profilesOf(instance.id).pictureOf(asked)) ?? null }
  },
})
