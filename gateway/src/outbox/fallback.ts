/** The plain text that goes in place of a button that WhatsApp refused. */

import type { MessageContent } from '../domain/message.js'

/** The code stands on a line of its own, so that a long press on a phone selects it alone. */
export function asPlainText(
  content: MessageContent & { readonly kind: 'otp-button' },
): MessageContent {
  return {
    kind: 'text',
    text: `${content.text}\n\n${content.code}`,
    ...(content.image === undefined ? {} : { image: content.image }),
  }
}
