/**
 * Tells our users what happened, durably.
 *
 * An event becomes a row in the transaction of the fact it tells, so there is
 * never one without the other. `courier.ts` carries it out from there.
 */

import { createHash, randomUUID } from 'node:crypto'
import type { Database, Transaction } from '../db/database.js'
import type { Vault } from '../db/encryption.js'
import { RowCache } from '../db/row-cache.js'
import { conversationKey, chatOf } from '../domain/chat.js'
import type { GatewayEvent } from '../domain/gateway-event.js'
import type { InstanceId, InstanceSettings } from '../domain/instance.js'
import type { Clock } from '../runtime/clock.js'
import { bodyContext, type DeliveryFigures, insertDelivery, readFigures } from './delivery-store.js'
import {
  type DisabledEndpoint,
  enableUrl,
  type EventKind,
  readDisabled,
  readEndpoints,
  readUrls,
  writeEndpoint,
} from './endpoint-store.js'
import { subjectOf } from './delivery-subject.js'
import type { Lane } from './lanes.js'
import { isMuted } from './muting.js'
import { type Self, sentByUs } from './sent-by-us.js'

/** The body of a callback, ready for `JSON.stringify`; `undefined` if the dialect has none for this event. */
export type RenderPort = (event: GatewayEvent) => object | undefined

export interface SettingsPort {
  settingsOf(
    instanceId: InstanceId,
    transaction: Transaction,
  ): Promise<Pick<InstanceSettings, 'muted' | 'notifySentByMe' | 'tellCodes'>>
}

export interface WebhooksOptions {
  readonly database: Database
  readonly vault: Vault
  readonly clock: Clock
  readonly settings: SettingsPort
  readonly selfOf: (instanceId: InstanceId) => Self
  readonly render: RenderPort
  /** Called after the commit, for the courier of the node that runs the instance to look into the lane. */
  readonly wake: (lane: Lane, instanceId: InstanceId) => void
  /** Called after the commit of an event, whether a delivery is owed or not. */
  readonly published?: ((event: GatewayEvent) => void) | undefined
}

export class Webhooks {
  readonly #options: WebhooksOptions
  readonly #endpoints: RowCache<ReadonlyMap<EventKind, string>>

  constructor(options: WebhooksOptions) {
    this.#options = options
    this.#endpoints = new RowCache(options.database.signals, 'callback_endpoint')
  }

  /**
   * Stores one delivery in the caller's transaction if the instance has an
   * endpoint for this kind of event and did not mute it; otherwise nothing is
   * owed. With `notifySentByMe` a URL is owed a second
   * one for each that was sent.
   */
  async publish(event: GatewayEvent, transaction: Transaction): Promise<void> {
    await this.#owe(event, transaction)
    transaction.afterCommit(() => this.#options.published?.(event))
    if (event.kind !== 'message.sent' || event.content === undefined) return
    const { instanceId, content: said } = event
    const settings = await this.#options.settings.settingsOf(instanceId, transaction)
    if (!settings.notifySentByMe) return
    const self = this.#options.selfOf(instanceId)
    await this.#owe(sentByUs(event, said, self, settings), transaction)
  }

  /**
   * From the next event on, these kinds go to `url`, or nowhere if it is
   * `undefined`. What is already owed goes where it was owed.
   */
  async setEndpoint(
    instanceId: InstanceId,
    kinds: readonly EventKind[],
    url: string | undefined,
  ): Promise<void> {
    await this.#options.database.transaction((transaction) =>
      writeEndpoint(transaction, instanceId, kinds, url),
    )
  }

  /** The same for kinds that go to different places, within the caller's transaction. */
  async setEndpoints(
    instanceId: InstanceId,
    urls: ReadonlyMap<EventKind, string>,
    transaction: Transaction,
  ): Promise<void> {
    for (const [kind, url] of urls) await writeEndpoint(transaction, instanceId, [kind], url)
  }

