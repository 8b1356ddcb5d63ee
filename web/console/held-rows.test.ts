import { array, assert, boolean, integer, property, uniqueArray } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { heldRows } from './held-rows.js'

const held = (shown: string, fresh: string, isWhole = true, mayGrow = isWhole) => {
  const end = { isWhole, mayGrow }
  const { rows, news } = heldRows(Array.from(shown), Array.from(fresh), String, end)
  const there = rows.map(({ item, isGone }) => (isGone ? `(${item})` : item)).join('')
  return [there, news]
}

describe('a list that a person reads', () => {
  test('has everything at first', () => {
    expect(held('', 'cba')).toEqual(['cba', 0])
    expect(held('', 'cba', false)).toEqual(['cba', 0])
  })

  test('keeps new rows back until the reader asks for them', () => {
    expect(held('cba', 'edcba')).toEqual(['cba', 2])
    expect(held('cba', 'cxba')).toEqual(['cba', 1])
  })

  test('grows at its end, unless more follows there', () => {
    expect(held('ab', 'abc')).toEqual(['abc', 0])
    expect(held('ab', 'abc', false)).toEqual(['ab', 1])
    expect(held('cb', 'dcba', false, true)).toEqual(['cba', 1])
  })

  test('keeps the place of what has left', () => {
    expect(held('abc', 'c')).toEqual(['(a)(b)c', 0])
    expect(held('abc', 'cd')).toEqual(['(a)(b)cd', 0])
    expect(held('abc', 'd')).toEqual(['(a)(b)(c)', 1])
  })

  test('does not call gone what a page that is full has pushed behind itself', () => {
    expect(held('cba', 'dcb', false)).toEqual(['cba', 1])
    expect(held('cba', 'dca', false)).toEqual(['c(b)a', 1])
  })
})

test('whatever comes, what is shown stands where it stood, and all of the list is shown or counted', () => {
  const letters = uniqueArray(integer({ min: 0, max: 9 }))
  assert(
    property(letters, array(letters), boolean(), (first, later, isWhole) => {
      let shown = first
      for (const fresh of later) {
        const { rows, news } = heldRows(shown, fresh, String, { isWhole, mayGrow: isWhole })
        const items = rows.map(({ item }) => item)
        expect(items.slice(0, shown.length)).toEqual(shown)
        expect(new Set(items).size).toBe(items.length)
        expect(fresh.filter((item) => !items.includes(item))).toHaveLength(news)
        const gone = rows.filter(({ isGone }) => isGone)
        expect(gone.filter(({ item }) => fresh.includes(item))).toEqual([])
        shown = items
      }
    }),
  )
})
