import { Type } from 'typebox'
import { edit } from '../../domain/content/edit.js'
import { largeFileSourceOf } from '../from-zapi.js'
import { earlierId, replyAttributes } from '../message-context.js'
import { send } from '../send.js'
import { asyncAttribute, captionAttribute, viewOnceAttribute } from './media-attributes.js'

export const sendVideo = send({
  path: '/send-video',
  summary: 'Sends a video.',
  description:
    'MP4 with H.264 goes as it is. Everything else is converted where ffmpeg is on the PATH of the gateway, and ends in a DeliveryCallback with the cause where it is not. The small picture that phones show before they load the video needs ffmpeg, too.',
  body: {
    video: Type.String({
      minLength: 1,
      description: 'A URL, or base64; at most 100 MB.',
      'x-file': 'video/*',
    }),
    caption: captionAttribute,
    viewOnce: viewOnceAttribute,
    async: asyncAttribute,
    editVideoMessageId: Type.Optional(
      earlierId('An own message, whose caption is changed. The video stays as it is.'),
    ),
    ...replyAttributes,
  },
  takes: 'large-file',
  example: { phone: '5511999999999', video: 'https://example.com/video.mp4', caption: 'Veja' },
  content: ({ video, caption = '', viewOnce = false, editVideoMessageId: edited }, modules) =>
    edited === undefined
      ? {
          kind: 'video',
          video: largeFileSourceOf(video, 'video', 'video', modules),
          caption,
          shownAs: 'video',
          viewOnce,
        }
      : edit(edited, caption, 'caption'),
})
