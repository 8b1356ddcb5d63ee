import { Type } from 'typebox'
import { largeFileSourceOf } from '../from-zapi.js'
import { replyAttributes } from '../message-context.js'
import { send } from '../send.js'
import { captionAttribute } from './media-attributes.js'

export const sendGif = send({
  path: '/send-gif',
  summary: 'Sends a video that plays by itself, again and again.',
  description:
    'An MP4 with H.264, as WhatsApp itself sends GIFs. A file that is a GIF is converted where ffmpeg is on the PATH of the gateway, and ends in a DeliveryCallback with the cause where it is not.',
  body: {
    gif: Type.String({
      minLength: 1,
      description: 'A URL, or base64; at most 100 MB.',
      'x-file': 'video/*,image/gif',
    }),
    caption: captionAttribute,
    ...replyAttributes,
  },
  takes: 'large-file',
  example: { phone: '5511999999999', gif: 'https://example.com/festa.mp4' },
  content: ({ gif, caption = '' }, modules) => ({
    kind: 'video',
    video: largeFileSourceOf(gif, 'gif', 'gif', modules),
    caption,
    shownAs: 'gif',
    viewOnce: false,
  }),
})
