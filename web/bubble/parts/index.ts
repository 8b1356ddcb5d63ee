/** Draws the parts of a message, one file a part. */

import type { Part } from '../../../simulator/src/draw/view.js'
import { buttonsPart } from './buttons.js'
import { linkPart } from './link.js'
import { mediaPart } from './media.js'
import type { PartContext } from './part.js'
import { textPart } from './text.js'
import { unknownPart } from './unknown.js'

export function drawPart(part: Part, context: PartContext): readonly HTMLElement[] {
  switch (part.type) {
    case 'title':
    case 'text':
    case 'footer':
      return textPart(part, context)
    case 'media':
      return mediaPart(part, context)
    case 'link':
      return linkPart(part, context)
    case 'buttons':
      return buttonsPart(part, context)
    case 'unknown':
      return unknownPart(part, context)
    case 'location':
    case 'contacts':
    case 'list':
    case 'carousel':
    case 'poll':
    case 'event':
    case 'product':
    case 'order':
    case 'pix':
    case 'invite':
      return unknownPart({ type: 'unknown', name: part.type }, context)
  }
}

/** Whether the part stands below the content, over the whole width of the bubble. */
export function standsBelow({ type }: Part): boolean {
  return type === 'buttons' || type === 'list'
}
