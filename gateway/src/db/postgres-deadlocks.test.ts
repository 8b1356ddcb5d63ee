import { expect, test } from 'vitest'
import { isDeadlock } from './postgres.js'

test.each<[unknown, boolean]>([
  [Object.assign(new Error('x'), { code: '40P01' }), true],
  [Object.assign(new Error('x'), { code: '55P03' }), false],
  [Object.assign(new Error('x'), { code: 40 }), false],
  [new Error('40P01'), false],
  [{ code: '40P01' }, false],
  [undefined, false],
])('tells a deadlock from other failures: %o', (cause, isOne) => {
  expect(isDeadlock(cause)).toBe(isOne)
})
