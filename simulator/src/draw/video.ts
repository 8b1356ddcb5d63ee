import { kind } from './kind.js'
import { mediaPart, videoPart } from './media.js'
import { textPart } from './text.js'

export const video = kind('videoMessage', (message, pen) => {
  const part = videoPart(message, pen)
  const text = textPart(message.caption, message.contextInfo, pen)
  return { kind: part.form, parts: [part, ...text] }
})

export const roundVideo = kind('ptvMessage', (message, pen) => ({
  kind: 'round-video',
  parts: [mediaPart('round-video', 'ptv', message, pen)],
}))
