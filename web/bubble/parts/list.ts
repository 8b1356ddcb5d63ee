/** A list that opens over the page; a row is chosen with a tap and sent. */

import type { ListPart, ListRow } from '../../../simulator/src/draw/view.js'
import { element } from '../element.js'
import { icon } from '../icons.js'
import { openSheet } from '../sheet.js'
import type { DrawPart, PartContext } from './part.js'

export const listPart: DrawPart<'list'> = (part, context) => [
  element(
    'button',
    { class: 'bubble__button', type: 'button', onclick: () => openList(part, context) },
    icon('list'),
    element('span', {}, part.button || context.words.openList),
  ),
]

function openList({ button, sections }: ListPart, { words, actions }: PartContext): void {
  openSheet(button || words.openList, words.close, ({ close }) =>
    sections.flatMap(({ title, rows }) => [
      title === '' ? undefined : element('h3', { class: 'sheet__section' }, title),
      element(
        'ul',
        { class: 'sheet__rows' },
        ...rows.map((row) =>
          rowOf(row, () => {
            close()
            actions.tap?.(row.id)
          }),
        ),
      ),
    ]),
  )
}

function rowOf({ title, description }: ListRow, onclick: () => void): HTMLElement {
  return element(
    'li',
    {},
    element(
      'button',
      { class: 'sheet__row', type: 'button', onclick },
      element('span', {}, title),
      description === undefined
        ? undefined
        : element('span', { class: 'bubble__faint' }, description),
    ),
  )
}
