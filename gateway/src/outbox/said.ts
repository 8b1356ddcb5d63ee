/** What a message of ours said, as another device of the same number would see it. */

import type { IncomingContent } from '../domain/incoming-content.js'
import type { MessageContent } from '../domain/message.js'
import type { Said } from '../domain/gateway-event.js'
import { shown } from './masking.js'

/** `isFallback`: the text is a button's, with its code in it. */
export function saidBy(content: MessageContent, isFallback: boolean): Said {
  const { text, code } = shown(content, isFallback)
  return {
    masked: asSeen(content, text, code),
    full: asSeen(content, content.text, content.kind === 'otp-button' ? content.code : undefined),
  }
}

function asSeen(content: MessageContent, text: string, code = ''): IncomingContent {
  if (content.kind === 'text') return { kind: 'text', text }
  const buttons = [{ text: content.buttonText, code }]
  return { kind: 'copy-code', text, title: '', footer: '', buttons }
}
