import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Lane, type LaneLimits, Lanes, type Pace } from './lanes.js'

const limits: LaneLimits = { all: 6, allSlow: 3, each: { untried: 2, prompt: 4, slow: 1 } }
const lane = (id: string, url = 'https://a'): Lane => ({ id, url })

/** Takes until there is no more to take. */
function takeAll(lanes: Lanes, now: number): readonly string[] {
  const ids: string[] = []
  for (let next = lanes.take(now); next !== undefined; next = lanes.take(now)) ids.push(next.id)
  return ids
}

describe('a lane', () => {
  test('is taken when it is due, and not before', () => {
    const lanes = new Lanes(limits)
    lanes.add(lane('1'), 100, 0)
    expect(lanes.take(99)).toBeUndefined()
    expect(lanes.nextDueAt()).toBe(100)
    expect(lanes.take(100)).toEqual(lane('1'))
    expect(lanes.nextDueAt()).toBeUndefined()
  })

  test('is never taken twice at the same time', () => {
    const lanes = new Lanes(limits)
    lanes.add(lane('1'), 0, 0)
    lanes.add(lane('1'), 0, 0)
    expect(takeAll(lanes, 0)).toEqual(['1'])
    lanes.add(lane('1'), 0, 0)
    expect(takeAll(lanes, 0)).toEqual([])
  })

  test('whose head has to wait is not hurried by what comes behind it', () => {
    const lanes = new Lanes(limits)
    lanes.add(lane('1'), 0, 0)
    lanes.take(0)
    lanes.release(lane('1'), 5_000, 0, 'prompt')
    lanes.add(lane('1'), 0, 0)
    expect(takeAll(lanes, 4_999)).toEqual([])
    expect(takeAll(lanes, 5_000)).toEqual(['1'])
  })

  test('that was found empty is looked at again if something came meanwhile', () => {
    const lanes = new Lanes(limits)
    lanes.add(lane('1'), 0, 0)
    lanes.take(0)
    lanes.add(lane('1'), 0, 0)
    lanes.release(lane('1'), undefined, 0)
    expect(takeAll(lanes, 0)).toEqual(['1'])
    lanes.release(lane('1'), undefined, 0)
    expect(takeAll(lanes, 0)).toEqual([])
  })
})

describe('an endpoint', () => {
  test('has as many places as its pace gives it', () => {
    const lanes = new Lanes(limits)
    for (const id of ['1', '2', '3', '4', '5', '6']) lanes.add(lane(id), 0, 0)
    expect(takeAll(lanes, 0)).toEqual(['1', '2'])
    lanes.release(lane('1'), undefined, 0, 'prompt')
    expect(takeAll(lanes, 0)).toEqual(['3', '4', '5'])
    for (const id of ['2', '3', '4', '5']) lanes.release(lane(id), undefined, 0, 'slow')
    expect(takeAll(lanes, 0)).toEqual(['6'])
  })

  test('takes turns with the others, however much it has', () => {
    const lanes = new Lanes({ ...limits, all: 4 })
    for (const id of ['a1', 'a2', 'a3']) lanes.add(lane(id, 'https://a'), 0, 0)
    lanes.add(lane('b1', 'https://b'), 0, 0)
    lanes.add(lane('c1', 'https://c'), 0, 0)
    expect(takeAll(lanes, 0)).toEqual(['a1', 'b1', 'c1', 'a2'])
  })

  test('finds places free of slow ones, however many of those there are', () => {
    const lanes = new Lanes(limits)
    for (const name of ['p', 'q', 'r', 's']) {
      const slow = lane(name, `https://${name}`)
      lanes.add(slow, 0, 0)
      lanes.take(0)
      lanes.release(slow, 10, 0, 'slow')
    }
    expect(takeAll(lanes, 10)).toEqual(['p', 'q', 'r'])
    lanes.add(lane('quick'), 10, 10)
    expect(takeAll(lanes, 10)).toEqual(['quick'])
  })
})

type Step =
  | { readonly do: 'add'; readonly id: number; readonly inMs: number }
  | { readonly do: 'take' }
  | { readonly do: 'release'; readonly pick: number; readonly inMs?: number; readonly pace: Pace }
  | { readonly do: 'wait'; readonly ms: number }

const paces: readonly Pace[] = ['untried', 'prompt', 'slow']
const anyStep: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ do: fc.constant('add' as const), id: fc.nat(20), inMs: fc.nat(50) }),
  fc.record({ do: fc.constant('take' as const) }),
  fc.record({
    do: fc.constant('release' as const),
    pick: fc.nat(20),
    inMs: fc.nat(50),
    pace: fc.constantFrom(...paces),
  }),
  fc.record({
    do: fc.constant('release' as const),
    pick: fc.nat(20),
    pace: fc.constantFrom(...paces),
  }),
  fc.record({ do: fc.constant('wait' as const), ms: fc.nat(50) }),
)

test('keeps every limit, runs no lane twice and forgets none, whatever happens', () => {
  fc.assert(
    fc.property(fc.array(anyStep, { maxLength: 200 }), (steps) => {
      const lanes = new Lanes(limits)
      const laneOf = (id: number): Lane => lane(String(id), `https://${id % 4}`)
      const running: Lane[] = []
      /** Lanes that have something, each with the earliest moment it may be due. */
      const owed = new Map<string, number>()
      let now = 0

      for (const step of steps) {
        if (step.do === 'wait') now += step.ms
        if (step.do === 'add') {
          const added = laneOf(step.id)
          lanes.add(added, now + step.inMs, now)
          if (!owed.has(added.id)) owed.set(added.id, now + step.inMs)
        }
        if (step.do === 'take') {
          const taken = lanes.take(now)
          if (taken !== undefined) {
            expect(running).not.toContainEqual(taken)
            expect(owed.get(taken.id)).toBeLessThanOrEqual(now)
            owed.delete(taken.id)
            running.push(taken)
          }
        }
        if (step.do === 'release' && running.length > 0) {
          const [ended] = running.splice(step.pick % running.length, 1)
          if (ended === undefined) throw new Error('there is one')
          const nextDueAt = step.inMs === undefined ? undefined : now + step.inMs
          lanes.release(ended, nextDueAt, now, step.pace)
          if (nextDueAt !== undefined) owed.set(ended.id, nextDueAt)
          else if (owed.has(ended.id)) owed.set(ended.id, now)
        }
        expect(running.length).toBeLessThanOrEqual(limits.all)
        for (const url of new Set(running.map((one) => one.url))) {
          const here = running.filter((one) => one.url === url)
          expect(here.length).toBeLessThanOrEqual(limits.each.prompt)
        }
      }

      // In the end everything that is owed gets its turn.
      now += 1_000
      for (;;) {
        for (const ended of running.splice(0)) lanes.release(ended, undefined, now, 'prompt')
        const taken = lanes.take(now)
        if (taken === undefined) break
        owed.delete(taken.id)
        running.push(taken)
      }
      expect([...owed.keys()]).toEqual([])
    }),
    { numRuns: 500 },
  )
})
