/**
 * Where an outgoing message stands, and which step may follow which.
 *
 * `queued → sending → sent → delivered → read → played` is the way of a
 * message that arrives. `sending` falls back to `queued` when surely nothing
 * left, and becomes `unknown` when it was written and not confirmed (no
 * ack, or the process died): it is then sent again under the same WhatsApp id.
 * `failed`, `expired` and `cancelled` (by its caller, before it left) are ends.
 * After `sent` the status only moves forward.
 */

export const messageStatuses = [
  'queued',
  'sending',
  'unknown',
  'sent',
  'delivered',
  'read',
  'played',
  'failed',
  'expired',
  'cancelled',
] as const

export type MessageStatus = (typeof messageStatuses)[number]

/** WhatsApp's word on a message that left. */
export type ReceiptStatus = 'sent' | 'delivered' | 'read' | 'played'

const successors: Record<MessageStatus, readonly MessageStatus[]> = {
  queued: ['sending', 'failed', 'expired', 'cancelled'],
  sending: ['queued', 'unknown', 'sent', 'delivered', 'read', 'played', 'failed', 'expired'],
  unknown: ['sending', 'sent', 'delivered', 'read', 'played', 'failed', 'expired'],
  sent: ['delivered', 'read', 'played'],
  delivered: ['read', 'played'],
  read: ['played'],
  played: [],
  failed: [],
  expired: [],
  cancelled: [],
}

/** Whether a message may go from one status to the next. Receipts that come late or twice may not. */
export function mayFollow(from: MessageStatus, to: MessageStatus): boolean {
  return successors[from].includes(to)
}

/** Whether WhatsApp has taken the message. */
export function wasSent(status: MessageStatus): boolean {
  return status === 'sent' || mayFollow('sent', status)
}

/** Whether the message still has to leave: it holds its place in the line. */
export function isWaiting(status: MessageStatus): boolean {
  return status === 'queued' || status === 'sending' || status === 'unknown'
}
