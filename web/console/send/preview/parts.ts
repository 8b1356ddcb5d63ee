/** Pieces that several kinds are drawn with, as the gateway makes them of a body. */

import type {
  Button,
  ListRow,
  OrderPart,
  Part,
  PixPart,
} from '../../../../simulator/src/draw/view.js'
import type { Json, JsonObject } from '../values.js'
import { inside, objectsIn, textIn } from './body.js'

/** Nothing for an empty text. */
export function textPart(type: 'title' | 'text' | 'footer', said: string): readonly Part[] {
  return said === '' ? [] : [{ type, text: said }]
}

export function buttons(all: readonly Button[]): readonly Part[] {
  return all.length === 0 ? [] : [{ type: 'buttons', buttons: all }]
}

/** Counted from 1 where none is given. */
function idOf(given: JsonObject, index: number): string {
  return textIn(given, 'id') || String(index + 1)
}

interface ListSection {
  readonly title: string
  readonly rows: ListRow[]
}

/** Options that follow one another without rows of their own stand under the title of the list. */
export function sectionsOf(list: JsonObject): readonly ListSection[] {
  const sections: ListSection[] = []
  let count = 0
  for (const option of objectsIn(list, 'options')) {
    const isSection = option['rows'] !== undefined
    const title = textIn(isSection ? option : list, 'title')
    for (const given of isSection ? objectsIn(option, 'rows') : [option]) {
      if (sections.at(-1)?.title !== title) sections.push({ title, rows: [] })
      sections.at(-1)?.rows.push(rowOf(given, count))
      count += 1
    }
  }
  return sections
}

function rowOf(given: JsonObject, index: number): ListRow {
  const description = textIn(given, 'description')
  const row = { id: idOf(given, index), title: textIn(given, 'title') }
  return description === '' ? row : { ...row, description }
}

export function replyOf(given: JsonObject, index: number): Button {
  return { kind: 'reply', text: textIn(given, 'label'), id: idOf(given, index) }
}

export function actionOf(given: JsonObject, index: number): Button {
  const label = textIn(given, 'label')
  const url = textIn(given, 'url')
  switch (textIn(given, 'type')) {
    case 'CALL':
      return { kind: 'call', text: label, phone: `+${digitsOf(given['phone'])}` }
    case 'URL': {
      const code = codeOfOtpUrl(url)
      return code === undefined
        ? { kind: 'url', text: label, url }
        : { kind: 'copy', text: label, code }
    }
    default:
      return replyOf(given, index)
  }
}

/** WhatsApp's address of a code makes a copy button. */
function codeOfOtpUrl(url: string): string | undefined {
  const copy = 'https://www.whatsapp.com/otp/copy/'
  if (url.startsWith(copy)) return url.slice(copy.length) || undefined
  if (!url.startsWith('https://www.whatsapp.com/otp/code') || !URL.canParse(url)) return undefined
  return new URL(url).searchParams.get('code')?.replace(/^otp/u, '') || undefined
}

export function pixOf(merchant: string, keyType: string, key: string): readonly PixPart[] {
  return key === '' ? [] : [{ type: 'pix', merchant, keyType, key }]
}

/** The order with its sum. */
export function orderOf(
  order: JsonObject,
  form: OrderPart['form'],
  more: Pick<OrderPart, 'reference' | 'status' | 'paymentStatus'>,
): OrderPart {
  const currency = textIn(order, 'currency')
  const price = (amount: number) => ({ currency, amount1000: Math.round(amount * 1_000) })
  const items = objectsIn(order, 'products').map((item) => ({
    name: textIn(item, 'name'),
    quantity: numberOf(item['quantity']),
    value: numberOf(item['value']),
  }))
  const products = items.reduce((sum, { quantity, value }) => sum + quantity * value, 0)
  const total =
    products - numberOf(order['discount']) + numberOf(order['tax']) + numberOf(order['shipping'])
  const isKnown = /^[A-Z]{3}$/u.test(currency)
  return {
    type: 'order',
    form,
    ...more,
    items: items.map(({ name, quantity, value }) => ({
      name,
      quantity,
      ...(isKnown && { price: price(value) }),
    })),
    ...(isKnown && { total: price(total) }),
  }
}

export function digitsOf(phone: Json | undefined): string {
  const text = typeof phone === 'string' || typeof phone === 'number' ? String(phone) : ''
  return text.replaceAll(/\D/gu, '')
}

export function numberOf(value: Json | undefined): number {
  const number = Number(typeof value === 'string' ? value.trim() : (value ?? 0))
  return Number.isFinite(number) ? number : 0
}

export function pixIn(settings: JsonObject): readonly PixPart[] {
  const pix = inside(settings, 'pix')
  const keyType = textIn(pix, 'keyType')
  const named = keyType === 'randomKey' ? 'EVP' : keyType.toUpperCase()
  return pixOf(textIn(pix, 'name'), named, textIn(pix, 'key'))
}
