/** What a message of ours said, as another device of the same number would see it. */

import { type MessageContent, traitsOf } from '../../domain/content/index.js'
import type { ContentPlace } from '../../domain/content/traits.js'
import type { SentContent } from '../../domain/gateway-event.js'
import { maskedContent } from './masking.js'

/**
 * `holdsCode`: a code may stand in it that is not marked as one. `undefined` where the message speaks
 * of an earlier one that is not kept any more.
 */
export function sentContentOf(
  content: MessageContent,
  holdsCode: boolean,
  place: ContentPlace,
): SentContent | undefined {
  const traits = traitsOf(content)
  const full = traits.asReceived(content, place)
  const masked = traits.asReceived(maskedContent(content, holdsCode), place)
  if (!(full && masked)) return undefined
  const context = contextOf(content)
  return Object.keys(context).length === 0 ? { masked, full } : { masked, full, context }
}

function contextOf(content: MessageContent): NonNullable<SentContent['context']> {
  const { answers, mentions } = content.context ?? {}
  return {
    ...traitsOf(content).echo?.(content),
    ...(answers === undefined ? {} : { quotedWhatsappId: answers.whatsappId }),
    ...(mentions === undefined ? {} : { mentions }),
  }
}
