/** Cards side by side, scrolled by hand, by the keyboard or by the wheel. */

import type { ComponentType } from 'react'
import type { Part } from '../../../simulator/src/draw/view.js'
import { useTexts } from '../../shared/texts.js'
import { messageTexts } from '../message-texts.js'
import type { PartProps } from './part.js'

interface CarouselProps extends PartProps<'carousel'> {
  /** Draws a part of a card. */
  readonly Drawn: ComponentType<{ readonly part: Part }>
}

export function CarouselPart({ part: { cards }, Drawn }: CarouselProps) {
  const words = useTexts(messageTexts)
  return (
    <ul className="bubble__carousel" tabIndex={0} aria-label={words.cards}>
      {cards.map(({ parts }, index) => (
        <li key={index} className="bubble__slide" aria-label={words.card(index + 1, cards.length)}>
          {parts.map((part, place) => (
            <Drawn key={place} part={part} />
          ))}
        </li>
      ))}
    </ul>
  )
}
