import type { WhatsappId } from '../message-id.js'
import type { OrderDetails } from '../incoming-content.js'
import { type PixKeyContent, pixLines } from './pix-key.js'
import { paragraphs } from './plain-buttons.js'
import { type TextContent, text } from './text.js'
import type { Traits } from './traits.js'

export type OrderStatus = 'pending' | 'processing' | 'shipped' | 'completed' | 'canceled'

export interface OrderItem {
  readonly productId: string
  readonly name: string
  readonly quantity: number
  /** Of one piece, in the currency, as all amounts here. */
  readonly amount: number
  readonly isCustomItem: boolean
}

/** An order to review and pay, or what became of one. */
export interface OrderContent {
  readonly kind: 'order'
  /** The message with the order that an update is about. It is quoted if it is kept. */
  readonly target?: WhatsappId | undefined
  readonly step: 'request' | 'status-update' | 'payment-update'
  /** Empty where there is none. */
  readonly text: string
  readonly referenceId: string
  readonly orderRequestId: string
  /** ISO 4217. */
  readonly currency: string
  readonly status: OrderStatus
  readonly payment: 'pending' | 'paid'
  readonly items: readonly OrderItem[]
  readonly discount?: number | undefined
  readonly tax?: number | undefined
  readonly shipping?: number | undefined
  readonly pix?: Pick<PixKeyContent, 'key' | 'keyType' | 'merchantName'> | undefined
  readonly takesCards?: boolean | undefined
}

export const orderTraits: Traits<OrderContent, TextContent> = {
  earlier: ({ target }) => target && { whatsappId: target },
  text: (content) => content.text || headline(content),
  asReceived: (content) => ({
    kind: content.step === 'request' ? 'order-payment' : 'order-status',
    ...detailsOf(content),
  }),
  fallback: (content) =>
    text(paragraphs(content.text, headline(content), sums(content), waysToPay(content))),
}

export function subTotalOf({ items }: Pick<OrderContent, 'items'>): number {
  return items.reduce((sum, { amount, quantity }) => sum + amount * quantity, 0)
}

export function totalOf(order: OrderContent): number {
  const { tax = 0, shipping = 0, discount = 0 } = order
  return subTotalOf(order) + tax + shipping - discount
}

function detailsOf(order: OrderContent): OrderDetails {
  const { currency, referenceId, orderRequestId, discount = 0, shipping = 0, tax = 0 } = order
  return {
    type: 'physical-goods',
    currency,
    referenceId,
    orderRequestId,
    orderStatus: order.status,
    paymentStatus: order.payment === 'paid' ? 'captured' : 'pending',
    total: totalOf(order),
    subTotal: subTotalOf(order),
    discount,
    shipping,
    tax,
    lines: order.items,
  }
}

const statusWords: Readonly<Record<OrderStatus, string>> = {
  pending: 'pendente',
  processing: 'em processamento',
  shipped: 'enviado',
  completed: 'concluído',
  canceled: 'cancelado',
}

function headline({ step, referenceId, status, payment }: OrderContent): string {
  if (step === 'request') return `Pedido ${referenceId}`
  const paid = payment === 'paid' ? 'pago' : 'pagamento pendente'
  return `Pedido ${referenceId}: ${statusWords[status]}, ${paid}`
}

function sums(order: OrderContent): string {
  const { currency, items, discount, shipping, tax } = order
  const money = new Intl.NumberFormat('pt-BR', { style: 'currency', currency })
  // The space that cannot be broken is none that people search for.
  const written = (amount: number): string => money.format(amount).replaceAll('\u00a0', ' ')
  const line = (name: string, amount: number | undefined): readonly string[] =>
    amount === undefined ? [] : [`${name}: ${written(amount)}`]
  return [
    ...items.map(({ name, quantity, amount }) => `${quantity} x ${name} - ${written(amount)}`),
    ...line('Subtotal', subTotalOf(order)),
    ...line('Desconto', discount),
    ...line('Frete', shipping),
    ...line('Taxa', tax),
    ...line('Total', totalOf(order)),
  ].join('\n')
}

function waysToPay({ pix, takesCards }: OrderContent): string {
  return paragraphs(pix === undefined ? '' : pixLines(pix), takesCards ? 'Aceita cartão' : '')
}
