/** What a message of ours said, as another device of the same number would see it. */

import { type MessageContent, traitsOf } from '../domain/content/index.js'
import type { Said } from '../domain/gateway-event.js'
import { maskedContent } from './masking.js'

/** `isFallback`: the text may hold the code of a button. */
export function saidBy(content: MessageContent, isFallback: boolean): Said {
  const traits = traitsOf(content)
  return { masked: traits.said(maskedContent(content, isFallback)), full: traits.said(content) }
}
