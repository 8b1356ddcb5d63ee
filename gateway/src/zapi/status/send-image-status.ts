import { Type } from 'typebox'
import { largeFileSourceOf } from '../from-zapi.js'
import { captionAttribute } from '../messages/media-attributes.js'
import { send } from '../send.js'

export const sendImageStatus = send({
  path: '/send-image-status',
  summary: 'Posts an image as a status.',
  description:
    'JPEG, PNG, WebP, GIF, AVIF or TIFF; it is sent as JPEG. Who sees it is as with `send-text-status`.',
  recipients: 'status',
  tag: 'status',
  body: {
    image: Type.String({
      minLength: 1,
      description: 'A URL, or base64; at most 16 MB.',
      'x-file': 'image/*',
    }),
    caption: captionAttribute,
  },
  takes: 'large-file',
  example: { image: 'https://example.com/vitrine.jpg', caption: 'Novidades' },
  content: ({ image, caption = '' }, modules) => ({
    kind: 'image',
    image: largeFileSourceOf(image, 'image', 'image', modules),
    caption,
  }),
})
