/**
 * Posts the notices that are owed to the channels, again and again until each was taken or a day has passed.
 *
 * The table is the truth: after a crash an attempt whose end was not recorded is made again, with the same id.
 */

import type { Database } from '../db/database.js'
import type { Vault } from '../db/encryption.js'
import type { AlertChannel, AlertNotice } from '../domain/alert.js'
import type { Clock } from '../runtime/clock.js'
import type { Log } from '../runtime/telemetry.js'
import { WorkerLoop } from '../runtime/worker-loop.js'
import type { Tell } from './channels/channel.js'
import {
  type AlertPost,
  claimPost,
  endPost,
  openNotice,
  purgePosts,
  readHeads,
  recordPostFailed,
} from './post-store.js'

export interface AlertCourierOptions {
  readonly database: Database
  readonly vault: Vault
  readonly clock: Clock
  readonly log: Log
  /** As they are set now. */
  readonly channels: () => Promise<ReadonlyMap<AlertChannel, Tell>>
}

const secondMs = 1_000
const minuteMs = 60 * secondMs
const waitsMs = [5, 15, 60, 300, 900].map((seconds) => seconds * secondMs)
const longestWaitMs = 15 * minuteMs
/** After so long an alert is no news. */
const longestLifeMs = 24 * 60 * minuteMs
/** Longer than an attempt takes: only a crash lets it pass. */
const claimMs = 2 * minuteMs
/** What another node stored is found after this. */
const lookEveryMs = 15 * secondMs
const keepEndedMs = 30 * 24 * 60 * minuteMs

export class AlertCourier implements AsyncDisposable {
  readonly #options: AlertCourierOptions
  readonly #loop: WorkerLoop
  readonly #cutOff = new AbortController()

  constructor(options: AlertCourierOptions) {
    this.#options = options
    const { clock, log } = options
    this.#loop = new WorkerLoop({ name: 'alerts', clock, log, step: () => this.#step() })
  }

  start(): void {
    this.#loop.start()
  }

  /** A notice was stored. */
  wake(): void {
    this.#loop.wake()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#cutOff.abort()
    await this.#loop.stop()
  }

  /** Removes what ended long ago, and gives how much. */
  purge(): Promise<number> {
    const { database, clock } = this.#options
    return purgePosts(database.query, clock.now() - keepEndedMs)
  }

  async #step(): Promise<number> {
    const { database, clock } = this.#options
    const heads = await readHeads(database.query)
    const due = heads.filter(({ nextAttemptAt }) => nextAttemptAt <= clock.now())
    const later = heads.map(({ nextAttemptAt }) => nextAttemptAt - clock.now())
    if (due.length === 0) return Math.min(lookEveryMs, ...later)
    const channels = await this.#options.channels()
    // A channel that does not answer holds up no other.
    await Promise.all(due.map((post) => this.#attempt(post, channels.get(post.channel))))
    return this.#cutOff.signal.aborted ? lookEveryMs : 0
  }

  async #attempt(post: AlertPost & { readonly id: string }, tell: Tell | undefined): Promise<void> {
    const { database, clock, log } = this.#options
    if (!(await claimPost(database.query, post, clock.now() + claimMs))) return
    const notice = this.#open(post)
    const problem =
      tell === undefined
        ? 'not set any more'
        : notice === undefined
          ? 'unreadable'
          : await tell(notice, this.#cutOff.signal)
    if (this.#cutOff.signal.aborted && problem !== undefined) return
    const { channel, sequence, createdAt } = post
    const attempts = post.attempts + 1
    const at = clock.now()
    if (problem === undefined) {
      await endPost(database.query, sequence, { status: 'done', problem: null, at })
      log.info('alert-told', { state: channel, attempts })
      return
    }
    const mayFollow = tell !== undefined && notice !== undefined && at - createdAt < longestLifeMs
    if (!mayFollow) {
      await endPost(database.query, sequence, { status: 'dead', problem, at })
      log.warn('alert-lost', { state: channel, attempts, reason: problem })
      return
    }
    const waitMs = waitsMs[attempts - 1] ?? longestWaitMs
    await recordPostFailed(database.query, sequence, problem, at + waitMs)
    log.warn('alert-not-told', { state: channel, attempts, reason: problem, retryInMs: waitMs })
  }

  #open(post: AlertPost & { readonly id: string }): AlertNotice | undefined {
    try {
      return openNotice(this.#options.vault, post)
    } catch {
      return undefined
    }
  }
}
