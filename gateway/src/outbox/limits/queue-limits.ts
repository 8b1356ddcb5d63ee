/** What keeps a message out of the queue of its instance: too much waits, or the disk is nearly full. */

import type { Database, Transaction } from '../../db/database.js'
import {
  NotConnectedError,
  OutboxFullError,
  WaitingBytesError,
  WouldExpireError,
} from '../../domain/errors.js'
import type { InstanceId, InstanceSettings } from '../../domain/instance.js'
import type { OutgoingMessage } from '../../domain/message.js'
import type { EpochMs } from '../../domain/time.js'
import type { Clock } from '../../runtime/clock.js'
import { contentBytesOf } from '../content-bytes.js'
import { QueueLengths } from '../history/queue-lengths.js'
import type { Limited, SendingHolds } from './sending-holds.js'
import type { QueueForecast } from '../queue/forecast.js'
import type { OutboxStore } from '../outbox-store.js'

export interface DiskPort {
  /** Throws `DiskNearlyFullError` when a content of so many bytes must not be stored. */
  check(bytes: number): void
}

/** What the outbox asks of the settings of an instance or a pool. */
export type OutboxSettings = Pick<
  InstanceSettings,
  | 'refuseWhileDisconnected'
  | 'buttonForm'
  | 'lateSends'
  | 'codeLifeSeconds'
  | 'undeliverableAfterSeconds'
>

export interface SettingsPort {
  settingsOf(instanceId: InstanceId, transaction?: Transaction): Promise<OutboxSettings>
}

export interface QueueLimitsOptions {
  readonly database: Pick<Database, 'dialect'>
  readonly clock: Pick<Clock, 'now'>
  readonly store: OutboxStore
  readonly settings: SettingsPort
  /** Whether the queue of an instance moves. */
  readonly queue: {
    isOpen(instanceId: InstanceId): boolean
    forecast(instanceId: InstanceId, query: Transaction['query']): Promise<QueueForecast>
  }
  readonly holds: Pick<SendingHolds, 'of'>
  /** How many may wait while the instance is disconnected. */
  readonly maxWaiting?: number | undefined
  /** How many bytes the contents that wait may take, connected or not. */
  readonly maxWaitingBytes?: number | undefined
  /** No limit unless given. */
  readonly disk?: DiskPort | undefined
}

type Arriving = Pick<OutgoingMessage, 'instanceId' | 'content'>
type Timed = Pick<OutgoingMessage, 'acceptedAt' | 'expiresAt' | 'priority'> & Limited

const defaultMaxWaiting = 1_000
const defaultMaxWaitingBytes = 256 * 1_048_576
/** With PostgreSQL other nodes accept too. Counting the bytes of 100,000 messages takes a tenth of a second. */
const sharedCountMs = 5_000

export class QueueLimits {
  readonly #options: QueueLimitsOptions
  readonly #places: QueueLengths
  readonly #bytes: QueueLengths

  constructor(options: QueueLimitsOptions) {
    this.#options = options
    const { clock, database } = options
    const keptMs = database.dialect === 'sqlite' ? Infinity : sharedCountMs
    this.#places = new QueueLengths({ clock, keptMs })
    this.#bytes = new QueueLengths({ clock, keptMs })
  }

  /** Call it before the transaction, and what it gives when the message is stored or refused. */
  enter({ instanceId, content }: Arriving): () => void {
    const leaves = [
      this.#places.enter(instanceId),
      this.#bytes.enter(instanceId, contentBytesOf(content)),
    ]
    return () => {
      for (const leave of leaves) leave()
    }
  }

  /**
   * Throws `NotConnectedError`, `OutboxFullError`, `WaitingBytesError`, `DiskNearlyFullError`,
   * `WouldExpireError`. Gives the expected moment of leaving, if that is after the expiry of the
   * message and the instance accepts such messages.
   */
  async check(message: Arriving & Timed, transaction: Transaction): Promise<EpochMs | undefined> {
    const { queue } = this.#options
    if (!queue.isOpen(message.instanceId)) await this.#checkPlaces(message.instanceId, transaction)
    await this.#checkBytes(message, transaction)
    return this.#checkExpiry(message, transaction)
  }

  async #checkPlaces(instanceId: InstanceId, transaction: Transaction): Promise<void> {
    const { store, settings, maxWaiting = defaultMaxWaiting } = this.#options
    if ((await settings.settingsOf(instanceId, transaction)).refuseWhileDisconnected)
      throw new NotConnectedError('The instance is disconnected and keeps nothing for later.')
    const count = () => store.queue.countWaiting(transaction, instanceId)
    if (await this.#places.has(instanceId, maxWaiting, count)) return
    throw new OutboxFullError(
      `The instance is disconnected and ${maxWaiting} messages wait already. Connect it, then send this one again.`,
    )
  }

  /** While the instance is disconnected the moment is not known, so nothing is refused. */
  async #checkExpiry(
    message: Arriving & Timed,
    transaction: Transaction,
  ): Promise<EpochMs | undefined> {
    const { queue, settings, holds } = this.#options
    const { instanceId, acceptedAt, expiresAt, priority } = message
    if (expiresAt === undefined) return undefined
    const { open } = await queue.forecast(instanceId, transaction.query)
    const hold = open && (await holds.of(message, transaction.query))
    const leavesAt = Math.max(acceptedAt + (open?.waitsMs[priority] ?? 0), hold?.until ?? 0)
    if (leavesAt < expiresAt) return undefined
    const { lateSends } = await settings.settingsOf(instanceId, transaction)
    if (lateSends === 'accept') return leavesAt
    throw new WouldExpireError({
      waitMs: leavesAt - acceptedAt,
      lifeMs: expiresAt - acceptedAt,
    })
  }

  async #checkBytes({ instanceId, content }: Arriving, transaction: Transaction): Promise<void> {
    const { store, disk, maxWaitingBytes = defaultMaxWaitingBytes } = this.#options
    const bytes = contentBytesOf(content)
    disk?.check(bytes)
    const sum = () => store.queue.sumWaiting(transaction, instanceId)
    if (await this.#bytes.has(instanceId, maxWaitingBytes, sum, bytes)) return
    throw new WaitingBytesError(maxWaitingBytes)
  }
}
