import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { Network, otherForm } from './network.js'

const mobile = fc.oneof(
  fc
    .tuple(fc.integer({ min: 11, max: 99 }), fc.integer({ min: 60_000_000, max: 99_999_999 }))
    .map(([area, number]) => ({ short: `55${area}${number}`, long: `55${area}9${number}` })),
  fc
    .integer({ min: 2_000_000_000, max: 9_999_999_999 })
    .map((number) => ({ short: `52${number}`, long: `521${number}` })),
  fc
    .integer({ min: 1_000_000_000, max: 3_999_999_999 })
    .map((number) => ({ short: `54${number}`, long: `549${number}` })),
)

test('a mobile number of Brazil, Mexico or Argentina has two forms, each the other of the other', () => {
  fc.assert(
    fc.property(mobile, ({ short, long }) => {
      expect(otherForm(short)).toBe(long)
      expect(otherForm(long)).toBe(short)
    }),
  )
})

test('other numbers have one form', () => {
  for (const phone of ['551133334444', '14155550100', '5511', '']) {
    expect(otherForm(phone)).toBeUndefined()
  }
})

test('a number is found as it is dialled, and only once it is registered', () => {
  const network = new Network()
  expect(network.byDialledNumber('5531988887777')).toBeUndefined()
  const account = network.register({ phone: '553188887777', name: 'Ana', business: false })
  expect(network.byDialledNumber('5531988887777')).toBe(account)
  expect(network.byDialledNumber('553188887777')).toBe(account)
  expect(network.byPhone('5531988887777')).toBeUndefined()
  expect(network.accountOf(account.jid('lid'))).toBe(account)
  expect(() => network.register(account)).toThrow(/registered already/)
})
