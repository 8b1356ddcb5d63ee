import { kind } from './kind.js'
import { imagePart } from './media.js'
import { textPart } from './text.js'

export const image = kind('imageMessage', (message, pen) => ({
  kind: 'image',
  parts: [imagePart(message, pen), ...textPart(message.caption, message.contextInfo, pen)],
}))
