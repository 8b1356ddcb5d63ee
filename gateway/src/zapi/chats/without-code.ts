/** What others said, without the codes that its buttons copy: a person who reads a chat must not be able to log in with it. */

import type { Card, CardButton, IncomingContent } from '../../domain/incoming-content.js'
import { maskIn } from '../../outbox/history/masking.js'

type Mask = (text: string) => string

/** Masks each code wherever it stands in the texts, links and buttons. What is masked already stays as it is. */
export function withoutCode(content: IncomingContent): IncomingContent {
  if (content.kind === 'copy-code') {
    const mask = maskOf(content.buttons.map(({ code }) => code))
    const buttons = content.buttons.map(({ text, code }) => ({
      text: mask(text),
      code: mask(code),
    }))
    return { ...content, ...maskedTexts(content, mask), buttons }
  }
  if (content.kind === 'card') {
    return { ...content, ...maskedCard(content, maskOf(codesOf(content))) }
  }
  if (content.kind === 'carousel') {
    const mask = maskOf(content.cards.flatMap(codesOf))
    const cards = content.cards.map((card) => maskedCard(card, mask))
    return { ...content, text: mask(content.text), cards }
  }
  return content
}

function codesOf({ buttons }: Card): readonly string[] {
  return buttons.flatMap((button) => (button.kind === 'copy' ? [button.code] : []))
}

function maskOf(codes: readonly string[]): Mask {
  // The longer one first: a shorter one may be a part of it.
  const ordered = codes.toSorted((one, other) => other.length - one.length)
  return (text) => ordered.reduce(maskIn, text)
}

function maskedTexts({ text, title, footer }: Pick<Card, 'text' | 'title' | 'footer'>, mask: Mask) {
  return { text: mask(text), title: mask(title), footer: mask(footer) }
}

function maskedCard(card: Card, mask: Mask): Card {
  return {
    ...card,
    ...maskedTexts(card, mask),
    buttons: card.buttons.map((button) => maskedButton(button, mask)),
  }
}

function maskedButton(button: CardButton, mask: Mask): CardButton {
  const masked = { ...button, text: mask(button.text) }
  switch (masked.kind) {
    case 'copy':
      return { ...masked, code: mask(masked.code) }
    case 'url':
      return { ...masked, url: mask(masked.url) }
    case 'reply':
      return { ...masked, id: mask(masked.id) }
    case 'call':
      return masked
  }
}
