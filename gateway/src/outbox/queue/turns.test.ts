import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isMoreUrgent, priorities, type Priority } from '../../domain/priority.js'
import { nextMessage } from './next-message.js'
import { afterLeaving, mostOvertaken, noneOvertaken, turnsOf } from './turns.js'

/** Messages that come and leave, many of them in few chats, until so many operations are done. */
const operations = 100_000

interface Waiting {
  readonly place: number
  readonly chat: number
  priority: Priority
}

const aLoad = fc.record({
  /** Of 100 operations so many accept a message; the others send one. */
  accepting: fc.integer({ min: 30, max: 70 }),
  chats: fc.integer({ min: 1, max: 40 }),
  weights: fc.record({
    high: fc.integer({ min: 0, max: 20 }),
    normal: fc.integer({ min: 0, max: 20 }),
    low: fc.integer({ min: 1, max: 20 }),
  }),
  seed: fc.integer({ min: 1, max: 1_000_000 }),
})

class Play {
  readonly waiting: Waiting[] = []
  readonly left: Waiting[] = []
  /** How many others left in a row, at the most, while one of this priority could go. */
  readonly longest: Record<Priority, number> = { high: 0, normal: 0, low: 0 }
  readonly #passed: Record<Priority, number> = { high: 0, normal: 0, low: 0 }
  #overtaken = noneOvertaken
  #place = 0

  accept(chat: number, priority: Priority): void {
    this.#place += 1
    // As the store does it.
    for (const before of this.waiting)
      if (before.chat === chat && isMoreUrgent(priority, before.priority))
        before.priority = priority
    this.waiting.push({ place: this.#place, chat, priority })
  }

  send(): void {
    const heads = this.heads()
    const next = nextMessage(
      heads.map((head) => ({
        ...head,
        head,
        isBusy: false,
        isPrepared: false,
        notBefore: 0,
        owesGap: false,
      })),
      {
        now: 0,
        turns: turnsOf(this.#overtaken),
        gapOverAt: 0,
        isOneLeaving: false,
        unacknowledged: 0,
        preparing: 0,
        beginNotBefore: 0,
        longestWaitMs: 0,
      },
    )
    if (next.kind === 'wait') return
    const { head } = next.chat
    for (const priority of priorities) {
      const isPassed =
        priority !== head.priority && heads.some((each) => each.priority === priority)
      this.#passed[priority] = isPassed ? this.#passed[priority] + 1 : 0
      this.longest[priority] = Math.max(this.longest[priority], this.#passed[priority])
    }
    this.#overtaken = afterLeaving(this.#overtaken, head.priority)
    this.waiting.splice(this.waiting.indexOf(head), 1)
    this.left.push(head)
  }

  /** The first of each chat, in the order of acceptance. */
  heads(): readonly Waiting[] {
    const chats = new Map<number, Waiting>()
    for (const each of this.waiting) if (!chats.has(each.chat)) chats.set(each.chat, each)
    return [...chats.values()]
  }
}

describe('over 100,000 operations', () => {
  it('keeps order within each chat, and gives each priority its turn, whatever comes', () => {
    let done = 0
    fc.assert(
      fc.property(aLoad, ({ accepting, chats, weights, seed }) => {
        const play = new Play()
        const random = aRandom(seed)
        for (let step = 0; step < operations / 100; step += 1) {
          done += 1
          if (random(100) < accepting) play.accept(random(chats), drawn(weights, random))
          else play.send()
        }
        while (play.waiting.length > 0) play.send()
        expectOrderInChats(play.left)
        expect(play.longest.low).toBeLessThanOrEqual(mostOvertaken.low)
        // The turn of `low` may come just before it.
        expect(play.longest.normal).toBeLessThanOrEqual(mostOvertaken.normal + 1)
        // Both have their turn one after the other.
        expect(play.longest.high).toBeLessThanOrEqual(2)
      }),
      { numRuns: 100 },
    )
    expect(done).toBe(operations)
  })
})

describe('the turns', () => {
  it('begin with codes, and a text has the tenth', () => {
    let overtaken = noneOvertaken
    for (let sent = 0; sent < 9; sent += 1) {
      expect(turnsOf(overtaken)).toEqual(['high', 'normal', 'low'])
      overtaken = afterLeaving(overtaken, 'high')
    }
    expect(turnsOf(overtaken)).toEqual(['normal', 'high', 'low'])
    expect(turnsOf(afterLeaving(overtaken, 'normal'))).toEqual(['high', 'normal', 'low'])
  })

  it.each([
    ['high', { normal: 4, low: 6 }],
    ['normal', { normal: 0, low: 6 }],
    ['low', { normal: 3, low: 0 }],
  ] as const)('come nearer for what is less urgent than %s', (left, overtaken) => {
    expect(afterLeaving({ normal: 3, low: 5 }, left)).toEqual(overtaken)
  })

  it('are those of low after 29 others, and once only', () => {
    const overtaken = { normal: 9, low: 29 }
    expect(turnsOf(overtaken)).toEqual(['low', 'normal', 'high'])
    expect(turnsOf(afterLeaving(overtaken, 'low'))).toEqual(['normal', 'high', 'low'])
  })
})

function expectOrderInChats(left: readonly Waiting[]): void {
  const last = new Map<number, number>()
  for (const { chat, place } of left) {
    expect(place).toBeGreaterThan(last.get(chat) ?? 0)
    last.set(chat, place)
  }
}

function aRandom(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state * 48_271) % 2_147_483_647
    return state % below
  }
}

function drawn(
  weights: Readonly<Record<Priority, number>>,
  random: (below: number) => number,
): Priority {
  let left = random(weights.high + weights.normal + weights.low)
  return priorities.find((each) => (left -= weights[each]) < 0) ?? 'low'
}
