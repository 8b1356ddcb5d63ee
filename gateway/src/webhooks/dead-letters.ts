/**
 * Deliveries for the operator who mended the receiver: to see what is missing there, to have it sent
 * again, and to have tried now what waits for its next attempt.
 */

import { createHash } from 'node:crypto'
import type { Database, Transaction } from '../db/database.js'
import type { Vault } from '../db/encryption.js'
import type { InstanceId } from '../domain/instance.js'
import type { EpochMs } from '../domain/time.js'
import type { Clock } from '../runtime/clock.js'
import {
  type DeadRange,
  hurryWaiting,
  readDead,
  readDelivery,
  revive,
} from './dead-letter-store.js'
import { type AttemptRecord, openAttempts } from './attempt-records.js'
import type { DeliveryRow } from './delivery-row.js'
import { bodyContext } from './delivery-store.js'
import { readEndpoints } from './endpoint-store.js'
import type { Lane } from './lanes.js'

export interface DeadLettersOptions {
  readonly database: Database
  readonly vault: Vault
  readonly clock: Clock
  /** Called after the commit: the head of this lane is another one now, and due. */
  readonly hurry: (lane: Lane, instanceId: InstanceId) => void
  /** Called after the commit: more of this instance is due than before. */
  readonly takeAgain: (instanceId: InstanceId) => void
}

/** A delivery, whatever became of it. */
export type Letter = Omit<DeliveryRow, 'lane'>

export interface FoundLetter {
  readonly letter: Letter
  /** The oldest first. */
  readonly tries: readonly AttemptRecord[]
  readonly body: string | undefined
}

/** Which deliveries are tried now. */
export interface TryWish {
  /** Those to this URL; all without it. */
  readonly url?: string | undefined
  /** Beside what waits also what has failed, if it was owed at this moment or later. */
  readonly since?: EpochMs | undefined
}

/** So many rows a transaction: others want to write too. */
const batch = 200

export class DeadLetters {
  readonly #options: DeadLettersOptions

  constructor(options: DeadLettersOptions) {
    this.#options = options
  }

  /** Those of one instance, the first that was owed first. */
  list(instanceId: InstanceId, range: DeadRange): Promise<readonly Letter[]> {
    return readDead(this.#options.database.query, instanceId, range)
  }

  /** `body` is the JSON as it is sent; there is none any more once the receiver has it. */
  async find(instanceId: InstanceId, id: string): Promise<FoundLetter | undefined> {
    const { database, vault } = this.#options
    const row = await readDelivery(database.query, instanceId, id)
    if (row === undefined) return undefined
    const { bodySealed, attemptsSealed, ...letter } = row
    const tries = openAttempts(vault, { id, instanceId }, attemptsSealed)
    const body = bodySealed && vault.open(bodySealed, bodyContext({ id, instanceId }))
    return { letter, tries, body: body && Buffer.from(body).toString() }
  }

  /**
   * Owes it again, with the same id and bytes. It goes to where such events of
   * the instance go now, and to its old URL only if that is nowhere.
   */
  async replay(
    instanceId: InstanceId,
    id: string,
  ): Promise<'replayed' | 'not-dead' | 'unheard-of'> {
    return this.#options.database.transaction(async (transaction) => {
      const row = await readDelivery(transaction.query, instanceId, id)
      if (row === undefined) return 'unheard-of'
      const replayed = await this.#revive(instanceId, [row], transaction)
      return replayed === 0 ? 'not-dead' : 'replayed'
    })
  }

  /**
   * Attempts it now, whether it failed or waits for its next attempt. What waits behind others of its
   * chat goes after them: they are attempted now.
   */
  async tryNow(instanceId: InstanceId, id: string): Promise<'tried' | 'done' | 'unheard-of'> {
    const { database, clock, takeAgain } = this.#options
    return database.transaction(async (transaction) => {
      const row = await readDelivery(transaction.query, instanceId, id)
      if (row === undefined) return 'unheard-of'
      if (row.status === 'done') return 'done'
      if (row.status === 'dead') await this.#revive(instanceId, [row], transaction)
      else await hurryWaiting(transaction.query, { instanceId, lane: row.lane }, clock.now())
      transaction.afterCommit(() => takeAgain(instanceId))
      return 'tried'
    })
  }

  /** The same for many. Gives how many are attempted now; those behind them in their chats follow. */
  async tryAll(instanceId: InstanceId, { url, since }: TryWish): Promise<number> {
    const { database, clock, takeAgain } = this.#options
    const revived = since === undefined ? 0 : await this.replayAll(instanceId, since, url)
    return database.transaction(async ({ query, afterCommit }) => {
      const hurried = await hurryWaiting(query, { instanceId, url }, clock.now())
      afterCommit(() => takeAgain(instanceId))
      return revived + hurried
    })
  }

  /** Replays all that were owed at `since` or later, to this URL or to any. Gives how many that were. */
  async replayAll(instanceId: InstanceId, since: EpochMs, url?: string): Promise<number> {
    let replayed = 0
    let after: number | undefined
    do {
      const rows = await this.#options.database.transaction(async (transaction) => {
        const some = await readDead(transaction.query, instanceId, {
          since,
          url,
          after,
          limit: batch,
        })
        replayed += await this.#revive(instanceId, some, transaction)
        return some
      })
      after = rows.length < batch ? undefined : rows.at(-1)?.sequence
    } while (after !== undefined)
    return replayed
  }

  async #revive(
    instanceId: InstanceId,
    rows: readonly DeliveryRow[],
    { query, afterCommit }: Transaction,
  ): Promise<number> {
    const { clock, hurry } = this.#options
    const endpoints = new Map<string, string>(await readEndpoints(query, instanceId))
    const lanes = new Map<string, Lane>()
    let revived = 0
    for (const row of rows) {
      const lane = laneOf(row, endpoints.get(row.eventKind) ?? row.url)
      const to = { url: lane.url, lane: lane.id, now: clock.now() }
      if (!(await revive(query, row.id, to))) continue
      revived += 1
      lanes.set(lane.id, lane)
    }
    afterCommit(() => {
      for (const lane of lanes.values()) hurry(lane, instanceId)
    })
    return revived
  }
}

/** To another URL they keep their order among themselves: what else goes there has lanes of its own. */
function laneOf(row: DeliveryRow, url: string): Lane {
  if (url === row.url) return { id: row.lane, url }
  const place = JSON.stringify(['again', row.lane, url])
  return { id: createHash('sha256').update(place).digest('base64url'), url }
}
