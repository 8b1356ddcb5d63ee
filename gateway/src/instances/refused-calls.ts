/**
 * The last calls that were answered 4xx, for the operator whose program is refused: who called what, and
 * why it was refused. Without bodies and secrets.
 *
 * A call is noted in memory and written within a second, together with others, so no call waits for it and
 * a flood of strangers costs one statement a second. Every node writes to the same table.
 */

import type { Database } from '../db/database.js'
import type { EpochMs } from '../domain/time.js'
import type { Clock } from '../runtime/clock.js'
import type { Log } from '../runtime/telemetry.js'
import { WorkerLoop } from '../runtime/worker-loop.js'

export interface RefusedCall {
  readonly at: EpochMs
  /** As the call named it. */
  readonly instanceId: string | undefined
  /** Whether the call had the token of that instance. */
  readonly isIdentified: boolean
  readonly method: string
  /** The pattern of the path. */
  readonly route: string
  readonly statusCode: number
  /** What was answered. */
  readonly cause: string
  readonly requestId: string
  readonly address: string
}

export type NotedCall = Omit<RefusedCall, 'at'>

export interface ListedRefusal extends RefusedCall {
  readonly sequence: number
}

/** How many are kept of calls with the token of their instance, and of all others. */
const kept = { identified: 1_000, others: 250 } as const
/** What one address may have noted between two writes. */
const mostOfAddress = 50
const mostNoted = 500
const writeEveryMs = 1_000
const longestCause = 300

export class RefusedCalls implements AsyncDisposable {
  readonly #database: Database
  readonly #clock: Clock
  readonly #loop: WorkerLoop
  #noted: RefusedCall[] = []

  constructor(options: {
    readonly database: Database
    readonly clock: Clock
    readonly log: Log
    readonly random: () => number
  }) {
    this.#database = options.database
    this.#clock = options.clock
    this.#loop = new WorkerLoop({
      ...options,
      name: 'refused-calls',
      step: async (signal) => {
        await this.write()
        if (!signal.aborted) await this.#clock.sleep(writeEveryMs, signal).catch(() => undefined)
        return this.#noted.length > 0 ? 0 : undefined
      },
    })
  }

  /** Cheap, and never throws. What is too much in one second is not noted. */
  note(call: NotedCall): void {
    if (this.#noted.length >= mostNoted) return
    const ofAddress = this.#noted.filter(({ address }) => address === call.address)
    if (!call.isIdentified && ofAddress.length >= mostOfAddress) return
    this.#noted.push({ ...call, cause: withoutSecrets(call.cause), at: this.#clock.now() })
    this.#loop.start()
    this.#loop.wake()
  }

  /** Writes what is noted, and forgets what is too old. */
  async write(): Promise<void> {
    const calls = this.#noted
    this.#noted = []
    if (calls.length === 0) return
    const { query } = this.#database
    await query.insertInto('refused_call').values(calls.map(rowOf)).execute()
    await this.#forget(1, kept.identified)
    await this.#forget(0, kept.others)
  }

  /** The newest first. `before`: behind this sequence. */
  async list(wish: {
    readonly instanceId?: string | undefined
    readonly before?: number | undefined
    readonly limit: number
  }): Promise<readonly ListedRefusal[]> {
    let query = this.#database.query.selectFrom('refused_call').selectAll()
    if (wish.instanceId !== undefined) query = query.where('instance_id', '=', wish.instanceId)
    if (wish.before !== undefined) query = query.where('sequence', '<', wish.before)
    const rows = await query.orderBy('sequence', 'desc').limit(wish.limit).execute()
    return rows.map((row) => ({
      sequence: row.sequence,
      at: row.at,
      instanceId: row.instance_id ?? undefined,
      isIdentified: row.is_identified === 1,
      method: row.method,
      route: row.route,
      statusCode: row.status_code,
      cause: row.cause,
      requestId: row.request_id,
      address: row.address,
    }))
  }

  /** Writes what is still noted. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#loop.stop()
    await this.write().catch(() => undefined)
  }

  async #forget(isIdentified: 0 | 1, most: number): Promise<void> {
    const { query } = this.#database
    const last = await query
      .selectFrom('refused_call')
      .select('sequence')
      .where('is_identified', '=', isIdentified)
      .orderBy('sequence', 'desc')
      .limit(1)
      .offset(most)
      .executeTakeFirst()
    if (last === undefined) return
    await query
      .deleteFrom('refused_call')
      .where('is_identified', '=', isIdentified)
      .where('sequence', '<=', last.sequence)
      .execute()
  }
}

function rowOf(call: RefusedCall) {
  return {
    is_identified: call.isIdentified ? 1 : 0,
    at: call.at,
    instance_id: call.instanceId ?? null,
    method: call.method,
    route: call.route,
    status_code: call.statusCode,
    cause: call.cause,
    request_id: call.requestId,
    address: call.address,
  }
}

/** Z-API's text repeats a wrong Client-Token, which may be nearly right. Tokens and numbers stand in no other; this holds if one does. */
function withoutSecrets(cause: string): string {
  return cause
    .replace(/^Client-Token .* not allowed$/su, 'Client-Token not allowed')
    .replaceAll(/[\w-]{20,}/gu, '…')
    .replaceAll(/\d{7,}/gu, '…')
    .slice(0, longestCause)
}
