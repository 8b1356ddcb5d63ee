import { element } from '../element.js'
import { moneyText } from './money.js'
import type { DrawPart } from './part.js'

export const orderPart: DrawPart<'order'> = (part, { words }) => {
  const rows = part.items.map(({ name, quantity, price }) =>
    element(
      'li',
      { class: 'order__row' },
      element('span', {}, `${quantity} × ${name}`),
      price === undefined ? undefined : element('span', {}, moneyText(price, words.locale)),
    ),
  )
  const status = [part.status, part.paymentStatus].filter((each) => each !== undefined)
  return [
    element(
      'div',
      { class: 'order' },
      element('strong', {}, words.orders[part.form]),
      part.reference === ''
        ? undefined
        : element('span', { class: 'bubble__faint' }, part.reference),
      rows.length === 0 ? undefined : element('ul', { class: 'order__rows' }, ...rows),
      part.total === undefined
        ? undefined
        : element(
            'span',
            { class: 'order__row order__total' },
            element('span', {}, words.total),
            element('span', {}, moneyText(part.total, words.locale)),
          ),
      status.length === 0
        ? undefined
        : element('span', { class: 'bubble__faint' }, `${words.status}: ${status.join(', ')}`),
    ),
  ]
}
