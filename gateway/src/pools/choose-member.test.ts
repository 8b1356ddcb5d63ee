import { describe, expect, it } from 'vitest'
import { instanceIdOf } from '../../test/support/outgoing-message.js'
import { type Candidate, canWrite, chooseMember, isReady, sameWaitMs } from './choose-member.js'

const operations = 100_000

/** Numbers that are the same in every run. */
function randomOf(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296
    return state / 4_294_967_296
  }
}

const ids = Array.from({ length: 6 }, (_, index) => instanceIdOf(`member${index}`))
const presences = ['open', 'open', 'coming', 'away'] as const

function someCandidates(random: () => number): readonly Candidate[] {
  const patienceMs = random() < 0.5 ? 5_000 : undefined
  return ids.slice(0, Math.floor(random() * (ids.length + 1))).map((instanceId) => ({
    instanceId,
    weight: 1 + Math.floor(random() * 5),
    presence: presences[Math.floor(random() * presences.length)] ?? 'open',
    isBarred: random() < 0.2,
    hasRoom: random() < 0.8,
    isKnown: random() < 0.3,
    expectedWaitMs: Math.floor(random() * 20) * 500,
    patienceMs,
  }))
}

const candidate = (name: string, change: Partial<Candidate> = {}): Candidate => ({
  instanceId: instanceIdOf(name),
  weight: 1,
  presence: 'open',
  isBarred: false,
  hasRoom: true,
  isKnown: false,
  expectedWaitMs: 0,
  ...change,
})

describe('the member that writes to a person', () => {
  it(`holds its rules in ${operations} choices`, () => {
    const random = randomOf(7)
    const wrong: object[] = []
    for (let operation = 0; operation < operations; operation += 1) {
      const candidates = someCandidates(random)
      const sticky = random() < 0.5 ? ids[Math.floor(random() * ids.length)] : undefined
      const chosen = chooseMember(candidates, sticky, random())
      const given = candidates.find(({ instanceId }) => instanceId === sticky)
      const ready = candidates.filter(isReady)
      const able = ready.length > 0 ? ready : candidates.filter(canWrite)
      const open = able.filter(({ presence }) => presence === 'open')
      const known = open.filter(({ isKnown }) => isKnown)
      const best = known.length > 0 ? known : open
      const shortest = Math.min(...best.map(({ expectedWaitMs }) => expectedWaitMs))
      const isRight =
        candidates.length === 0
          ? chosen === undefined
          : given !== undefined && able.includes(given)
            ? chosen === given
            : best.length > 0
              ? (ready.length === 0 || ready.includes(chosen as Candidate)) &&
                chosen !== undefined &&
                best.includes(chosen) &&
                chosen.expectedWaitMs <= shortest + sameWaitMs
              : chosen !== undefined
      if (!isRight) wrong.push({ candidates, sticky, chosen })
    }
    expect(wrong).toEqual([])
  })

  it(`gives each its share by weight in ${operations} choices`, () => {
    const random = randomOf(11)
    const candidates = [candidate('small'), candidate('large', { weight: 3 })]
    let large = 0
    for (let operation = 0; operation < operations; operation += 1)
      if (chooseMember(candidates, undefined, random()) === candidates[1]) large += 1
    expect(large / operations).toBeCloseTo(0.75, 1)
  })

  it('is the same again as long as it can write', () => {
    const candidates = [
      candidate('given', { expectedWaitMs: 60_000 }),
      candidate('idle', { isKnown: true }),
    ]
    expect(chooseMember(candidates, candidates[0]?.instanceId, 0.5)).toBe(candidates[0])
  })

  it('is another one while it is away, barred or full', () => {
    for (const change of [{ presence: 'away' }, { isBarred: true }, { hasRoom: false }] as const) {
      const candidates = [candidate('given', change), candidate('idle')]
      expect(chooseMember(candidates, candidates[0]?.instanceId, 0.5)).toBe(candidates[1])
    }
  })

  it('is another one while the code would come too late, and the same if it always would', () => {
    const slow = { expectedWaitMs: 20_000, patienceMs: 20_000 }
    const given = candidate('given', slow)
    const idle = candidate('idle', { patienceMs: 20_000 })
    expect(chooseMember([given, idle], given.instanceId, 0.5)).toBe(idle)
    const others = [candidate('known', { ...slow, isKnown: true }), candidate('other', slow)]
    expect(chooseMember([...others, given], given.instanceId, 0.5)).toBe(given)
  })

  it('is one that is open before one that is about to come back', () => {
    const candidates = [candidate('coming', { presence: 'coming' }), candidate('open')]
    expect(chooseMember(candidates, undefined, 0)).toBe(candidates[1])
  })

  it('keeps the message where none can write', () => {
    const candidates = [
      candidate('barred', { isBarred: true }),
      candidate('away', { presence: 'away' }),
    ]
    expect(chooseMember(candidates, undefined, 0)).toBe(candidates[1])
  })
})
