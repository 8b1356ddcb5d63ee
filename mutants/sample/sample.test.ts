/** Not among the tests of the project: `trial.test.ts` runs it. */

import { expect, it } from 'vitest'
import { countOnce, finish, isBelow } from './sample.js'

it('is below', () => {
  expect(isBelow(2)).toBe(true)
})

it('finishes', async () => {
  await expect(finish()).resolves.toBeUndefined()
})

it('counts once', () => {
  expect(countOnce()).toBe(1)
})
