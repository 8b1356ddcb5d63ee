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

  test('that has another head by now is hurried, waiting or running', () => {
    const lanes = new Lanes(limits)
    lanes.hurry(lane('1'), 0)
    expect(takeAll(lanes, 0)).toEqual(['1'])
    lanes.release(lane('1'), 5_000, 0, 'prompt')
    lanes.hurry(lane('1'), 10)
    expect(takeAll(lanes, 10)).toEqual(['1'])
    lanes.hurry(lane('1'), 10)
    expect(takeAll(lanes, 10)).toEqual([])
    lanes.release(lane('1'), 5_000, 20, 'prompt')
    expect(takeAll(lanes, 20)).toEqual(['1'])
    lanes.release(lane('1'), 5_000, 20, 'prompt')
    expect(takeAll(lanes, 4_999)).toEqual([])
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
  | {
      readonly do: 'release'
      readonly pick: number
      readonly inMs: number | undefined
      readonly pace: Pace
    }
  | { readonly do: 'wait'; readonly ms: number }

const paces: readonly Pace[] = ['untried', 'prompt', 'slow']
const anyStep: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ do: fc.constant('add' as const), id: fc.nat(20), inMs: fc.nat(50) }),
  fc.record({ do: fc.constant('take' as const) }),
  fc.record({
    do: fc.constant('release' as const),
    pick: fc.nat(20),
    inMs: fc.option(fc.nat(50), { nil: undefined }),
    pace: fc.constantFrom(...paces),
  }),
  fc.record({ do: fc.constant('wait' as const), ms: fc.nat(50) }),
)

/** Plays the courier, and writes down what should not have happened. */
class Play {
  readonly wrongs: string[] = []
  readonly #lanes = new Lanes(limits)
  readonly #running: Lane[] = []
  /** What still has to get its turn, with the earliest moment for it. */
  readonly #owed = new Map<string, number>()
  #now = 0

  do(step: Step): void {
    switch (step.do) {
      case 'wait':
        this.#now += step.ms
        return
      case 'add':
        return this.#add(step.id, this.#now + step.inMs)
      case 'take':
        this.#take()
        return
      case 'release':
        return this.#release(step)
    }
  }

  judge(): void {
    if (this.#running.length > limits.all) this.wrongs.push('more than all places')
    for (const { url } of this.#running) {
      const here = this.#running.filter((other) => other.url === url)
      if (here.length > limits.each.prompt) this.wrongs.push(`more than the places of ${url}`)
    }
  }

  /** In the end everything that is owed gets its turn. */
  finish(): void {
    this.#now += 1_000
    do {
      while (this.#running.length > 0) this.#release({ pick: 0, pace: 'prompt' })
    } while (this.#take())
    for (const id of this.#owed.keys()) this.wrongs.push(`${id} was forgotten`)
  }

  #add(id: number, dueAt: number): void {
    const added = lane(String(id), `https://${id % 4}`)
    this.#lanes.add(added, dueAt, this.#now)
    if (!this.#owed.has(added.id)) this.#owed.set(added.id, dueAt)
  }

  #take(): boolean {
    const taken = this.#lanes.take(this.#now)
    if (taken === undefined) return false
    const { id } = taken
    if (this.#running.some((other) => other.id === id)) this.wrongs.push(`${id} runs twice`)
    if ((this.#owed.get(id) ?? Infinity) > this.#now) this.wrongs.push(`${id} was not due`)
    this.#owed.delete(id)
    this.#running.push(taken)
    return true
  }

  #release({ pick, inMs, pace }: { pick: number; inMs?: number | undefined; pace: Pace }): void {
    const [ended] = this.#running.splice(pick % Math.max(1, this.#running.length), 1)
    if (ended === undefined) return
    const nextDueAt = inMs === undefined ? undefined : this.#now + inMs
    this.#lanes.release(ended, nextDueAt, this.#now, pace)
    if (nextDueAt !== undefined) this.#owed.set(ended.id, nextDueAt)
    else if (this.#owed.has(ended.id)) this.#owed.set(ended.id, this.#now)
  }
}

test('keeps every limit, runs no lane twice and forgets none, whatever happens', () => {
  fc.assert(
    fc.property(fc.array(anyStep, { maxLength: 200 }), (steps) => {
      const play = new Play()
      for (const step of steps) {
        play.do(step)
        play.judge()
      }
      play.finish()
      expect(play.wrongs).toEqual([])
    }),
    { numRuns: 500 },
  )
})
