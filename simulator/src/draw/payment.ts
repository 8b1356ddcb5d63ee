/** Money that was asked for or sent. Only phones with a payment account write these. */

import type { proto } from 'baileys'
import { kind } from './kind.js'
import { filled, numberIn } from './plain.js'
import { priceOf } from './price.js'
import type { Part } from './view.js'

export const paymentRequest = kind('requestPaymentMessage', (message) => ({
  kind: 'payment-request',
  parts: [
    filled({
      type: 'order',
      form: 'update',
      reference: '',
      items: [],
      total: priceOf(message.currencyCodeIso4217, numberIn(message.amount1000)),
      paymentStatus: 'requested',
    }),
    ...noteOf(message.noteMessage),
  ],
}))

export const paymentSent = kind('sendPaymentMessage', (message) => ({
  kind: 'payment',
  parts: [
    { type: 'order', form: 'update', reference: '', items: [], paymentStatus: 'sent' },
    ...noteOf(message.noteMessage),
  ],
}))

function noteOf(note: proto.IMessage | null | undefined): readonly Part[] {
  const text = note?.extendedTextMessage?.text ?? note?.conversation
  return text ? [{ type: 'text', text }] : []
}
