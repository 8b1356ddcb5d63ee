import type { CardButton } from '../incoming-content.js'
import { maskedButton } from './buttons.js'
import type { FileRequest, FileSource } from './files.js'
import { type ImageContent, image } from './image.js'
import { codeLifeMs } from './login-code.js'
import { buttonLines, copiedCode, paragraphs } from './plain-buttons.js'
import { type TextContent, text } from './text.js'
import type { Traits } from './traits.js'

export interface CarouselCard {
  readonly text: string
  readonly image: FileSource
  readonly buttons: readonly CardButton[]
}

/** A text with cards to scroll through, each with an image. */
export interface CarouselContent {
  readonly kind: 'carousel'
  readonly text: string
  readonly cards: readonly CarouselCard[]
}

/** The role of a card's image; `index` counts from 0. */
export const cardRole = (index: number): string => `card-${index}`

export const carouselTraits: Traits<CarouselContent, TextContent | ImageContent> = {
  text: (content) => content.text,
  code: ({ cards }) => copiedCode(cards.flatMap(({ buttons }) => buttons)),
  masked: (content, mask) => ({
    ...content,
    text: mask(content.text),
    cards: content.cards.map((card) => ({
      ...card,
      text: mask(card.text),
      buttons: card.buttons.map((button) => maskedButton(button, mask)),
    })),
  }),
  files: ({ cards }) => cards.map(requestOf),
  asReceived: ({ text: body, cards }) => ({
    kind: 'carousel',
    text: body,
    cards: cards.map((card) => ({
      text: card.text,
      title: '',
      footer: '',
      templateId: '',
      buttons: card.buttons,
    })),
  }),
  fallback: (content) => text(content.text),
  fallbackRest: ({ cards }) =>
    cards.map((card, index) => plainCard(card, repliesIn(cards.slice(0, index)))),
  lifetimeMs: (content) => codeLifeMs(carouselTraits.code?.(content)),
}

function requestOf({ image: source }: CarouselCard, index: number): FileRequest {
  return { role: cardRole(index), use: 'image', source }
}

/** Its answers are numbered after those of the cards before it, so that one number means one answer. */
function plainCard(
  { text: body, image: source, buttons }: CarouselCard,
  before: number,
): ImageContent {
  return image(source, paragraphs(body, buttonLines(buttons, before + 1)), copiedCode(buttons))
}

function repliesIn(cards: readonly CarouselCard[]): number {
  return cards.flatMap(({ buttons }) => buttons).filter(({ kind }) => kind === 'reply').length
}
