import { describe, expect, test } from 'vitest'
import { isReached, median, percentile, tableOf } from './table.js'

const sends = { name: 'send', unit: 'messages/s', ours: [90, 100, 400], bare: [10, 9, 30] }

describe('the table', () => {
  test('compares medians, so one odd run changes nothing', () => {
    expect(median([3, 1, 2])).toBe(2)
    expect(median([4, 1, 2, 3])).toBe(2.5)
    expect(tableOf([sends])).toContain('| send | 100 messages/s | 10 messages/s | 10 |')
  })

  test('gives the value that nearly all stay below', () => {
    const hundred = Array.from({ length: 100 }, (_, index) => 100 - index)
    expect(percentile(hundred, 0.99)).toBe(99)
    expect(percentile([7], 0.99)).toBe(7)
    expect(percentile([], 0.99)).toBeNaN()
  })

  test('says whether a goal is reached, in either direction', () => {
    expect(isReached({ ...sends, goal: { better: 'more', ratio: 10 } })).toBe(true)
    expect(isReached({ ...sends, goal: { better: 'more', ratio: 10.1 } })).toBe(false)
    expect(isReached({ ...sends, goal: { better: 'less', ratio: 10 } })).toBe(true)
    expect(isReached({ ...sends, goal: { better: 'less', ratio: 9.9 } })).toBe(false)
    expect(isReached(sends)).toBeUndefined()
  })
})
