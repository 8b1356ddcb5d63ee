/**
 * Does a piece of work again and again: when it is due, and when it is woken.
 *
 * The loop only waits. What there is to do, and when there will be more, is
 * the step's answer. A wake that comes while the step runs makes it run once
 * more, because the step may have looked before the reason for the wake was
 * there: no wake is lost, and many become one.
 */

import { setImmediate as nextTurn } from 'node:timers/promises'
import { type BackoffPolicy, backoffMs } from './backoff.js'
import type { Clock } from './clock.js'
import type { Log } from './telemetry.js'

/**
 * One run. Gives the milliseconds until there may be more to do (0: at once),
 * or `undefined` when only a wake brings more. `signal` aborts when the loop
 * stops: finish what must not be cut in two, begin nothing new.
 */
export type WorkerStep = (signal: AbortSignal) => Promise<number | undefined>

export interface WorkerLoopOptions {
  /** Stands in the log as `state`. */
  readonly name: string
  readonly clock: Clock
  readonly log: Log
  readonly step: WorkerStep
  readonly random?: (() => number) | undefined
  /** The waits between the tries of a step that throws. */
  readonly backoff?: BackoffPolicy | undefined
}

const defaultBackoff: BackoffPolicy = { firstMs: 500, capMs: 30_000, jitter: 'equal' }

/** Without a reason of ours each wake would make an error, with its stack. */
const wakeUp = 'woken'

export class WorkerLoop implements AsyncDisposable {
  readonly #options: WorkerLoopOptions
  readonly #stopping = new AbortController()
  #running: Promise<void> | undefined
  #woken = false
  #endNap: (() => void) | undefined

  constructor(options: WorkerLoopOptions) {
    this.#options = options
  }

  /** Runs the step at once, and from then on as it says. A second start does nothing. */
  start(): void {
    if (!this.#stopping.signal.aborted) this.#running ??= this.#run()
  }

  /** There may be something to do. Cheap; may be called at any time, from inside the step too. */
  wake(): void {
    this.#woken = true
    this.#endNap?.()
  }

  /** Lets the running step end and runs no other. Do not await it inside the step, which it waits for. */
  async stop(): Promise<void> {
    this.#stopping.abort()
    this.#endNap?.()
    await this.#running
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.stop()
  }

  async #run(): Promise<void> {
    const { clock, backoff = defaultBackoff, random } = this.#options
    const { signal } = this.#stopping
    let failures = 0

    while (!signal.aborted) {
      this.#woken = false
      try {
        const waitMs = await this.#options.step(signal)
        if (failures > 0) this.#tellRecovery(failures)
        failures = 0
        await this.#nap(waitMs)
      } catch (cause) {
        failures += 1
        const retryInMs = backoffMs(failures, backoff, random)
        this.#tellFailure(cause, failures, retryInMs)
        // A wake does not cut this short: a broken step would spin as fast as it is woken.
        await clock.sleep(retryInMs, signal)
      }
    }
  }

  async #nap(waitMs: number | undefined): Promise<void> {
    // Even a step that never leaves this thread (SQLite) lets sockets and timers have their turn.
    await nextTurn()
    const isDue = waitMs !== undefined && waitMs <= 0
    if (isDue || this.#woken || this.#stopping.signal.aborted) return

    if (waitMs === undefined)
      await new Promise<void>((resolve) => {
        this.#endNap = resolve
      })
    else {
      const nap = new AbortController()
      this.#endNap = () => nap.abort(wakeUp)
      await this.#options.clock.sleep(waitMs, nap.signal)
    }
    this.#endNap = undefined
  }

  #tellFailure(cause: unknown, failures: number, retryInMs: number): void {
    const { name, log } = this.#options
    if (this.#stopping.signal.aborted && isAbort(cause)) return
    const fields = { state: name, cause, attempts: failures, retryInMs }
    // An outage of the database is one error and not a thousand.
    if (failures === 1) log.error('worker-failed', fields)
    else log.debug('worker-failed-again', fields)
  }

  #tellRecovery(failures: number): void {
    this.#options.log.info('worker-recovered', { state: this.#options.name, attempts: failures })
  }
}

function isAbort(cause: unknown): boolean {
  return cause instanceof Error && cause.name === 'AbortError'
}
