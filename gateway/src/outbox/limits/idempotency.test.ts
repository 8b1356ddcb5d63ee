import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { hashParameters, judgeKey, keyedHash } from './idempotency.js'

const secret = new Uint8Array(32).fill(1)
const hours48 = 172_800_000
const record = { parametersHash: 'one', acceptedAt: 1_000 }

it('takes an unused key as new', () => {
  expect(judgeKey(undefined, 'one', 0)).toBe('new')
})

it('knows the same request for 48 hours and not longer', () => {
  expect(judgeKey(record, 'one', 1_000 + hours48 - 1)).toBe('same-again')
  expect(judgeKey(record, 'two', 1_000 + hours48 - 1)).toBe('other-parameters')
  expect(judgeKey(record, 'two', 1_000 + hours48)).toBe('new')
})

it('knows the same request when the clock was set back', () => {
  expect(judgeKey(record, 'one', 0)).toBe('same-again')
})

it('hashes the same parameters alike, whatever their order, and others not', () => {
  const each = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null))
  const values = fc.dictionary(fc.string(), each)
  fc.assert(
    fc.property(values, values, (one, other) => {
      const reversed = Object.fromEntries(Object.entries(one).toReversed())
      expect(hashParameters({ in: reversed }, secret)).toBe(hashParameters({ in: one }, secret))
      const isSame = hashParameters(one, secret) === hashParameters(other, secret)
      expect(isSame).toBe(sorted(one) === sorted(other))
    }),
  )
})

it('hashes keys in their order, so that a request is the same after an upgrade', () => {
  expect(hashParameters({ b: [2, 1], a: 1 }, secret)).toBe(keyedHash('{"a":1,"b":[2,1]}', secret))
})

it('takes absent for undefined, and is worth nothing without the secret', () => {
  const asked = { code: '123456', image: undefined }
  expect(hashParameters(asked, secret)).toBe(hashParameters({ code: '123456' }, secret))
  const others = new Uint8Array(32).fill(2)
  expect(hashParameters(asked, secret)).not.toBe(hashParameters(asked, others))
})

function sorted(values: object): string {
  return JSON.stringify(Object.entries(values).toSorted(([one], [other]) => (one < other ? -1 : 1)))
}
