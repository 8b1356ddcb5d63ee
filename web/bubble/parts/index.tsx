/** Draws the parts of a message, one file a part. */

import type { ReactNode } from 'react'
import type { Part } from '../../../simulator/src/draw/view.js'
import { ButtonsPart } from './buttons.js'
import { CarouselPart } from './carousel.js'
import { ContactsPart } from './contacts.js'
import { EventPart } from './event.js'
import { InvitePart } from './invite.js'
import { LinkPart } from './link.js'
import { ListPart } from './list.js'
import { LocationPart } from './location.js'
import { MediaPart } from './media.js'
import { OrderPart } from './order.js'
import { PixPart } from './pix.js'
import { PollPart } from './poll.js'
import { ProductPart } from './product.js'
import { TextPart } from './text.js'
import { UnknownPart } from './unknown.js'

interface DrawnPartProps {
  readonly part: Part
  /** Time and ticks, where they stand behind the text of this part. */
  readonly meta?: ReactNode
}

export function DrawnPart({ part, meta }: DrawnPartProps) {
  switch (part.type) {
    case 'title':
    case 'text':
    case 'footer':
      return <TextPart part={part} meta={meta} />
    case 'media':
      return <MediaPart part={part} />
    case 'location':
      return <LocationPart part={part} />
    case 'contacts':
      return <ContactsPart part={part} />
    case 'link':
      return <LinkPart part={part} />
    case 'buttons':
      return <ButtonsPart part={part} />
    case 'list':
      return <ListPart part={part} />
    case 'carousel':
      return <CarouselPart part={part} Drawn={DrawnPart} />
    case 'poll':
      return <PollPart part={part} />
    case 'event':
      return <EventPart part={part} />
    case 'product':
      return <ProductPart part={part} />
    case 'order':
      return <OrderPart part={part} />
    case 'pix':
      return <PixPart part={part} />
    case 'invite':
      return <InvitePart part={part} />
    case 'unknown':
      return <UnknownPart part={part} meta={meta} />
  }
}

/** Whether the part stands below the content, over the whole width of the bubble. */
export function standsBelow({ type }: Part): boolean {
  return type === 'buttons' || type === 'list' || type === 'carousel'
}

/** Whether time and ticks stand behind its last word. */
export function takesMeta({ type }: Part): boolean {
  return type === 'title' || type === 'text' || type === 'footer' || type === 'unknown'
}
