import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import {
  afterRefusal,
  afterStrangerTaken,
  assumedMs,
  longestMs,
  restrictedUntil,
  suspicionMs,
  unrestricted,
} from './restriction.js'

const now = 1_000_000_000_000
const refusedOnce = () => afterRefusal(unrestricted, ['maria'], undefined, now)

it("takes WhatsApp's word for the end, and some hours where it names none", () => {
  const told = afterRefusal(unrestricted, ['maria'], { kind: 'locked', until: now + 5_000 }, now)
  expect(restrictedUntil(told, now)).toBe(now + 5_000)
  expect(restrictedUntil(told, now + 5_000)).toBeUndefined()
  const open = afterRefusal(unrestricted, undefined, { kind: 'locked' }, now)
  expect(restrictedUntil(open, now)).toBe(now + assumedMs)
})

it('sets no restriction when WhatsApp says that the number is free', () => {
  const restricted = afterRefusal(unrestricted, ['maria'], { kind: 'locked' }, now)
  expect(afterRefusal(restricted, ['maria'], { kind: 'free' }, now)).toEqual(unrestricted)
  const cleared = afterRefusal(refusedOnce(), ['joao'], { kind: 'free' }, now)
  expect(restrictedUntil(afterRefusal(cleared, ['ana'], undefined, now), now)).toBeUndefined()
})

it('takes one contact for the contact alone, however often', () => {
  let standing = unrestricted
  for (let hour = 0; hour < 50; hour += 1)
    standing = afterRefusal(standing, ['maria'], undefined, now + hour * 60_000)
  expect(restrictedUntil(standing, now)).toBeUndefined()
})

it('takes a contact for the same one by each name', () => {
  const byLid = afterRefusal(unrestricted, ['lid of maria'], undefined, now)
  const both = ['maria', 'lid of maria']
  expect(restrictedUntil(afterRefusal(byLid, both, undefined, now), now)).toBeUndefined()
})

it('takes a second stranger within the hour for the number', () => {
  const soon = now + suspicionMs - 1
  expect(restrictedUntil(afterRefusal(refusedOnce(), ['joao'], undefined, soon), soon)).toBe(
    soon + assumedMs,
  )
  const late = now + suspicionMs
  expect(
    restrictedUntil(afterRefusal(refusedOnce(), ['joao'], undefined, late), late),
  ).toBeUndefined()
})

it('suspects none of a stranger without a name', () => {
  expect(afterRefusal(unrestricted, [], undefined, now)).toEqual(unrestricted)
})

it('forgets its suspicion when a stranger is taken, and has none of contacts and groups', () => {
  const taken = afterStrangerTaken(refusedOnce())
  expect(restrictedUntil(afterRefusal(taken, ['joao'], undefined, now), now)).toBeUndefined()
  expect(afterRefusal(refusedOnce(), undefined, undefined, now)).toEqual(refusedOnce())
})

it('stays where strangers are taken nevertheless', () => {
  const restricted = afterRefusal(unrestricted, ['maria'], { kind: 'locked' }, now)
  expect(restrictedUntil(afterStrangerTaken(restricted), now)).toBe(now + assumedMs)
})

it('holds for as long as any can, and not for longer than that: the clock was set back', () => {
  expect(restrictedUntil({ until: now + longestMs }, now)).toBe(now + longestMs)
  expect(restrictedUntil({ until: now + longestMs + 1 }, now)).toBeUndefined()
})

it('lifts by itself, whatever WhatsApp said and whenever it is asked', () => {
  const word = fc.option(
    fc.oneof(
      fc.constant({ kind: 'free' } as const),
      fc.record({ kind: fc.constant('locked' as const), until: fc.integer() }),
      fc.constant({ kind: 'locked' } as const),
    ),
    { nil: undefined },
  )
  const refusals = fc.array(
    fc.tuple(fc.constantFrom(['a'], ['b', 'lid of b'], undefined), word, fc.nat(10 ** 9)),
  )
  fc.assert(
    fc.property(refusals, fc.integer(), (all, laterMs) => {
      let [standing, at] = [unrestricted, now]
      for (const [stranger, newChats, gapMs] of all) {
        at += gapMs
        standing = afterRefusal(standing, stranger, newChats, at)
      }
      expect(restrictedUntil(standing, at + longestMs)).toBeUndefined()
      const moment = at + laterMs
      expect((restrictedUntil(standing, moment) ?? moment) - moment).toBeLessThanOrEqual(longestMs)
    }),
  )
})
