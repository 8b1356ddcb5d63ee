import { element } from '../element.js'
import { icon } from '../icons.js'
import type { DrawPart } from './part.js'

export const locationPart: DrawPart<'location'> = (part, { words }) => {
  const { latitude, longitude, name, address, live } = part
  const place = `${latitude},${longitude}`
  return [
    element(
      'a',
      {
        class: 'bubble__card bubble__card--place',
        href: `https://www.google.com/maps/search/?api=1&query=${place}`,
        target: '_blank',
        rel: 'noopener noreferrer nofollow',
      },
      element('span', { class: 'bubble__map' }, icon('pin')),
      element(
        'span',
        { class: 'bubble__card-text' },
        element('span', { class: 'bubble__card-title' }, name ?? (live ? words.live : words.place)),
        address === undefined ? undefined : element('span', { class: 'bubble__faint' }, address),
        element('span', { class: 'bubble__faint' }, place),
      ),
    ),
  ]
}
