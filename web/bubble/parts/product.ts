import { element } from '../element.js'
import { moneyText } from './money.js'
import type { DrawPart } from './part.js'

export const productPart: DrawPart<'product'> = (part, { files, words }) => {
  const src = part.file === undefined ? undefined : files[part.file]?.url
  return [
    element(
      'div',
      { class: 'bubble__product' },
      src === undefined
        ? undefined
        : element('img', { class: 'bubble__image', src, alt: part.title, draggable: 'false' }),
      element('strong', {}, part.title),
      part.price === undefined
        ? undefined
        : element('span', {}, moneyText(part.price, words.locale)),
      part.description === undefined
        ? undefined
        : element('span', { class: 'bubble__faint' }, part.description),
    ),
  ]
}
