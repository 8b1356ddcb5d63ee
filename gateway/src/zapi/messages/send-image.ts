import { Type } from 'typebox'
import { imageSourceOf } from '../from-zapi.js'
import { send } from '../send.js'
import { captionAttribute, viewOnceAttribute } from './media-attributes.js'

export const sendImage = send({
  path: '/send-image',
  summary: 'Sends an image.',
  description: 'JPEG, PNG, WebP, GIF, AVIF or TIFF; it is sent as JPEG.',
  body: {
    image: Type.String({
      minLength: 1,
      description: 'A URL (at most 16 MB), or base64 (at most 5 MB).',
    }),
    caption: captionAttribute,
    viewOnce: viewOnceAttribute,
  },
  takes: 'file',
  notBuilt: ['messageId', 'editImageMessageId'],
  example: { phone: '5511999999999', image: 'https://example.com/logo.png', caption: 'Logo' },
  content: ({ image, caption = '', viewOnce }, { isAllowedAddress }) => ({
    kind: 'image',
    image: imageSourceOf(image, isAllowedAddress),
    caption,
    ...(viewOnce ? { viewOnce } : {}),
  }),
})
