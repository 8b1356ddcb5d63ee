import { Type } from 'typebox'
import { imageSourceOf } from '../from-zapi.js'
import { longestCaption, send } from '../send.js'

export const sendImage = send({
  path: '/send-image',
  summary: 'Sends an image.',
  description: 'JPEG, PNG, WebP, GIF, AVIF or TIFF; it is sent as JPEG.',
  body: {
    image: Type.String({ minLength: 1, description: 'A URL, or base64, at most 5 MB.' }),
    caption: Type.Optional(
      Type.String({ maxLength: longestCaption, description: 'The text below it.' }),
    ),
  },
  takes: 'file',
  notBuilt: ['messageId', 'viewOnce', 'editImageMessageId'],
  example: { phone: '5511999999999', image: 'https://example.com/logo.png', caption: 'Logo' },
  content: ({ image, caption = '' }, { isAllowedAddress }) => ({
    kind: 'image',
    image: imageSourceOf(image, isAllowedAddress),
    caption,
  }),
})
