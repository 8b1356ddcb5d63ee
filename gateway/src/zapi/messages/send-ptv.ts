import { Type } from 'typebox'
import { largeFileSourceOf } from '../from-zapi.js'
import { replyAttributes } from '../message-context.js'
import { send } from '../send.js'

export const sendPtv = send({
  path: '/send-ptv',
  summary: 'Sends a video that phones show as a circle.',
  description:
    'MP4 with H.264; what is not in the middle is cut off by phones. Everything else needs ffmpeg, as in `/send-video`.',
  body: {
    ptv: Type.String({
      minLength: 1,
      description: 'A URL, or base64; at most 100 MB.',
      'x-file': 'video/*',
    }),
    ...replyAttributes,
  },
  takes: 'large-file',
  example: { phone: '5511999999999', ptv: 'https://example.com/video.mp4' },
  content: ({ ptv }, modules) => ({
    kind: 'video',
    video: largeFileSourceOf(ptv, 'ptv', 'round-video', modules),
    caption: '',
    shownAs: 'round-video',
    viewOnce: false,
  }),
})
