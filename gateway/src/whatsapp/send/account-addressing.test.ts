import { expect, test } from 'vitest'
import { AccountAddressing } from './account-addressing.js'

const lid = '164354629388413@lid'
const number = '5511999999999@s.whatsapp.net'
const phone = '5511999999999'

test('a 400 to a LID leads to the number, and one that it takes stays the rule', () => {
  const account = new AccountAddressing()
  expect(account.isByNumber).toBe(false)
  expect(account.refused(lid, 400, phone)).toBe(true)
  expect(account.isByNumber).toBe(true)
  account.taken(number)
  expect(account.refused(number, 400, phone)).toBe(false)
  expect(account.isByNumber).toBe(true)
})

test.each([400, 463])('a number that is refused with %i as well was not the matter', (code) => {
  const account = new AccountAddressing()
  account.refused(lid, 400, phone)
  expect(account.refused(number, code, phone)).toBe(false)
  expect(account.isByNumber).toBe(false)
})

test.each([
  [lid, 473, phone],
  [lid, 400, undefined],
  [number, 400, phone],
] as const)('%s refused with %i changes nothing', (jid, code, known) => {
  const account = new AccountAddressing()
  expect(account.refused(jid, code, known)).toBe(false)
  expect(account.isByNumber).toBe(false)
})
