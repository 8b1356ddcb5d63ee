/** Z-API's queue: what waits in an instance's line, and deleting it. */

import type { Static } from 'typebox'
import type { Recipient } from '../domain/chat.js'
import type { Instance, InstanceId, InstanceSettings } from '../domain/instance.js'
import type { MessageId, WhatsappId } from '../domain/message.js'
import type { EpochMs } from '../domain/time.js'
import { InvalidRequestError, TooLateToDeleteError } from './error-replies.js'
import type { listQueueBody, listQueueQuery, queueSettingsBody } from './request-schemas.js'
import { phoneOf } from './to-zapi.js'

/** Nothing of it has to be hidden any more. */
interface WaitingMessage {
  readonly id: MessageId
  readonly whatsappId: WhatsappId
  readonly recipient: Recipient
  readonly status: string
  readonly text: string
  readonly code?: string | undefined
  readonly acceptedAt: EpochMs
  readonly gapAfterMs?: number | undefined
  readonly typingMs: number
}

export interface WaitingLine {
  page(
    instanceId: InstanceId,
    place: { readonly after?: number | undefined; readonly limit: number },
  ): Promise<{ readonly messages: readonly WaitingMessage[]; readonly next: number | undefined }>
  count(instanceId: InstanceId): Promise<number>
  cancel(
    instanceId: InstanceId,
    id: string,
  ): Promise<'cancelled' | 'cancelled-before' | 'too-late' | 'unheard-of'>
  cancelAll(instanceId: InstanceId): Promise<{ readonly cancelled: number; readonly kept: number }>
}

export interface QueueHandlersOptions {
  readonly waiting: WaitingLine
  readonly instances: {
    updateSettings(instanceId: InstanceId, change: Partial<InstanceSettings>): Promise<void>
  }
}

const defaultPageSize = 20
const largestPage = 30
/** Of the deprecated listing, whose documented example asks for so many. */
const largestFirstPage = 100

export class QueueHandlers {
  readonly #waiting: WaitingLine
  readonly #instances: QueueHandlersOptions['instances']

  constructor({ waiting, instances }: QueueHandlersOptions) {
    this.#waiting = waiting
    this.#instances = instances
  }

  /** Z-API ignores `page` by now: this is always the beginning. */
  async listFirst(instance: Instance, query: Static<typeof listQueueQuery>): Promise<object> {
    const limit = Math.min(wholeNumber(query.pageSize) ?? defaultPageSize, largestFirstPage)
    const { messages } = await this.#waiting.page(instance.id, { limit })
    return { messages: messages.map((message) => describe(instance.id, message)) }
  }

  async list(instance: Instance, body: Static<typeof listQueueBody>): Promise<object> {
    const { messages, next } = await this.#waiting.page(instance.id, {
      after: placeOf(body.pagingState),
      limit: Math.min(body.pageSize ?? defaultPageSize, largestPage),
    })
    return {
      messages: messages.map((message) => ({
        ...describe(instance.id, message),
        CreatedAt: new Date(message.acceptedAt).toISOString().replace('Z', '+00:00'),
        Beta: false,
      })),
      pagingState: next === undefined ? null : pagingStateOf(next),
      hasMore: next !== undefined,
    }
  }

  async count(instance: Instance): Promise<{ readonly count: number }> {
    return { count: await this.#waiting.count(instance.id) }
  }

  /** Z-API documents no body; ours says what was not deleted because it may be on its way. */
  async deleteAll(
    instance: Instance,
  ): Promise<{ readonly deleted: number; readonly kept: number }> {
    const { cancelled, kept } = await this.#waiting.cancelAll(instance.id)
    return { deleted: cancelled, kept }
  }

  /** Whoever repeats the call hears 200 again. Throws `TooLateToDeleteError`. */
  async deleteOne(
    instance: Instance,
    { zaapId }: { zaapId: string },
  ): Promise<{ readonly deleted: number }> {
    const outcome = await this.#waiting.cancel(instance.id, zaapId)
    if (outcome === 'too-late')
      throw new TooLateToDeleteError(
        'The message was not deleted: it is being sent, or was sent, or has ended',
      )
    return { deleted: outcome === 'cancelled' ? 1 : 0 }
  }

  async updateSettings(
    instance: Instance,
    { disableEnqueueWhenDisconnected }: Static<typeof queueSettingsBody>,
  ): Promise<{ readonly success: true }> {
    await this.#instances.updateSettings(instance.id, {
      refuseWhileDisconnected: disableEnqueueWhenDisconnected,
    })
    return { success: true }
  }
}

/** Our additions: `Code`, masked, and `Status`: only what is QUEUED can be deleted. */
function describe(instanceId: InstanceId, message: WaitingMessage): object {
  const { id, gapAfterMs, code } = message
  return {
    _id: id,
    DelayMessage: gapAfterMs === undefined ? -1 : Math.round(gapAfterMs / 1_000),
    Message: message.text,
    ...(code === undefined ? {} : { Code: code }),
    Status: message.status.toUpperCase(),
    IsTrial: false,
    InstanceId: instanceId,
    Phone: phoneOf(message.recipient),
    ZaapId: id,
    DelayTyping: Math.round(message.typingMs / 1_000),
    MessageId: message.whatsappId,
    Created: message.acceptedAt,
  }
}

function pagingStateOf(place: number): string {
  return Buffer.from(JSON.stringify({ after: place })).toString('base64url')
}

function placeOf(pagingState: string | undefined): number | undefined {
  if (pagingState === undefined) return undefined
  const text = Buffer.from(pagingState, 'base64url').toString()
  const [, place] = /^\{"after":(\d{1,15})\}$/u.exec(text) ?? []
  if (place === undefined)
    throw new InvalidRequestError('pagingState must be that of the page before')
  return Number(place)
}

function wholeNumber(pageSize: string | undefined): number | undefined {
  if (pageSize === undefined || pageSize === '') return undefined
  if (/^[1-9]\d{0,8}$/u.test(pageSize)) return Number(pageSize)
  throw new InvalidRequestError('pageSize must be a whole number, at least 1')
}
