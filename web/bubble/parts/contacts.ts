import type { ContactCard } from '../../../simulator/src/draw/view.js'
import { element } from '../element.js'
import { icon } from '../icons.js'
import type { DrawPart } from './part.js'

export const contactsPart: DrawPart<'contacts'> = ({ contacts }) => contacts.map(cardOf)

function cardOf({ name, organisation, about, phones }: ContactCard): HTMLElement {
  const lines = [organisation, about, ...phones.map(({ number }) => number)]
  return element(
    'div',
    { class: 'bubble__card' },
    element('span', { class: 'bubble__face' }, icon('person')),
    element(
      'span',
      { class: 'bubble__card-text' },
      element('span', { class: 'bubble__card-title' }, name),
      ...lines.map((line) =>
        line === undefined ? undefined : element('span', { class: 'bubble__faint' }, line),
      ),
    ),
  )
}
