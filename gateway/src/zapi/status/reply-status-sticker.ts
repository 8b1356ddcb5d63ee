import { Type } from 'typebox'
import { largeFileSourceOf } from '../from-zapi.js'
import { send } from '../send.js'
import { answerDescription, answering, statusMessageId } from './answered-status.js'

export const replyStatusSticker = send({
  path: '/reply-status-sticker',
  summary: 'Answers a status with a sticker.',
  description: `As \`send-sticker\` takes it. ${answerDescription}`,
  recipients: 'people',
  tag: 'status',
  body: {
    sticker: Type.String({
      minLength: 1,
      description: 'A URL, or base64; at most 16 MB.',
      'x-file': 'image/*',
    }),
    statusMessageId,
  },
  takes: 'large-file',
  example: {
    phone: '5511999999999',
    sticker: 'https://example.com/sticker.png',
    statusMessageId: '3EB0A25BD6C67CBA164D3F',
  },
  content: ({ sticker, statusMessageId: status }, modules) => ({
    kind: 'sticker',
    sticker: largeFileSourceOf(sticker, 'sticker', 'sticker', modules),
    author: '',
    ...answering(status),
  }),
})
