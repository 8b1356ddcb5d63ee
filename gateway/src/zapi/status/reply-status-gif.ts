import { Type } from 'typebox'
import { largeFileSourceOf } from '../from-zapi.js'
import { send } from '../send.js'
import { answerDescription, answering, statusMessageId } from './answered-status.js'

export const replyStatusGif = send({
  path: '/reply-status-gif',
  summary: 'Answers a status with a video that plays by itself, again and again.',
  description: `As \`send-gif\` takes it. ${answerDescription}`,
  recipients: 'people',
  tag: 'status',
  body: {
    gif: Type.String({
      minLength: 1,
      description: 'A URL, or base64; at most 100 MB.',
      'x-file': 'video/*,image/gif',
    }),
    statusMessageId,
  },
  takes: 'large-file',
  example: {
    phone: '5511999999999',
    gif: 'https://example.com/festa.mp4',
    statusMessageId: '3EB0A25BD6C67CBA164D3F',
  },
  content: ({ gif, statusMessageId: status }, modules) => ({
    kind: 'video',
    video: largeFileSourceOf(gif, 'gif', 'gif', modules),
    caption: '',
    shownAs: 'gif',
    viewOnce: false,
    ...answering(status),
  }),
})
