import { randomBytes } from 'node:crypto'
import { expect, it } from 'vitest'
import { ManualClock } from '../../test/support/manual-clock.js'
import { createVault } from '../db/encryption.js'
import { BrowserMarks } from './browser-marks.js'

const halfAYearMs = 15_552_000_000

const newMarks = (clock = new ManualClock()) =>
  new BrowserMarks({ clock, vault: createVault(randomBytes(32)) })

it('reads the marks that it gave, each of its own browser', () => {
  const marks = newMarks()
  const read = ['one', 'one', 'two'].map((id) => marks.read(marks.give(id)))
  expect(read.map((mark) => mark?.administratorId)).toEqual(['one', 'one', 'two'])
  expect(new Set(read.map((mark) => mark?.browser)).size).toBe(3)
})

it('reads no mark that is another’s, changed, or no mark at all', () => {
  const marks = newMarks()
  const mark = marks.give('one')
  const wrong = [newMarks().give('one'), mark.replace('one', 'two'), `${mark}x`, mark.slice(0, -1)]
  for (const each of [...wrong, '', '.', '...', 'x'.repeat(10_000), undefined])
    expect(marks.read(each)).toBeUndefined()
})

it('reads no mark that is longer than those of administrators are', () => {
  const marks = newMarks()
  expect(marks.read(marks.give('x'.repeat(100)))).toBeDefined()
  expect(marks.read(marks.give('x'.repeat(200)))).toBeUndefined()
})

it('reads a mark for half a year', async () => {
  const clock = new ManualClock()
  const marks = newMarks(clock)
  const mark = marks.give('one')
  await clock.advance(halfAYearMs - 1)
  expect(marks.read(mark)).toBeDefined()
  await clock.advance(1)
  expect(marks.read(mark)).toBeUndefined()
})
