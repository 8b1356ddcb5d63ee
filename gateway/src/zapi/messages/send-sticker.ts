import { Type } from 'typebox'
import { largeFileSourceOf } from '../from-zapi.js'
import { replyAttributes } from '../message-context.js'
import { send } from '../send.js'

export const sendSticker = send({
  path: '/send-sticker',
  summary: 'Sends an image as a sticker.',
  description:
    'JPEG, PNG, WebP, GIF, AVIF or TIFF; it becomes WebP of 512 x 512 pixels. GIF and WebP stay animated.',
  body: {
    sticker: Type.String({
      minLength: 1,
      description: 'A URL, or base64; at most 16 MB.',
      'x-file': 'image/*',
    }),
    stickerAuthor: Type.Optional(
      Type.String({ maxLength: 128, description: 'Shown when the sticker is tapped.' }),
    ),
    ...replyAttributes,
  },
  takes: 'large-file',
  example: { phone: '5511999999999', sticker: 'https://example.com/sticker.png' },
  content: ({ sticker, stickerAuthor = '' }, modules) => ({
    kind: 'sticker',
    sticker: largeFileSourceOf(sticker, 'sticker', 'sticker', modules),
    author: stickerAuthor,
  }),
})
