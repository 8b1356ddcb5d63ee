/** Cards side by side, scrolled by hand, by the keyboard or by the wheel. */

import type { Part } from '../../../simulator/src/draw/view.js'
import { element } from '../element.js'
import type { PartContext } from './part.js'

type Carousel = Extract<Part, { type: 'carousel' }>
type DrawAny = (part: Part, context: PartContext) => readonly HTMLElement[]

export function carouselPart(
  { cards }: Carousel,
  context: PartContext,
  drawPart: DrawAny,
): readonly HTMLElement[] {
  const drawn = cards.map(({ parts }, index) =>
    element(
      'li',
      { class: 'bubble__slide', 'aria-label': context.words.card(index + 1, cards.length) },
      ...parts.flatMap((part) => drawPart(part, context)),
    ),
  )
  return [
    element(
      'ul',
      { class: 'bubble__carousel', tabindex: '0', 'aria-label': context.words.cards },
      ...drawn,
    ),
  ]
}
