import { Type } from 'typebox'
import { fileSourceOf } from '../from-zapi.js'
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
      description: 'A URL (at most 100 MB), or base64 (at most 5 MB).',
    }),
    ...replyAttributes,
  },
  takes: 'file',
  example: { phone: '5511999999999', ptv: 'https://example.com/video.mp4' },
  content: ({ ptv }, { isAllowedAddress }) => ({
    kind: 'video',
    video: fileSourceOf(ptv, isAllowedAddress, 'ptv'),
    caption: '',
    shownAs: 'round-video',
    viewOnce: false,
  }),
})
