import { element } from '../element.js'
import { icon } from '../icons.js'
import type { DrawPart } from './part.js'

export const pixPart: DrawPart<'pix'> = (part, { words, actions }) => [
  element(
    'div',
    { class: 'pix' },
    element('strong', {}, part.merchant || 'Pix'),
    element('span', { class: 'bubble__faint' }, `Pix · ${part.keyType}`),
    element('code', { class: 'bubble__mono' }, part.key),
    element(
      'button',
      { class: 'bubble__button', type: 'button', onclick: () => actions.copy(part.key) },
      icon('copy'),
      element('span', {}, words.copyPix),
    ),
  ),
]
