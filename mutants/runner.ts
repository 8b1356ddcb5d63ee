/**
 * Runs each test without a change, then again with each change that it reaches and no earlier test has noticed,
 * in the same process: loading the modules takes longer than most tests.
 *
 * A failure counts if the test passes again without the change, or if it passed without one directly before. Otherwise
 * an earlier change may have left something behind, and a new process tries again.
 */

import { setTimeout } from 'node:timers/promises'
import { type RunnerTask, type RunnerTestCase, TestRunner, vi } from 'vitest'
import { type Entry, readEntries, writeEntry, writeNow } from './journal.js'
import { placesOfRun } from './settings.js'

/** What the instrumented code asks and tells. */
interface Switch {
  activeMutant?: string | undefined
  currentTestId?: string | undefined
  hitCount?: number
  hitLimit?: number
  mutantCoverage?: {
    static: Record<string, number>
    perTest: Record<string, Record<string, number>>
  }
}

const switches: Switch = {}
Reflect.set(globalThis, '__stryker__', switches)
const noChange = 'none'

// A test that ran into its limit goes on behind the next one.
process.on('unhandledRejection', () => {})

/** Its waits end with it, or they would take the time of the next ones. */
let waitsEndAt = Infinity
const { waitFor } = vi
vi.waitFor = (callback, options) => {
  const timeout = (typeof options === 'number' ? options : options?.timeout) ?? 1_000
  const interval = (typeof options === 'number' ? undefined : options?.interval) ?? 50
  const restMs = Math.max(waitsEndAt - performance.now(), 1)
  return waitFor(callback, { interval, timeout: Math.min(timeout, restMs) })
}

export default class MutantRunner extends TestRunner {
  readonly #places = placesOfRun()
  readonly #noticed = new Set<string>()
  readonly #missed = new Set<string>()
  readonly #finished = new Set<string>()

  #queue: string[] = []
  #active: string | undefined
  /** Changes that were tried since the test passed without one. */
  #triedSince = 0
  /** Whether a change was tried in this process. */
  #hasTried = false
  #suspect:
    | { readonly change: string; readonly isFirst: boolean; readonly isByTime: boolean }
    | undefined
  #startedAt = 0
  #limitMs: number | undefined
  #hits: Readonly<Record<string, number>> = {}

