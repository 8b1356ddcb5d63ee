/** What was told of each message, kept while callbacks come in: asking the whole pile each time would cost more than the gateway. */

import type { CallbackReceiver, ReceivedCallback } from '../sandbox/src/callback-receiver.js'
import type { JudgedCallback } from './verdict.js'

export class Ledger {
  readonly told: JudgedCallback[] = []
  readonly #ended = new Set<string>()
  readonly #receiver: CallbackReceiver

  constructor(receiver: CallbackReceiver) {
    this.#receiver = receiver
  }

  /** How many messages are told to be sent or failed. */
  get ended(): number {
    this.read()
    return this.#ended.size
  }

  /** Takes what has come in since, and lets the receiver forget it. */
  read(): readonly JudgedCallback[] {
    for (const callback of this.#receiver.received.splice(0).map(toldBy)) {
      this.told.push(callback)
      if (callback.type === 'DeliveryCallback') this.#ended.add(callback.zaapId ?? '')
    }
    return this.told
  }
}

function toldBy({ headers, body }: ReceivedCallback): JudgedCallback {
  const text = (name: string): string | undefined =>
    typeof body[name] === 'string' ? body[name] : undefined
  return {
    deliveryId: String(headers['webhook-id']),
    type: text('type') ?? '',
    zaapId: text('zaapId'),
    error: text('error'),
    status: text('status'),
    ids: Array.isArray(body['ids']) ? body['ids'].map(String) : [],
  }
}
