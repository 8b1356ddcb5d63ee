import { expect, it } from 'vitest'
import { idempotencyKeyOf } from './idempotency-key.js'

it.each(['a', 'order-17/retry 2', '~'.repeat(255)])('takes %s', (key) => {
  expect(idempotencyKeyOf({ 'idempotency-key': key })).toBe(key)
})

it('asks for none', () => {
  expect(idempotencyKeyOf({})).toBeUndefined()
})

it.each(['', 'x'.repeat(256), 'código', 'a\tb', 'a\u007f'])('refuses %j by name', (key) => {
  expect(() => idempotencyKeyOf({ 'idempotency-key': key })).toThrow(/^Idempotency-Key must be/u)
})