  constructor(...given: ConstructorParameters<typeof TestRunner>) {
    super(...given)
    for (const entry of readEntries(this.#places.journal)) {
      if (entry.kind === 'noticed') this.#noticed.add(entry.change)
      if (entry.kind === 'missed') this.#missed.add(`${entry.change} ${entry.test}`)
      if (entry.kind === 'finished') this.#finished.add(entry.test)
    }
  }

  override onCollectStart(...given: Parameters<TestRunner['onCollectStart']>): void {
    // What is done while the modules of the next file are loaded belongs to no test.
    switches.currentTestId = undefined
    super.onCollectStart(...given)
  }

  override async onBeforeRunTask(test: RunnerTask): Promise<void> {
    if (test.type === 'test') {
      if (this.#finished.has(test.fullName)) test.mode = 'skip'
      test.repeats = Number.MAX_SAFE_INTEGER
    }
    this.#limitMs = undefined
    await super.onBeforeRunTask(test)
  }

  override onBeforeTryTask(test: RunnerTask): void {
    const isFirst = this.#limitMs === undefined
    this.#active = isFirst || this.#suspect !== undefined ? undefined : this.#queue.shift()
    switches.currentTestId = isFirst ? 'first' : 'repeat'
    if (isFirst && switches.mutantCoverage !== undefined) switches.mutantCoverage.perTest = {}
    switches.hitCount = 0
    switches.hitLimit = 100 * (this.#hits[this.#active ?? ''] ?? 0) + 1_000
    switches.activeMutant = this.#active ?? noChange
    writeNow(
      this.#places.now,
      this.#active === undefined ? undefined : { change: this.#active, test: test.fullName },
    )
    this.#startedAt = performance.now()
    super.onBeforeTryTask(test)
  }

  async runTask(test: RunnerTestCase): Promise<void> {
    const end = new AbortController()
    const tooLong = async (ms: number) => {
      await setTimeout(ms, undefined, { signal: end.signal })
      throw new Error('took too long')
    }
    // Those of a try that ran into its limit may never settle, and the test would wait for them.
    test.promises = []
    // Without a change only what an earlier one has left behind makes it stand still.
    const limitMs = (this.#limitMs ?? Infinity) * (this.#active === undefined ? 5 : 1)
    waitsEndAt = this.#startedAt + limitMs
    const work = TestRunner.getTestFn(test)()
    try {
      await (limitMs === Infinity ? work : Promise.race([work, tooLong(limitMs)]))
    } finally {
      end.abort()
    }
  }

  onAfterRetryTask(test: RunnerTestCase): void {
    switches.activeMutant = noChange
    writeNow(this.#places.now, undefined)
    const tookMs = performance.now() - this.#startedAt
    const isFailed = test.result?.state === 'fail'
    if (this.#limitMs === undefined) this.#afterFirst(test, tookMs, isFailed)
    else if (this.#active === undefined) this.#afterCheck(test, tookMs, isFailed)
    else this.#afterChange(test, this.#active, isFailed, tookMs >= this.#limitMs)

    if (this.#suspect === undefined)
      this.#queue = this.#queue.filter((change) => !this.#noticed.has(change))
    if (test.result === undefined) return
    delete test.result.errors
    const isOver = this.#queue.length === 0 && this.#suspect === undefined
    // As it goes on until it is told to skip.
    test.result.state = isOver ? 'skip' : 'run'
    if (isOver) this.#write({ kind: 'finished', test: test.fullName })
  }

  #afterFirst(test: RunnerTestCase, tookMs: number, isFailed: boolean): void {
    // A change that an earlier test tried may have left something behind.
    if (isFailed && this.#hasTried) this.#endSpoilt()
    this.#limitMs = Math.max(2_000, 5 * tookMs)
    this.#hits = switches.mutantCoverage?.perTest['first'] ?? {}
    this.#triedSince = 0
    const reached = Object.keys(this.#hits)
    this.#write({
      kind: 'reached',
      test: test.fullName,
      file: test.file.name,
      changes: reached,
      atLoading: Object.keys(switches.mutantCoverage?.static ?? {}),
    })
    this.#queue = []
    if (isFailed) {
      const why = String(test.result?.errors?.[0]?.message)
      this.#write({ kind: 'broken', test: test.fullName, why })
    } else if (tookMs <= this.#places.longestTestMs)
      this.#queue = reached.filter(
        (change) => !this.#noticed.has(change) && !this.#missed.has(`${change} ${test.fullName}`),
      )
  }

  #afterChange(test: RunnerTestCase, change: string, isFailed: boolean, isByTime: boolean): void {
    this.#hasTried = true
    if (isFailed) {
      this.#suspect = { change, isFirst: this.#triedSince === 0, isByTime }
      return
    }
    this.#triedSince += 1
    this.#write({ kind: 'missed', change, test: test.fullName })
  }

  /**
   * The test has run without a change after it failed with one. If it takes longer now than at first,
   * the machine is busier: a change that ran into the limit is tried again with a longer one.
   */
  #afterCheck(test: RunnerTestCase, tookMs: number, isFailed: boolean): void {
    const suspect = this.#suspect
    this.#suspect = undefined
    if (suspect === undefined) return
    this.#triedSince = 0
    if (suspect.isByTime && !isFailed && 5 * tookMs > (this.#limitMs ?? 0)) {
      this.#limitMs = 5 * tookMs
      this.#queue.unshift(suspect.change)
      return
    }
    if (!isFailed || suspect.isFirst) {
      const { change, isByTime } = suspect
      this.#noticed.add(change)
      this.#write({ kind: 'noticed', change, test: test.fullName, isByTime })
    }
    if (isFailed) this.#endSpoilt()
  }

  #endSpoilt(): void {
    this.#write({ kind: 'spoilt' })
    process.kill(process.pid, 'SIGKILL')
  }

  #write(entry: Entry): void {
    writeEntry(this.#places.journal, entry)
  }
}
