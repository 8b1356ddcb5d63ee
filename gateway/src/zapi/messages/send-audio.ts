import { Type } from 'typebox'
import { largeFileSourceOf } from '../from-zapi.js'
import { replyAttributes } from '../message-context.js'
import { send } from '../send.js'
import { asyncAttribute, viewOnceAttribute } from './media-attributes.js'

export const sendAudio = send({
  path: '/send-audio',
  summary: 'Sends a voice message.',
  description:
    'Opus in Ogg with one channel goes as it is. With ffmpeg on the PATH of the gateway everything else becomes that; without it MP3, M4A, AAC and AMR go as a file with sound, and other formats end in a DeliveryCallback with the cause.',
  body: {
    audio: Type.String({
      minLength: 1,
      description: 'A URL, or base64; at most 16 MB.',
      'x-file': 'audio/*',
    }),
    waveform: Type.Optional(
      Type.Boolean({ description: 'Draws the waveform of a voice message. Needs ffmpeg.' }),
    ),
    viewOnce: viewOnceAttribute,
    async: asyncAttribute,
    ...replyAttributes,
  },
  takes: 'large-file',
  example: {
    phone: '5511999999999',
    audio: 'https://example.com/recado.ogg',
    waveform: true,
  },
  content: ({ audio, waveform = false, viewOnce = false }, modules) => ({
    kind: 'audio',
    audio: largeFileSourceOf(audio, 'audio', 'audio', modules),
    waveform,
    viewOnce,
  }),
})
