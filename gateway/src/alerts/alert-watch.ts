/**
 * Looks every few seconds at how everything stands, decides what is told (`rules.ts`), and stores it in the
 * same transaction as the notices that the channels are owed: nothing is told twice, also not after a crash
 * or by two nodes.
 *
 * While the database is away nothing can be stored. That alert alone is told at once, from memory, and a
 * mark outside the database remembers that its recovery is owed.
 */

import { randomUUID } from 'node:crypto'
import type { Database } from '../db/database.js'
import type { Vault } from '../db/encryption.js'
import type { AlertChannel, AlertNotice, NoticedAlert } from '../domain/alert.js'
import type { EpochMs } from '../domain/time.js'
import type { Clock } from '../runtime/clock.js'
import type { Log } from '../runtime/telemetry.js'
import { WorkerLoop } from '../runtime/worker-loop.js'
import { type AlertSettings, rulesOf } from './alert-settings.js'
import { holdAlerts, readAlertSettings, readAlerts, writeAlerts } from './alert-store.js'
import type { Tell } from './channels/channel.js'
import { factsOf, type Standing } from './faults.js'
import { insertPosts } from './post-store.js'
import { type Alert, decide, type Decision, type Facts } from './rules.js'

/** Outlives the process, and is not in the database. */
export interface AwayMark {
  read(): Promise<EpochMs | undefined>
  write(since: EpochMs): Promise<void>
  remove(): Promise<void>
}

export interface AlertWatchOptions {
  readonly database: Database
  readonly vault: Vault
  readonly clock: Clock
  readonly log: Log
  /** With several nodes one alone looks: they see a session at different moments. */
  readonly isLead: () => Promise<boolean>
  /** Throws what the database throws. `open`: the alerts that are not closed. */
  readonly standing: (open: readonly Alert[]) => Promise<Standing>
  /** Rejects while the database does not take a write. */
  readonly checkDatabase: () => Promise<void>
  readonly channelsOf: (settings: AlertSettings) => ReadonlyMap<AlertChannel, Tell>
  /** Notices were stored. */
  readonly wake: () => void
  readonly awayMark: AwayMark
}

const lookEveryMs = 5_000
/** A database that has not answered for so long counts as away at this look. */
const answerWithinMs = 10_000

/** The database does not answer. */
interface Away {
  readonly since: EpochMs
  readonly noticeId: string
  /** The channels that have not been told. */
  untold: readonly AlertChannel[] | undefined
}

export class AlertWatch implements AsyncDisposable {
  readonly #options: AlertWatchOptions
  readonly #loop: WorkerLoop
  readonly #stopping = new AbortController()
  #away: Away | undefined
  /** As they were when the database answered last. */
  #settings: AlertSettings | undefined
  #isMarkRead = false

  constructor(options: AlertWatchOptions) {
    this.#options = options
    const { clock, log } = options
    this.#loop = new WorkerLoop({ name: 'alert-watch', clock, log, step: () => this.#step() })
  }

  start(): void {
    this.#loop.start()
  }

  /** Looks now: the settings have changed. */
  wake(): void {
    this.#loop.wake()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stopping.abort()
    await this.#loop.stop()
  }

  async #step(): Promise<number> {
    if (!(await this.#isDatabaseThere())) {
      await this.#databaseAway()
      return lookEveryMs
    }
    await this.#databaseBack()
    if (await this.#options.isLead()) await this.#look()
    return lookEveryMs
  }

  async #look(): Promise<void> {
    const { database, vault, standing, wake } = this.#options
    const open = await readAlerts(database.query)
    const settings = await readAlertSettings(database.query, vault)
    const facts = factsOf(await standing(open), settings.rules)
    const isNews = await database.transaction(async (transaction) => {
      const { query } = transaction
      await holdAlerts(transaction)
      const decision = decide(facts, await readAlerts(query), rulesOf(settings))
      await writeAlerts(query, decision)
      const notice = noticeOf(decision, facts)
      if (notice === undefined) return false
      await insertPosts(query, vault, notice, [...this.#options.channelsOf(settings).keys()])
      return true
    })
    if (isNews) wake()
  }

  async #isDatabaseThere(): Promise<boolean> {
    const { database, vault, clock, checkDatabase } = this.#options
    const patience = new AbortController()
    const asked = checkDatabase().then(async () => {
      this.#settings = await readAlertSettings(database.query, vault)
      return true
    })
    const late = clock.sleep(answerWithinMs, patience.signal).then(() => false)
    const isThere = await Promise.race([asked.catch(() => false), late])
    patience.abort()
    return isThere
  }

  /** Tells it once it has lasted long enough; a channel that did not take it is tried again at the next look. */
  async #databaseAway(): Promise<void> {
    const { clock, log, channelsOf, awayMark } = this.#options
    const now = clock.now()
    this.#away ??= { since: now, noticeId: randomUUID(), untold: undefined }
    const { since, noticeId } = this.#away
    const settings = this.#settings
    const holdMs = settings && rulesOf(settings).holdMs['database-away']
    if (settings === undefined || holdMs === undefined || now - since < holdMs) return
    const channels = channelsOf(settings)
    if (this.#away.untold === undefined) {
      this.#away.untold = [...channels.keys()]
      await awayMark.write(since)
    }
    const notice = noticeOfDatabase(noticeId, now, { opened: [awayAlert(since)] })
    const tried = this.#away.untold.map(async (channel) => {
      const problem = await channels.get(channel)?.(notice, this.#stopping.signal)
      if (problem === undefined) log.info('alert-told', { state: channel, attempts: 1 })
      else log.warn('alert-not-told', { state: channel, reason: problem, retryInMs: lookEveryMs })
      return problem === undefined ? [] : [channel]
    })
    this.#away.untold = (await Promise.all(tried)).flat()
  }

  /** The recovery goes the way of all notices, which is stored. */
  async #databaseBack(): Promise<void> {
    const { database, vault, clock, channelsOf, wake, awayMark } = this.#options
    const wasAway = this.#away !== undefined
    if (!wasAway && this.#isMarkRead) return
    const since = await awayMark.read()
    if (since !== undefined && this.#settings !== undefined) {
      const recovered = [awayAlert(since)]
      const notice = noticeOfDatabase(randomUUID(), clock.now(), { recovered })
      const channels = [...channelsOf(this.#settings).keys()]
      await database.transaction(({ query }) => insertPosts(query, vault, notice, channels))
      await awayMark.remove()
      wake()
    }
    this.#isMarkRead = true
    this.#away = undefined
  }
}

function noticeOf(decision: Decision, { now }: Facts): AlertNotice | undefined {
  const { opened, repeated, recovered } = decision
  if (opened.length + repeated.length + recovered.length === 0) return undefined
  return {
    id: randomUUID(),
    at: now,
    opened: opened.map(toldOf),
    repeated: repeated.map(toldOf),
    recovered: recovered.map(toldOf),
    isTest: false,
  }
}

function toldOf({ subject, since }: Alert): NoticedAlert {
  return { ...subject, since }
}

function awayAlert(since: EpochMs): NoticedAlert {
  return { kind: 'database-away', since }
}

function noticeOfDatabase(
  id: string,
  at: EpochMs,
  change: Partial<Pick<AlertNotice, 'opened' | 'recovered'>>,
): AlertNotice {
  return { id, at, opened: [], repeated: [], recovered: [], isTest: false, ...change }
}
