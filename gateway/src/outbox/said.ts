/** What a message of ours said, as another device of the same number would see it. */

import type { IncomingContent } from '../domain/incoming-content.js'
import type { MessageContent } from '../domain/message.js'
import type { Said } from '../domain/gateway-event.js'
import { maskIn, shown } from './masking.js'

/** `isFallback`: the text is a button's, with its code in it. */
export function saidBy(content: MessageContent, isFallback: boolean): Said {
  const { text, code } = shown(content, isFallback)
  if (content.kind === 'text')
    return { masked: { kind: 'text', text }, full: { kind: 'text', text: content.text } }
  const { buttonText } = content
  return {
    masked: button(text, maskIn(buttonText, content.code), code),
    full: button(content.text, buttonText, content.code),
  }
}

function button(text: string, label: string, code = ''): IncomingContent {
  return { kind: 'copy-code', text, title: '', footer: '', buttons: [{ text: label, code }] }
}
