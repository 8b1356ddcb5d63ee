import { useTexts } from '../../shared/texts.js'
import { messageTexts } from '../message-texts.js'
import { moneyText } from './money.js'
import type { PartProps } from './part.js'

export function OrderPart({ part }: PartProps<'order'>) {
  const words = useTexts(messageTexts)
  const status = [part.status, part.paymentStatus].filter((each) => each !== undefined)
  return (
    <div className="order">
      <strong>{words.orders[part.form]}</strong>
      {part.reference !== '' && <span className="bubble__faint">{part.reference}</span>}
      {part.items.length > 0 && (
        <ul className="order__rows">
          {part.items.map(({ name, quantity, price }, index) => (
            <li key={index} className="order__row">
              <span>{`${quantity} × ${name}`}</span>
              {price !== undefined && <span>{moneyText(price, words.locale)}</span>}
            </li>
          ))}
        </ul>
      )}
      {part.total !== undefined && (
        <span className="order__row order__total">
          <span>{words.total}</span>
          <span>{moneyText(part.total, words.locale)}</span>
        </span>
      )}
      {status.length > 0 && (
        <span className="bubble__faint">{`${words.status}: ${status.join(', ')}`}</span>
      )}
    </div>
  )
}
