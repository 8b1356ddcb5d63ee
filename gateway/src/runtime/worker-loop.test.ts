import * as fc from 'fast-check'
import { expect, onTestFinished, test } from 'vitest'
import { ManualClock } from '../../test/support/manual-clock.js'
import type { Log, LogFields } from './telemetry.js'
import { silentLog } from './telemetry.js'
import { WorkerLoop, type WorkerLoopOptions, type WorkerStep } from './worker-loop.js'

function loopOf(clock: ManualClock, step: WorkerStep, more: Partial<WorkerLoopOptions> = {}) {
  const loop = new WorkerLoop({ name: 'test', clock, log: silentLog, step, ...more })
  onTestFinished(() => loop.stop())
  return loop
}

/** A promise and its key. */
function gate(): { readonly passed: Promise<void>; open(): void } {
  const key = new AbortController()
  const passed = new Promise<void>((resolve) => {
    key.signal.addEventListener('abort', () => resolve())
  })
  return { passed, open: () => key.abort() }
}

function recordingLog() {
  const lines: { level: string; event: string; fields: LogFields | undefined }[] = []
  const write = (level: string) => (event: string, fields?: LogFields) => {
    lines.push({ level, event, fields })
  }
  const log: Log = {
    debug: write('debug'),
    info: write('info'),
    warn: write('warn'),
    error: write('error'),
  }
  return { log, lines }
}

test('runs at once and then when the step said', async () => {
  const clock = new ManualClock(0)
  const runs: number[] = []
  loopOf(clock, async () => {
    runs.push(clock.now())
    return 1_000
  }).start()

  await clock.advance(3_500)
  expect(runs).toEqual([0, 1_000, 2_000, 3_000])
})

test('a step with nothing to do runs again only when it is woken', async () => {
  const clock = new ManualClock(0)
  let runs = 0
  const loop = loopOf(clock, async () => {
    runs += 1
    return undefined
  })
  loop.start()
  await clock.advance(86_400_000)
  expect(runs).toBe(1)

  loop.wake()
  await clock.advance(0)
  expect(runs).toBe(2)
})

test('a wake ends the wait before its time', async () => {
  const clock = new ManualClock(0)
  let runs = 0
  const loop = loopOf(clock, async () => {
    runs += 1
    return 60_000
  })
  loop.start()
  await clock.sleepers()

  loop.wake()
  await clock.advance(0)
  expect(runs).toBe(2)
  expect(clock.sleepingMs).toEqual([60_000])
})

test('many wakes while the step runs make it run once more', async () => {
  const clock = new ManualClock(0)
  const held = gate()
  let runs = 0
  const loop = loopOf(clock, async () => {
    runs += 1
    if (runs === 1) await held.passed
    return undefined
  })
  loop.start()
  loop.wake()
  loop.wake()
  loop.wake()
  held.open()
  await clock.advance(0)
  expect(runs).toBe(2)
})

test('whatever is put in the line before a wake is seen by a later run', async () => {
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), fc.integer({ min: 1, max: 20 }), async (scheduler, count) => {
      const clock = new ManualClock(0)
      const line: number[] = []
      const done: number[] = []
      const loop = new WorkerLoop({
        name: 'test',
        clock,
        log: silentLog,
        step: async () => {
          const seen = line.splice(0)
          await scheduler.schedule(Promise.resolve())
          done.push(...seen)
          return undefined
        },
      })
      loop.start()
      const puts = Array.from({ length: count }, async (_, item) => {
        await scheduler.schedule(Promise.resolve())
        line.push(item)
        loop.wake()
      })
      const putAll = Promise.all(puts)
      await scheduler.waitIdle()
      await putAll
      for (let turn = 0; turn < 4; turn += 1) {
        await clock.advance(0)
        await scheduler.waitIdle()
      }
      await loop.stop()
      expect(done.toSorted((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, i) => i))
    }),
    { numRuns: 50 },
  )
})

test('stop waits for the running step and runs no other', async () => {
  const clock = new ManualClock(0)
  const held = gate()
  const events: string[] = []
  const loop = loopOf(clock, async (signal) => {
    events.push('begins')
    await held.passed
    events.push(signal.aborted ? 'ends, told to stop' : 'ends')
    return 0
  })
  loop.start()
  loop.wake()
  const stopped = loop.stop().then(() => events.push('stopped'))
  await clock.advance(0)
  expect(events).toEqual(['begins'])

  held.open()
  await stopped
  expect(events).toEqual(['begins', 'ends, told to stop', 'stopped'])
})

test('stop does not wait for the time that the step asked for', async () => {
  const clock = new ManualClock(0)
  const loop = loopOf(clock, async () => 3_600_000)
  loop.start()
  await clock.sleepers()
  await loop.stop()
  expect(clock.sleepingMs).toEqual([])
})

test('a loop that was stopped before it started never runs', async () => {
  const clock = new ManualClock(0)
  let runs = 0
  const loop = loopOf(clock, async () => {
    runs += 1
    return 0
  })
  await loop.stop()
  loop.start()
  await clock.advance(1_000)
  expect(runs).toBe(0)
})

test('a step that throws is tried again with growing waits, and a wake does not shorten them', async () => {
  const clock = new ManualClock(0)
  const runs: number[] = []
  const { log, lines } = recordingLog()
  const loop = loopOf(
    clock,
    async () => {
      runs.push(clock.now())
      if (runs.length <= 3) throw new Error('the database is away')
      return undefined
    },
    { log, random: () => 0.999_999, backoff: { firstMs: 100, capMs: 1_000, jitter: 'full' } },
  )
  loop.start()
  await clock.sleepers()
  loop.wake()
  await clock.advance(10_000)

  expect(runs).toEqual([0, 100, 300, 700])
  expect(lines.filter(({ level }) => level === 'error')).toHaveLength(1)
  expect(lines.at(-1)).toMatchObject({ level: 'info', event: 'worker-recovered' })
})
