/**
 * Payments inside WhatsApp. Linked devices are shown who asks whom for how much;
 * what was booked is with the phone and comes, if ever, beside the message.
 */

import { normalizeMessageContent, proto, toNumber, type WAMessage } from 'baileys'
import type { IncomingContent, PaymentBooking } from '../../domain/incoming-content.js'
import type { EpochMs } from '../../domain/time.js'
import { type Author, targetOf } from './incoming-act.js'
import { personOfJid } from '../jid.js'

const { Status, TxnStatus } = proto.PaymentInfo

export function paymentContent(message: WAMessage, author: Author): IncomingContent | undefined {
  const content = normalizeMessageContent(message.message ?? undefined)
  const booking = message.paymentInfo ? bookingOf(message.paymentInfo) : undefined
  const request = content?.requestPaymentMessage
  if (request)
    return {
      kind: 'payment-request',
      currency: request.amount?.currencyCode || request.currencyCodeIso4217 || '',
      amount: request.amount ? moneyOf(request.amount) : thousandthsOf(request.amount1000),
      expiresAt: momentIn(toNumber(request.expiryTimestamp ?? 0)),
      payer: personOfJid(request.requestFrom) ?? {},
      booking,
    }
  if (content?.sendPaymentMessage) return { kind: 'payment', booking }
  return endOfRequest(content, author)
}

function endOfRequest(
  content: proto.IMessage | undefined,
  author: Author,
): IncomingContent | undefined {
  const { declinePaymentRequestMessage: declined, cancelPaymentRequestMessage: cancelled } =
    content ?? {}
  const target = targetOf((declined ?? cancelled)?.key, author)
  const how = declined ? 'declined' : 'cancelled'
  return target && { kind: 'payment-request-ended', how, target }
}

function bookingOf(info: proto.IPaymentInfo): PaymentBooking {
  return {
    receiver: personOfJid(info.receiverJid) ?? {},
    currency: info.primaryAmount?.currencyCode || info.currency || '',
    amount: info.primaryAmount ? moneyOf(info.primaryAmount) : thousandthsOf(info.amount1000),
    status: Status[info.status ?? 0] ?? '',
    transactionStatus: TxnStatus[info.txnStatus ?? 0] ?? '',
  }
}

/** `{value: 1050, offset: 1000}` is 1.05 of the currency. */
function moneyOf({ value, offset }: proto.IMoney): number {
  return toNumber(value ?? 0) / (offset || 1)
}

function thousandthsOf(amount: proto.IPaymentInfo['amount1000']): number {
  return toNumber(amount ?? 0) / 1_000
}

/** Clients write seconds; a number that large can only be milliseconds. */
function momentIn(number: number): EpochMs {
  return number > 100_000_000_000 ? number : number * 1_000
}
