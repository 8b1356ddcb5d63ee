/** Finding chats: by what is typed, and by kind. */

import { element } from '../bubble/element.js'
import { icon } from '../bubble/icons.js'
import { type ChatWish, everyChat } from './phone-state.js'
import type { Words } from './words.js'

const kinds = ['all', 'unread', 'groups'] as const

export interface ChatSearch {
  readonly elements: readonly HTMLElement[]
  /** What is looked for. */
  readonly wish: () => ChatWish
  readonly update: (words: Words) => void
}

export function chatSearch(changed: () => void): ChatSearch {
  let wish = everyChat
  const change = (part: Partial<ChatWish>): void => {
    wish = { ...wish, ...part }
    changed()
  }
  const text = element('input', {
    class: 'search__text',
    type: 'search',
    autocomplete: 'off',
    maxlength: 100,
    oninput: () => change({ text: text.value }),
  })
  const legend = element('legend', { class: 'unseen' })
  const chips = kinds.map((kind) => {
    const input = element('input', {
      type: 'radio',
      name: 'chats',
      class: 'unseen',
      checked: kind === wish.kind,
      onchange: () => change({ kind }),
    })
    const label = element('span')
    return { kind, label, chip: element('label', { class: 'chip' }, input, label) }
  })
  return {
    elements: [
      element('div', { class: 'search' }, icon('search'), text),
      element('fieldset', { class: 'chips' }, legend, ...chips.map(({ chip }) => chip)),
    ],
    wish: () => wish,
    update: (words) => {
      text.placeholder = words.search
      text.setAttribute('aria-label', words.search)
      legend.textContent = words.show
      for (const { kind, label } of chips) label.textContent = words.chatKinds[kind]
    },
  }
}
