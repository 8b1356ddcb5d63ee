import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Lane, type LaneLimits, Lanes, type Pace } from './lanes.js'

const limits: LaneLimits = { all: 5, allSlow: 2, each: { untried: 2, prompt: 3, slow: 2 } }
const paces: readonly (Pace | undefined)[] = ['prompt', 'slow', undefined]

interface Known {
  readonly url: string
  dueAt: number
  isRunning: boolean
  isSlowRun: boolean
  wasTouched: boolean
}

/** The rules once more, with nothing kept but what each lane is like: every question looks at all of them. */
class Reference {
  readonly lanes = new Map<string, Known>()
  readonly paces = new Map<string, Pace>()

  add(id: string, url: string, dueAt: number): void {
    const known = this.lanes.get(id)
    if (known !== undefined) known.wasTouched = true
    else
      this.lanes.set(id, {
        url,
        dueAt,
        isRunning: false,
        isSlowRun: false,
        wasTouched: false,
      })
  }

  mayBegin(now: number): readonly string[] {
    const running = [...this.lanes.values()].filter(({ isRunning }) => isRunning)
    const slow = running.filter(({ isSlowRun }) => isSlowRun).length
    if (running.length >= limits.all) return []
    return [...this.lanes].flatMap(([id, { url, dueAt, isRunning }]) => {
      const pace = this.#paceOf(url)
      const here = running.filter((other) => other.url === url).length
      const hasPlace = here < limits.each[pace] && (pace !== 'slow' || slow < limits.allSlow)
      return !isRunning && dueAt <= now && hasPlace ? [id] : []
    })
  }

  begin(id: string): void {
    const lane = this.#laneOf(id)
    lane.isRunning = true
    lane.isSlowRun = this.#paceOf(lane.url) === 'slow'
    lane.wasTouched = false
  }

  end(id: string, nextDueAt: number | undefined, now: number, pace: Pace | undefined): void {
    const lane = this.#laneOf(id)
    lane.isRunning = false
    if (pace !== undefined) this.paces.set(lane.url, pace)
    const dueAt = nextDueAt ?? (lane.wasTouched ? now : undefined)
    if (dueAt !== undefined) lane.dueAt = dueAt
    else this.#forget(id, lane.url)
  }

  #forget(id: string, url: string): void {
    this.lanes.delete(id)
    const isLast = [...this.lanes.values()].every((other) => other.url !== url)
    if (isLast) this.paces.delete(url)
  }

  #paceOf(url: string): Pace {
    return this.paces.get(url) ?? 'untried'
  }

  #laneOf(id: string): Known {
    const lane = this.lanes.get(id)
    if (lane === undefined) throw new Error('unknown lane')
    return lane
  }
}

const anyStep = fc.oneof(
  fc.record({ do: fc.constant('add' as const), lane: fc.nat(11), inMs: fc.nat(3) }),
  { arbitrary: fc.record({ do: fc.constant('take' as const) }), weight: 2 },
  fc.record({
    do: fc.constant('end' as const),
    pick: fc.nat(11),
    inMs: fc.option(fc.nat(3), { nil: undefined }),
    pace: fc.constantFrom(...paces),
  }),
  fc.record({ do: fc.constant('wait' as const) }),
)

test('a lane begins exactly when the limits leave it a place', () => {
  fc.assert(
    fc.property(fc.array(anyStep, { minLength: 20, maxLength: 120 }), (steps) => {
      const lanes = new Lanes(limits)
      const reference = new Reference()
      const running: Lane[] = []
      const wrongs: string[] = []
      let now = 0
      for (const step of steps) {
        if (step.do === 'wait') now += 1
        if (step.do === 'add') {
          const added = { id: String(step.lane), url: `https://${step.lane % 3}` }
          lanes.add(added, now + step.inMs, now)
          reference.add(added.id, added.url, now + step.inMs)
        }
        if (step.do === 'take') {
          const may = reference.mayBegin(now)
          const taken = lanes.take(now)
          if (taken === undefined ? may.length > 0 : !may.includes(taken.id))
            wrongs.push(`${taken?.id} instead of ${may.join(' or ')}`)
          if (taken === undefined || !reference.lanes.has(taken.id)) continue
          reference.begin(taken.id)
          running.push(taken)
        }
        if (step.do === 'end' && running.length > 0) {
          const [ended] = running.splice(step.pick % running.length, 1)
          if (ended === undefined) continue
          const nextDueAt = step.inMs === undefined ? undefined : now + step.inMs
          lanes.release(ended, nextDueAt, now, step.pace)
          reference.end(ended.id, nextDueAt, now, step.pace)
        }
      }
      expect(wrongs).toEqual([])
    }),
    { numRuns: 300 },
  )
})

test('only a lane that runs can be released', () => {
  const lanes = new Lanes(limits)
  const lane = { id: '1', url: 'https://a' }
  expect(() => lanes.release(lane, 0, 0)).toThrow('only a running lane')
  lanes.add(lane, 0, 0)
  expect(() => lanes.release(lane, 0, 0)).toThrow('only a running lane')
})

test('a lane that waits for nothing is not waited for', () => {
  const lanes = new Lanes(limits)
  lanes.add({ id: '1', url: 'https://a' }, 5, 5)
  expect(lanes.nextDueAt()).toBeUndefined()
})

test('a lane that is hurried twice before its turn begins once', () => {
  const lanes = new Lanes(limits)
  const lane = { id: '1', url: 'https://a' }
  lanes.add(lane, 10, 0)
  lanes.hurry(lane, 1)
  lanes.hurry(lane, 1)
  expect(lanes.take(1)).toEqual(lane)
  lanes.release(lane, undefined, 1)
  expect(lanes.take(2)).toBeUndefined()
})
