/**
 * What becomes of a call: it is told, and rejected where the instance wants that.
 *
 * The text for the rejected caller is accepted by the outbox before the call
 * counts as told. A process that dies in between hears of the call again, and
 * the same name makes it the same text.
 */

import type { Database, Transaction } from '../db/database.js'
import type { Call } from '../domain/call.js'
import { chatKey, type Recipient } from '../domain/chat.js'
import type { GatewayEvent } from '../domain/gateway-event.js'
import type { InstanceId, InstanceSettings } from '../domain/instance.js'
import type { MessageContent } from '../domain/content/index.js'
import type { Clock } from '../runtime/clock.js'
import type { Log } from '../runtime/telemetry.js'
import { remember } from './inbox-store.js'

export interface CallsOptions {
  readonly database: Database
  readonly clock: Pick<Clock, 'now'>
  readonly log: Log
  readonly settings: {
    settingsOf(
      instanceId: InstanceId,
    ): Promise<Pick<InstanceSettings, 'rejectCalls' | 'rejectedCallText'>>
  }
  readonly events: { publish(event: GatewayEvent, transaction: Transaction): Promise<void> }
  /** Ends the ringing at the caller. Throws when it could not. */
  readonly reject: (instanceId: InstanceId, call: Call) => Promise<void>
  /** Queues a message; under the same key once. */
  readonly outbox: {
    accept(
      instanceId: InstanceId,
      submission: { readonly recipient: Recipient; readonly content: MessageContent },
      options: { readonly idempotencyKey: string },
    ): Promise<unknown>
  }
}

export class Calls {
  readonly #options: CallsOptions

  constructor(options: CallsOptions) {
    this.#options = options
  }

  /**
   * Takes a step of a call; `ownPhone` is the instance's number. When it
   * throws, nothing was told, and the same step may be given again.
   */
  async heard(instanceId: InstanceId, ownPhone: string, call: Call): Promise<void> {
    const { settings, database, clock, events } = this.#options
    const { rejectCalls, rejectedCallText } = await settings.settingsOf(instanceId)
    if (rejectCalls && call.step === 'ringing') {
      if (!call.over) await this.#reject(instanceId, call)
      if (rejectedCallText !== '') await this.#write(instanceId, call, rejectedCallText)
    }
    await database.transaction(async (transaction) => {
      await database.fence.prove(transaction.query, instanceId)
      // One id for all of its steps, so the step is part of what is remembered.
      const whatsappId = `call ${call.step} ${call.id}`
      const key = { instanceId, chatKey: chatKey(call.chat), whatsappId }
      if (!(await remember(transaction.query, key, clock.now()))) return
      const event = { instanceId, occurredAt: call.at, ownPhone, call }
      await events.publish({ kind: 'call.changed', ...event }, transaction)
    })
  }

  /** It goes on ringing, then: nothing is worth waiting for here. */
  async #reject(instanceId: InstanceId, call: Call): Promise<void> {
    const { reject, log } = this.#options
    try {
      await reject(instanceId, call)
    } catch (cause) {
      log.warn('call-not-rejected', { instanceId, cause })
    }
  }

  async #write(instanceId: InstanceId, call: Call, text: string): Promise<void> {
    const { outbox, log } = this.#options
    const recipient = recipientOf(call)
    if (recipient === undefined) return
    try {
      const submission = { recipient, content: { kind: 'text' as const, text } }
      await outbox.accept(instanceId, submission, { idempotencyKey: `call ${call.id}` })
    } catch (cause) {
      // Full, or not to be sent now: the call is told all the same.
      log.warn('call-not-answered', { instanceId, cause })
    }
  }
}

/** After a call to a group, no text is sent. */
function recipientOf({ chat, caller }: Call): Recipient | undefined {
  if (chat.kind !== 'person') return undefined
  if (caller.phone !== undefined) return { kind: 'person', phone: caller.phone }
  return caller.lid === undefined ? undefined : { kind: 'lid', lid: caller.lid }
}
