import { Type } from 'typebox'
import { largeFileSourceOf } from '../from-zapi.js'
import { captionAttribute } from '../messages/media-attributes.js'
import { send } from '../send.js'

export const sendVideoStatus = send({
  path: '/send-video-status',
  summary: 'Posts a video as a status.',
  description:
    'As `send-video` takes it. Phones show about 30 seconds of a status. Who sees it is as with `send-text-status`.',
  recipients: 'status',
  tag: 'status',
  body: {
    video: Type.String({
      minLength: 1,
      description: 'A URL, or base64; Z-API takes 10 MB.',
      'x-file': 'video/*',
    }),
    caption: captionAttribute,
  },
  takes: 'large-file',
  example: { video: 'https://example.com/oferta.mp4', caption: 'Oferta' },
  content: ({ video, caption = '' }, modules) => ({
    kind: 'video',
    video: largeFileSourceOf(video, 'video', 'video', modules),
    caption,
    shownAs: 'video',
    viewOnce: false,
  }),
})
