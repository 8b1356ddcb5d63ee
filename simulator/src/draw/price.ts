import { recordIn } from './plain.js'
import type { Price } from './view.js'

export function priceOf(
  currency: string | null | undefined,
  amount1000: number | undefined,
): Price | undefined {
  return currency && amount1000 !== undefined ? { currency, amount1000 } : undefined
}

/** `{value, offset}` as payments write an amount: value / offset in the currency's unit. */
export function amountOf(currency: string, amount: unknown): Price | undefined {
  const parts = recordIn(amount)
  const [value, offset] = [Number(parts?.['value']), Number(parts?.['offset'] ?? 1)]
  if (!Number.isFinite(value) || !Number.isFinite(offset) || offset <= 0) return undefined
  return { currency, amount1000: Math.round((value * 1000) / offset) }
}