  /** Whether a URL is set for events of this kind. */
  async hasEndpoint(instanceId: InstanceId, kind: EventKind): Promise<boolean> {
    return (await this.#urlOf(instanceId, kind, this.#options.database.query)) !== undefined
  }

  endpoints(instanceId: InstanceId): Promise<Map<EventKind, string>> {
    return readEndpoints(this.#options.database.query, instanceId)
  }

  /** URLs that get nothing any more because their receivers answered 410; of one instance, or of all. */
  disabledEndpoints(instanceId?: InstanceId): Promise<readonly DisabledEndpoint[]> {
    return readDisabled(this.#options.database.query, instanceId)
  }

  /** Sends what happens from now on there again, and gives the kinds of event. */
  enableEndpoint(instanceId: InstanceId, url: string): Promise<readonly string[]> {
    return this.#options.database.transaction((transaction) =>
      enableUrl(transaction, instanceId, url),
    )
  }

  /** Every URL that is set, once. */
  urls(): Promise<readonly string[]> {
    return readUrls(this.#options.database.query)
  }

  /** What is owed, and what failed. */
  figures(): Promise<DeliveryFigures> {
    return readFigures(this.#options.database.query)
  }

  /** Every event asks, so what is set is cached until it changes. */
  async #urlOf(
    instanceId: InstanceId,
    kind: GatewayEvent['kind'],
    query: Database['query'],
  ): Promise<string | undefined> {
    const urls = await this.#endpoints.get(instanceId, '', () => readEndpoints(query, instanceId))
    return urls.get(kind === 'message.undeliverable' ? 'message.failed' : kind)
  }

  /** What was accepted for a pool is told where the pool wants it; if it says nothing, where the member does. */
  async #receiverOf(
    event: GatewayEvent,
    { query }: Transaction,
  ): Promise<{ readonly owner: InstanceId; readonly url: string | undefined }> {
    const { instanceId, kind } = event
    const pool = 'pool' in event ? event.pool?.id : undefined
    const url = pool && (await this.#urlOf(pool, kind, query))
    if (pool !== undefined && url !== undefined) return { owner: pool, url }
    return { owner: instanceId, url: await this.#urlOf(instanceId, kind, query) }
  }

  async #owe(event: GatewayEvent, transaction: Transaction): Promise<void> {
    const { kind: eventKind } = event
    const { owner: instanceId, url } = await this.#receiverOf(event, transaction)
    if (url === undefined) return
    const { muted } = await this.#options.settings.settingsOf(instanceId, transaction)
    if (isMuted(event, muted)) return
    const body = this.#options.render(event)
    if (body === undefined) return

    const id = randomUUID()
    const lane: Lane = { id: laneId(event, url), url }
    await insertDelivery(transaction.query, {
      id,
      instanceId,
      eventKind,
      subject: subjectOf(event),
      url,
      lane: lane.id,
      bodySealed: this.#options.vault.seal(
        Buffer.from(JSON.stringify(body)),
        bodyContext({ id, instanceId }),
      ),
      createdAt: this.#options.clock.now(),
    })
    transaction.afterCommit(() => this.#options.wake(lane, instanceId))
  }
}

/**
 * Deliveries of one lane arrive in order: same instance, URL and chat.
 * A digest, because a URL may be longer than what PostgreSQL takes in an index.
 */
function laneId(event: GatewayEvent, url: string): string {
  const place = JSON.stringify([event.instanceId, url, orderKey(event)])
  return createHash('sha256').update(place).digest('base64url')
}

function orderKey(event: GatewayEvent): string {
  switch (event.kind) {
    // By the recipient as the caller wrote it: `failed` knows no other, and both must be in one line.
    case 'message.sent':
    case 'message.failed':
      return conversationKey(chatOf(event.recipient))
    // Apart from the chat's other callbacks: it helps for seconds only.
    case 'message.undeliverable':
      return `undeliverable:${conversationKey(chatOf(event.recipient))}`
    case 'message.status-changed':
      return conversationKey(event.chat)
    case 'message.received':
      return conversationKey(event.message.chat)
    case 'call.changed':
      return conversationKey(event.call.chat)
    // Apart from the chat's messages, which must not wait for it.
    case 'chat.presence-changed':
      return `presence:${conversationKey(event.presence.chat)}`
    case 'instance.connected':
    case 'instance.disconnected':
    case 'instance.passkey-needed':
    case 'instance.proxy-failed':
      return 'instance'
  }
}
