/** What stands around the content of a message: that it was passed on, what it answers, and what people made of it. */

import type { View } from '../../simulator/src/draw/view.js'
import { element } from './element.js'
import { icon } from './icons.js'
import { labelOfKind, type PartWords } from './part-words.js'
import type { PartContext } from './parts/part.js'
import { plainOf, spansOf } from './rich-text.js'

export function forwardedLine(
  forwarded: View['forwarded'],
  words: PartWords,
): HTMLElement | undefined {
  if (forwarded === undefined) return undefined
  return element(
    'span',
    { class: 'bubble__forwarded' },
    icon('forward'),
    words.forwarded[forwarded],
  )
}

/** A tap leads to the message that it quotes. */
export function quoteBlock(
  quote: View['quote'],
  { words, nameOf, actions }: PartContext,
): HTMLElement | undefined {
  if (quote === undefined) return undefined
  const name = nameOf(quote.from)
  return element(
    'button',
    {
      class: 'bubble__quote',
      type: 'button',
      title: words.toQuoted,
      onclick: () => actions.jump?.(quote.id),
    },
    element('span', { class: 'bubble__quote-name' }, name),
    element(
      'span',
      { class: 'bubble__quote-text' },
      plainOf(spansOf(quote.text)) || labelOfKind(quote.kind, words),
    ),
  )
}

export function reactionsPill({ state, words, nameOf }: PartContext): HTMLElement | undefined {
  if (state.reactions.length === 0) return undefined
  const faces = [...new Set(state.reactions.map(({ text }) => text))]
  const count = state.reactions.length > 1 ? ` ${state.reactions.length}` : ''
  const people = state.reactions.map(({ from, text }) => `${nameOf(from)} ${text}`)
  return element(
    'span',
    { class: 'bubble__reactions', title: people.join(', ') },
    element('span', { class: 'unseen' }, `${words.reactions}: `),
    `${faces.join('')}${count}`,
  )
}

/** What is to be viewed once lies behind a button, and is gone after it. */
export function onceButton(
  form: string,
  { state, words, actions }: PartContext,
  show: () => HTMLElement,
): HTMLElement {
  if (state.opened) {
    return element('span', { class: 'bubble__once' }, icon('once'), words.opened)
  }
  const open = (): void => {
    const dialog = element('dialog', { class: 'once', 'aria-label': words.once }, show())
    const close = element(
      'button',
      {
        class: 'icon-button once__close',
        type: 'button',
        'aria-label': words.close,
        onclick: () => dialog.close(),
      },
      icon('cross'),
    )
    dialog.append(close)
    dialog.addEventListener('close', () => {
      dialog.remove()
      actions.open?.()
    })
    document.body.append(dialog)
    dialog.showModal()
  }
  return element(
    'button',
    { class: 'bubble__once', type: 'button', onclick: open, 'aria-label': words.openOnce(form) },
    icon('once'),
    form,
  )
}
