/** Where the callbacks of an instance go, how that stands, and a pause for a receiver that is being worked on. */

import { randomUUID } from 'node:crypto'
import type { Database } from '../db/database.js'
import type { InstanceId } from '../domain/instance.js'
import type { EpochMs } from '../domain/time.js'
import { type AttemptPorts, attempt } from './attempt.js'
import { type AttemptRecord, recordOf } from './attempt-records.js'
import { type ReceiverFigures, readReceiverFigures } from './dead-letter-store.js'
import { enableUrl, type EventKind, readDisabled, readEndpoints } from './endpoint-store.js'
import { PausedReceivers, pauseReceiver, resumeReceiver } from './paused-receivers.js'

export interface Receiver extends ReceiverFigures {
  /** What goes there; nothing if it is a former one to which something is owed. */
  readonly kinds: readonly EventKind[]
  readonly pausedAt: EpochMs | undefined
  /** Since when nothing goes there because it answered 410. */
  readonly disabledAt: EpochMs | undefined
}

export interface ReceiversOptions extends AttemptPorts {
  readonly database: Database
  /** Called after the commit: what waited for this instance may go again. */
  readonly takeAgain: (instanceId: InstanceId) => void
  /** What a test callback says, in the words of the dialect. */
  readonly testBody: (instanceId: InstanceId, now: EpochMs) => object
}

export class Receivers {
  readonly #options: ReceiversOptions
  readonly #paused: PausedReceivers

  constructor(options: ReceiversOptions) {
    this.#options = options
    this.#paused = new PausedReceivers(options.database)
  }

  /** Every URL that is set, or to which something is owed, or was in vain in the last 30 days. */
  async list(instanceId: InstanceId): Promise<readonly Receiver[]> {
    const { query } = this.#options.database
    const [endpoints, disabled, figures, paused] = await Promise.all([
      readEndpoints(query, instanceId),
      readDisabled(query, instanceId),
      readReceiverFigures(query, instanceId),
      this.#paused.of(instanceId),
    ])
    const urls = new Set([
      ...endpoints.values(),
      ...disabled.map(({ url }) => url),
      ...paused.keys(),
      ...figures.map(({ url }) => url),
    ])
    return [...urls].toSorted().map((url) => {
      const off = disabled.find((each) => each.url === url)
      const known = figures.find((each) => each.url === url)
      const kinds = [...endpoints].filter(([, at]) => at === url).map(([kind]) => kind)
      return {
        url,
        kinds: [...kinds, ...(off?.kinds ?? [])],
        pausedAt: paused.get(url),
        disabledAt: off?.disabledAt,
        pending: known?.pending ?? 0,
        dead: known?.dead ?? 0,
      }
    })
  }

  /** Nothing more goes there until it is resumed; what is owed waits. One attempt may be on its way. Says whether there is such a receiver. */
  async pause(instanceId: InstanceId, url: string): Promise<boolean> {
    if (!(await this.#isKnown(instanceId, url))) return false
    const { database, clock } = this.#options
    await database.transaction((transaction) =>
      pauseReceiver(transaction, instanceId, url, clock.now()),
    )
    return true
  }

  /** What waited goes there now, and what happens from now on, also after a 410. Safe to repeat. */
  async resume(instanceId: InstanceId, url: string): Promise<void> {
    const { database, takeAgain } = this.#options
    await database.transaction(async (transaction) => {
      await resumeReceiver(transaction, instanceId, url)
      await enableUrl(transaction, instanceId, url)
      transaction.afterCommit(() => takeAgain(instanceId))
    })
  }

  /**
   * One POST there, signed like every other, that tells of nothing. It is not stored and not repeated.
   * Gives what was answered; `undefined` if the instance has no such receiver.
   */
  async test(
    instanceId: InstanceId,
    url: string,
    signal: AbortSignal,
  ): Promise<AttemptRecord | undefined> {
    if (!(await this.#isKnown(instanceId, url))) return undefined
    const { clock, testBody } = this.#options
    const body = JSON.stringify(testBody(instanceId, clock.now()))
    return recordOf(
      await attempt({ id: randomUUID(), instanceId, url }, body, this.#options, signal),
    )
  }

  async #isKnown(instanceId: InstanceId, url: string): Promise<boolean> {
    return (await this.list(instanceId)).some((each) => each.url === url)
  }
}
