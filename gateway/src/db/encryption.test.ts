import { randomBytes } from 'node:crypto'
import * as fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { MasterKeyError } from '../domain/errors.js'
import { createVault, type Vault } from './encryption.js'

let vault: Vault
beforeAll(() => {
  vault = createVault(randomBytes(32))
})
const bytes = fc.uint8Array({ maxLength: 2_000 })
const contexts = fc.string({ maxLength: 60 })

test('gives back what was sealed', () => {
  fc.assert(
    fc.property(bytes, contexts, (plain, context) => {
      const sealed = vault.seal(plain, context)
      expect(Buffer.from(vault.open(sealed, context))).toEqual(Buffer.from(plain))
    }),
  )
})

test('nothing of a value is readable while it is sealed', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 8, unit: 'grapheme' }), contexts, (plain, context) => {
      const sealed = Buffer.from(vault.seal(Buffer.from(plain), context))
      expect(sealed.includes(Buffer.from(plain).subarray(0, 8))).toBe(false)
    }),
  )
})

test('one bit that changes anywhere is noticed', () => {
  fc.assert(
    fc.property(bytes, contexts, fc.nat(), fc.nat(7), (plain, context, place, bit) => {
      const sealed = Buffer.from(vault.seal(plain, context))
      const index = place % sealed.length
      sealed[index] = (sealed[index] ?? 0) ^ (1 << bit)
      expect(() => vault.open(sealed, context)).toThrow(MasterKeyError)
    }),
  )
})

test('bytes that were cut off or added are noticed', () => {
  const sealed = vault.seal(Buffer.from('a value'), 'here')
  for (let length = 0; length < sealed.length; length += 1) {
    expect(() => vault.open(sealed.subarray(0, length), 'here')).toThrow(MasterKeyError)
  }
  expect(() => vault.open(Buffer.concat([sealed, Buffer.of(0)]), 'here')).toThrow(MasterKeyError)
})

test('a value does not open in another place', () => {
  fc.assert(
    fc.property(bytes, contexts, contexts, (plain, context, other) => {
      fc.pre(context !== other)
      const sealed = vault.seal(plain, context)
      expect(() => vault.open(sealed, other)).toThrow(MasterKeyError)
    }),
  )
})

test('a value does not open with another key', () => {
  const sealed = vault.seal(Buffer.from('a value'), 'here')
  const other = createVault(randomBytes(32))
  expect(() => other.open(sealed, 'here')).toThrow(MasterKeyError)
  expect(() => other.open(sealed, 'here')).toThrow(
    expect.objectContaining({ cause: expect.any(Error) }),
  )
})

test('the same value is never sealed to the same bytes', () => {
  const plain = Buffer.from('a value')
  const sealed = Array.from({ length: 1_000 }, () =>
    Buffer.from(vault.seal(plain, 'here')).toString('hex'),
  )
  expect(new Set(sealed).size).toBe(1_000)
})

test('what today’s version sealed stays readable', () => {
  const key = Buffer.alloc(32, 7)
  const sealed = Buffer.from('AYLUPDPsbjoYT3L0Mj97eTv34AqIB7DIpyBd1Ofdj/iPAiU=', 'base64')
  expect(Buffer.from(createVault(key).open(sealed, 'message/1')).toString()).toBe('123456')
})

test('what today’s version derived stays the same', () => {
  const secret = createVault(Buffer.alloc(32, 7)).deriveSecret('webhook/A')
  expect(Buffer.from(secret).toString('base64')).toBe(
    '+C44JH+IPv/WD8R/uQt8kLcjXcpUrbJFptoDpJ8p1z4=',
  )
})

test('a derived secret is the same each time, and another for each context and key', () => {
  const secret = vault.deriveSecret('webhook/A')
  expect(secret).toHaveLength(32)
  expect(vault.deriveSecret('webhook/A')).toEqual(secret)
  expect(vault.deriveSecret('webhook/B')).not.toEqual(secret)
  expect(createVault(randomBytes(32)).deriveSecret('webhook/A')).not.toEqual(secret)
})

test('a key of another length is refused', () => {
  expect(() => createVault(randomBytes(16))).toThrow(MasterKeyError)
})
