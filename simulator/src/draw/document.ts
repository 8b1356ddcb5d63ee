import { kind } from './kind.js'
import { documentPart } from './media.js'
import { textPart } from './text.js'

export const document = kind('documentMessage', (message, pen) => ({
  kind: 'document',
  parts: [documentPart(message, pen), ...textPart(message.caption, message.contextInfo, pen)],
}))
