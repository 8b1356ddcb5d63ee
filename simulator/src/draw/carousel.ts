/** Cards side by side, each with its picture, text and buttons. */

import type { proto } from 'baileys'
import type { Pen } from './kind.js'
import type { CarouselPart, Part } from './view.js'

type DrawCard = (card: proto.Message.IInteractiveMessage, pen: Pen) => readonly Part[]

export function carouselPart(
  { cards }: proto.Message.InteractiveMessage.ICarouselMessage,
  pen: Pen,
  drawCard: DrawCard,
): CarouselPart {
  return { type: 'carousel', cards: (cards ?? []).map((card) => ({ parts: drawCard(card, pen) })) }
}

/** Why clients may leave it out; undefined when nothing is known against it. */
export function carouselFault({
  cards,
}: proto.Message.InteractiveMessage.ICarouselMessage): string | undefined {
  if (!cards?.length) return 'a carousel without cards'
  if (!cards.every(isWhole)) return 'a card of the carousel lacks its header or its text'
  return cards.length > 10 ? 'more than ten cards' : undefined
}

function isWhole({ header, body }: proto.Message.IInteractiveMessage): boolean {
  return Boolean(header) && Boolean(body?.text)
}
