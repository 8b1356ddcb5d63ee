/** What is shown for a number that has no phone, and adding it. */

import { element } from '../bubble/element.js'
import { icon } from '../bubble/icons.js'
import { addPhone } from './api.js'
import type { Desk, Part } from './desk.js'

export function unknownPhone(desk: Desk, number: string): Part {
  const title = element('h1', { class: 'empty__title' })
  const add = element('button', { class: 'button', type: 'button' })
  const work = async (): Promise<void> => {
    if (await desk.attempt(() => addPhone({ phone: number }))) location.reload()
  }
  add.addEventListener('click', () => void work())
  return {
    element: element(
      'section',
      { class: 'empty empty--page', hidden: true },
      icon('phone'),
      title,
      add,
    ),
    update: ({ words }) => {
      title.textContent = words.noPhone
      add.textContent = words.addIt
    },
  }
}
