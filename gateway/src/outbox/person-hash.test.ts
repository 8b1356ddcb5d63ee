import { randomBytes } from 'node:crypto'
import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { instanceIdOf } from '../../test/support/outgoing-message.js'
import { createVault } from '../db/encryption.js'
import { formsOf } from '../domain/phone-forms.js'
import { PersonHash } from './person-hash.js'

const hash = new PersonHash(createVault(randomBytes(32)))
const one = instanceIdOf('3A')
const other = instanceIdOf('3B')

const digits = fc.stringMatching(/^[0-9]{5,15}$/u)
const mobile = fc.stringMatching(
  /^(?:55[1-9]{2}9?[6-9][0-9]{7}|521?[2-9][0-9]{9}|549?[1-3][0-9]{9})$/u,
)

it('takes the forms of a number for one person, and nothing else', () => {
  fc.assert(
    fc.property(fc.oneof(digits, mobile), fc.oneof(digits, mobile), (phone, another) => {
      const isSame = ofPhone(phone) === ofPhone(another)
      expect(isSame).toBe(formsOf(phone).includes(another))
      for (const form of formsOf(phone)) expect(ofPhone(form)).toBe(ofPhone(phone))
    }),
  )
})

it('keeps instances, numbers and LIDs apart, and leaves groups out', () => {
  const lid = hash.of(one, { kind: 'lid', lid: '5511999990001' })
  expect(lid).not.toBe(ofPhone('5511999990001'))
  expect(hash.of(other, { kind: 'lid', lid: '5511999990001' })).not.toBe(lid)
  expect(hash.of(one, { kind: 'group', group: '1203' })).toBeUndefined()
  expect(hash.allOf(one, { kind: 'group', group: '1203' })).toEqual([])
})

it('knows a chat by each of its names', () => {
  const chat = { kind: 'person', phone: '551199990001', lid: '77' } as const
  expect(hash.allOf(one, chat)).toEqual([
    ofPhone('551199990001'),
    hash.of(one, { kind: 'lid', lid: '77' }),
  ])
})

function ofPhone(phone: string): string | undefined {
  return hash.of(one, { kind: 'person', phone })
}
