import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { mostTries, opens, type PendingCode, waitForNextStartMs } from './pending-code.js'

const expiresAt = 300_000

/** Makes the checks one after the other, as the store does; gives what each one was told. */
function told(checks: readonly { readonly isRight: boolean; readonly at: number }[]): boolean[] {
  let pending: PendingCode = { tries: 0, expiresAt, usedAt: undefined }
  return checks.map(({ isRight, at }) => {
    const opened = opens(pending, isRight, at)
    const { tries, usedAt } = pending
    pending = { tries: tries + 1, expiresAt, usedAt: opened ? at : usedAt }
    return opened
  })
}

const checks = fc
  .array(fc.record({ isRight: fc.boolean(), at: fc.nat(2 * expiresAt) }), { maxLength: 12 })
  .map((list) => list.toSorted((one, other) => one.at - other.at))

test('a code opens at most once, within five tries, in its time, and only if it is right', () => {
  fc.assert(
    fc.property(checks, (list) => {
      const answers = told(list)
      expect(answers.filter(Boolean).length).toBeLessThanOrEqual(1)
      const opened = answers.indexOf(true)
      if (opened < 0) return
      expect(opened).toBeLessThan(mostTries)
      expect(list[opened]?.isRight).toBe(true)
      expect(list[opened]?.at).toBeLessThan(expiresAt)
    }),
  )
})

test('the first right one among the first five in time does open', () => {
  fc.assert(
    fc.property(checks, (list) => {
      const first = list.findIndex(({ isRight }) => isRight)
      const mayOpen = first >= 0 && first < mostTries && (list[first]?.at ?? 0) < expiresAt
      expect(told(list).indexOf(true)).toBe(mayOpen ? first : -1)
    }),
  )
})

test.each([
  ['the fifth try', [false, false, false, false, true], true],
  ['the sixth try', [false, false, false, false, false, true], false],
])('%s', (_what, rights, opened) => {
  expect(told(rights.map((isRight) => ({ isRight, at: 0 }))).at(-1)).toBe(opened)
})

test('at the moment it expires it is expired', () => {
  expect(told([{ isRight: true, at: expiresAt - 1 }])).toEqual([true])
  expect(told([{ isRight: true, at: expiresAt }])).toEqual([false])
})

test('the cooldown is what is left of it, and a clock that was set back makes it no longer than one', () => {
  expect(waitForNextStartMs(30_000, 10_000, 60_000)).toBe(20_000)
  expect(waitForNextStartMs(30_000, 30_000, 60_000)).toBe(0)
  expect(waitForNextStartMs(30_000, 90_000, 60_000)).toBe(0)
  expect(waitForNextStartMs(9_000_000, 0, 60_000)).toBe(60_000)
})
