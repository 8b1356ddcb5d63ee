import { Type } from 'typebox'
import { edit } from '../../domain/content/edit.js'
import { largeFileSourceOf } from '../from-zapi.js'
import { earlierId, replyAttributes } from '../message-context.js'
import { send } from '../send.js'
import { captionAttribute, viewOnceAttribute } from './media-attributes.js'

export const sendImage = send({
  path: '/send-image',
  summary: 'Sends an image.',
  description: 'JPEG, PNG, WebP, GIF, AVIF or TIFF; it is sent as JPEG.',
  body: {
    image: Type.String({
      minLength: 1,
      description: 'A URL, or base64; at most 16 MB.',
      'x-file': 'image/*',
    }),
    caption: captionAttribute,
    viewOnce: viewOnceAttribute,
    editImageMessageId: Type.Optional(
      earlierId('An own message, whose caption is changed. The image stays as it is.'),
    ),
    ...replyAttributes,
  },
  takes: 'large-file',
  example: { phone: '5511999999999', image: 'https://example.com/logo.png', caption: 'Logo' },
  content: ({ image, caption = '', viewOnce, editImageMessageId: edited }, modules) =>
    edited === undefined
      ? {
          kind: 'image',
          image: largeFileSourceOf(image, 'image', 'image', modules),
          caption,
          ...(viewOnce ? { viewOnce } : {}),
        }
      : edit(edited, caption, 'caption'),
})
