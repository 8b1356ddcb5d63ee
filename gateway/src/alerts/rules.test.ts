import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { AlertKind } from '../domain/alert.js'
import {
  type Alert,
  type AlertRules,
  decide,
  type Fault,
  gapMs,
  gatherMs,
  quietMs,
} from './rules.js'

const minuteMs = 60_000
const rules: AlertRules = {
  holdMs: { 'number-down': 5 * minuteMs, 'number-banned': 0, 'disk-low': 0 },
  repeatMs: 0,
}
const fault = (key: string, since: number, kind: AlertKind = 'number-down'): Fault => ({
  key,
  since,
  subject: { kind },
})

/** Plays the rules over time, and keeps what a store would keep. */
class World {
  alerts: readonly Alert[] = []
  now = 1_000_000_000
  readonly #rules: AlertRules

  constructor(over: AlertRules = rules) {
    this.#rules = over
  }

  look(wrong: readonly Fault[], unknown: readonly string[] = []) {
    const facts = { now: this.now, wrong, unknown: new Set(unknown) }
    const decision = decide(facts, this.alerts, this.#rules)
    const changed = new Map(decision.write.map((alert) => [alert.key, alert]))
    const removed = new Set(decision.remove)
    this.alerts = [
      ...this.alerts.filter(({ key }) => !changed.has(key) && !removed.has(key)),
      ...changed.values(),
    ]
    return {
      opened: keysOf(decision.opened),
      repeated: keysOf(decision.repeated),
      recovered: keysOf(decision.recovered),
    }
  }
}

const keysOf = (some: readonly Alert[]) => some.map(({ key }) => key)
const nothing = { opened: [], repeated: [], recovered: [] }

test('a number that is down is told after the time of its rule, once, and its recovery once', () => {
  const world = new World()
  const down = [fault('a', world.now)]
  expect(world.look(down)).toEqual(nothing)
  world.now += 5 * minuteMs + gatherMs - 1
  expect(world.look(down)).toEqual(nothing)
  world.now += 1
  expect(world.look(down)).toEqual({ ...nothing, opened: ['a'] })
  world.now += 3_600_000
  expect(world.look(down)).toEqual(nothing)
  expect(world.look([])).toEqual({ ...nothing, recovered: ['a'] })
  world.now += minuteMs
  expect(world.look([])).toEqual(nothing)
})

test('what ends before its time is told neither way', () => {
  const world = new World()
  world.look([fault('a', world.now)])
  world.now += 4 * minuteMs
  expect(world.look([])).toEqual(nothing)
  expect(world.alerts).toEqual([])
})

test('many numbers that go down at once are told in one notice, and recover in one', () => {
  const world = new World()
  const down = Array.from({ length: 50 }, (_, at) => fault(`n${at}`, world.now + at))
  world.look(down)
  world.now += 5 * minuteMs + gatherMs
  expect(world.look(down).opened).toHaveLength(50)
  world.now += gapMs
  expect(world.look([]).recovered).toHaveLength(50)
})

test('what follows within the gap is told together after it', () => {
  const world = new World()
  expect(world.look([fault('a', world.now - gatherMs, 'number-banned')]).opened).toEqual(['a'])
  world.now += 10_000
  const both = [fault('b', world.now, 'number-banned'), fault('c', world.now, 'number-banned')]
  expect(world.look([fault('a', world.now - gatherMs, 'number-banned'), ...both])).toEqual(nothing)
  world.now += gapMs
  expect(world.look(both)).toEqual({ opened: ['b', 'c'], repeated: [], recovered: ['a'] })
})

test('what is unknown stays as it is', () => {
  const world = new World()
  world.look([fault('a', world.now - gatherMs, 'number-banned')])
  world.now += 2 * gapMs
  expect(world.look([], ['a'])).toEqual(nothing)
  expect(world.look([])).toEqual({ ...nothing, recovered: ['a'] })
})

test('an alert that comes back soon waits until it was quiet for long enough', () => {
  const world = new World()
  world.look([fault('a', world.now - gatherMs, 'number-banned')])
  world.now += 2 * gapMs
  expect(world.look([]).recovered).toEqual(['a'])
  const again = [fault('a', world.now, 'number-banned')]
  world.now += 2 * gapMs
  expect(world.look(again)).toEqual(nothing)
  world.now += quietMs
  expect(world.look(again).opened).toEqual(['a'])
})

test('an open alert is told again after the time of repetition, where there is one', () => {
  const world = new World({ ...rules, repeatMs: 30 * minuteMs })
  const banned = [fault('a', world.now - gatherMs, 'number-banned')]
  world.look(banned)
  world.now += 30 * minuteMs - 1
  expect(world.look(banned)).toEqual(nothing)
  world.now += 1
  expect(world.look(banned)).toEqual({ ...nothing, repeated: ['a'] })
})

test('a rule that is switched off ends its alerts without a word', () => {
  const world = new World()
  world.look([fault('a', world.now - gatherMs, 'number-banned')])
  world.now += 2 * gapMs
  const { write, remove, recovered } = decide(
    { now: world.now, wrong: [], unknown: new Set(['a']) },
    world.alerts,
    { ...rules, holdMs: {} },
  )
  expect({ write, remove, recovered }).toEqual({ write: [], remove: ['a'], recovered: [] })
})

test('a clock that is set back holds nothing up', () => {
  const world = new World()
  world.look([fault('a', world.now - gatherMs, 'number-banned')])
  world.now -= 3_600_000
  expect(world.look([fault('b', world.now - gatherMs, 'disk-low')]).opened).toEqual(['b'])
})

const keys = ['a', 'b', 'c', 'd'] as const
const step = fc.record({
  waitMs: fc.integer({ min: 0, max: 8 * minuteMs }),
  wrong: fc.subarray([...keys]),
  unknown: fc.subarray([...keys]),
})

test('whatever happens: told once an opening, recovered only after that, and never in a storm', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const world = new World()
      const open = new Map<string, number>()
      let last = -Infinity
      for (const { waitMs, wrong, unknown } of steps) {
        world.now += waitMs
        const told = world.look(
          wrong.map((key) => fault(key, world.now, key === 'a' ? 'number-banned' : 'number-down')),
          unknown,
        )
        // The same again, as after a crash in between, tells nothing more.
        expect(
          world.look(
            wrong.map((key) => fault(key, world.now)),
            unknown,
          ),
        ).toEqual(nothing)
        for (const key of told.recovered) expect(open.delete(key)).toBe(true)
        for (const key of told.opened) {
          expect(open.has(key)).toBe(false)
          open.set(key, world.now)
        }
        if (told.opened.length + told.recovered.length === 0) continue
        expect(world.now - last).toBeGreaterThanOrEqual(gapMs)
        last = world.now
      }
    }),
  )
})

test('whatever happens: what stays wrong is told in the end, and what ended is recovered', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), fc.subarray([...keys]), (steps, stays) => {
      const world = new World()
      const open = new Set<string>()
      const look = (wrong: readonly string[], unknown: readonly string[] = []): void => {
        const told = world.look(
          wrong.map((key) => fault(key, world.now)),
          unknown,
        )
        for (const key of told.opened) open.add(key)
        for (const key of told.recovered) open.delete(key)
      }
      for (const { waitMs, wrong, unknown } of steps) {
        world.now += waitMs
        look(wrong, unknown)
      }
      for (let at = 0; at < 30; at += 1) {
        world.now += minuteMs
        look(stays)
      }
      expect([...open].toSorted()).toEqual([...stays])
    }),
  )
})
