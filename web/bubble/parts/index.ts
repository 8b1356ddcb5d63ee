/** Draws the parts of a message, one file a part. */

import type { Part } from '../../../simulator/src/draw/view.js'
import { buttonsPart } from './buttons.js'
import { carouselPart } from './carousel.js'
import { contactsPart } from './contacts.js'
import { eventPart } from './event.js'
import { invitePart } from './invite.js'
import { linkPart } from './link.js'
import { listPart } from './list.js'
import { locationPart } from './location.js'
import { mediaPart } from './media.js'
import { orderPart } from './order.js'
import type { PartContext } from './part.js'
import { pixPart } from './pix.js'
import { pollPart } from './poll.js'
import { productPart } from './product.js'
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
    case 'location':
      return locationPart(part, context)
    case 'contacts':
      return contactsPart(part, context)
    case 'link':
      return linkPart(part, context)
    case 'buttons':
      return buttonsPart(part, context)
    case 'list':
      return listPart(part, context)
    case 'carousel':
      return carouselPart(part, context, drawPart)
    case 'poll':
      return pollPart(part, context)
    case 'event':
      return eventPart(part, context)
    case 'product':
      return productPart(part, context)
    case 'order':
      return orderPart(part, context)
    case 'pix':
      return pixPart(part, context)
    case 'invite':
      return invitePart(part, context)
    case 'unknown':
      return unknownPart(part, context)
  }
}

/** Whether the part stands below the content, over the whole width of the bubble. */
export function standsBelow({ type }: Part): boolean {
  return type === 'buttons' || type === 'list' || type === 'carousel'
}
