/** What a message of ours said, as another device of the same number would see it. */

import { type MessageContent, traitsOf } from '../domain/content/index.js'
import type { Said } from '../domain/gateway-event.js'
import { maskedContent } from './masking.js'

/** `holdsCode`: a code may stand in it that is not marked as one. */
export function saidBy(content: MessageContent, holdsCode: boolean): Said {
  const traits = traitsOf(content)
  return { masked: traits.said(maskedContent(content, holdsCode)), full: traits.said(content) }
}
