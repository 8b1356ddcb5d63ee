/** A poll that counts. A tap votes; with several choices each tap adds or takes one. */

import { element } from '../element.js'
import type { DrawPart } from './part.js'

export const pollPart: DrawPart<'poll'> = (part, context) => {
  const { question, options, selectable } = part
  const { words, state, self, nameOf, actions } = context
  const mine = new Set(state.votes.find(({ from }) => from === self)?.options)
  const votersOf = (option: string): readonly string[] =>
    state.votes.filter((vote) => vote.options.includes(option)).map(({ from }) => from)
  const most = Math.max(1, ...options.map((option) => votersOf(option).length))
  const choose = (option: string): void => {
    const without = options.filter((each) => mine.has(each) && each !== option)
    if (mine.has(option)) return actions.vote?.(without)
    actions.vote?.(selectable === 1 ? [option] : [...without, option])
  }
  const rows = options.map((option) => {
    const voters = votersOf(option)
    const filled = element('progress', { class: 'poll__bar', max: most, value: voters.length })
    filled.setAttribute('aria-hidden', 'true')
    return element(
      'li',
      {},
      element(
        'button',
        {
          class: 'poll__option',
          type: 'button',
          'aria-pressed': String(mine.has(option)),
          title: voters.map(nameOf).join(', '),
          onclick: () => choose(option),
        },
        element('span', { class: 'poll__mark', 'aria-hidden': 'true' }),
        element('span', { class: 'poll__name' }, option),
        element(
          'span',
          { class: 'poll__count' },
          `${voters.length}`,
          element('span', { class: 'unseen' }, ` ${words.votes}`),
        ),
        filled,
      ),
    )
  })
  const hint = selectable === 1 ? words.chooseOne : words.chooseSome
  return [
    element('div', { class: 'bubble__text bubble__text--title' }, element('span', {}, question)),
    element('p', { class: 'bubble__faint poll__hint' }, hint),
    element('ul', { class: 'poll' }, ...rows),
  ]
}
