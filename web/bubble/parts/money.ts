import type { Price } from '../../../simulator/src/draw/view.js'

/** In the reader's way of writing; what is no currency stays as it is. */
export function moneyText({ currency, amount1000 }: Price, locale: string): string {
  const amount = amount1000 / 1000
  try {
    return new Intl.NumberFormat(locale, { style: 'currency', currency }).format(amount)
  } catch {
    return `${currency} ${amount}`
  }
}
