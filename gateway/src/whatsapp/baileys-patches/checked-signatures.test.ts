import { Curve, generateSignalPubKey } from 'baileys'
import { assert, nat, property, uint8Array } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isSignedBy } from './checked-signatures.js'

const bytes = uint8Array({ minLength: 1, maxLength: 200 })
const runs = { numRuns: 25 }

describe('a signature', () => {
  test('of libsignal is known as its key’s own, with and without the type byte', () => {
    assert(
      property(bytes, (message) => {
        const { private: secret, public: key } = Curve.generateKeyPair()
        const signature = Curve.sign(secret, message)
        expect(isSignedBy(key, message, signature)).toBe(true)
        expect(isSignedBy(generateSignalPubKey(key), message, signature)).toBe(true)
      }),
      runs,
    )
  })

  test('is refused for another message, another key, and with any bit of it turned', () => {
    const { private: secret, public: key } = Curve.generateKeyPair()
    const other = Curve.generateKeyPair().public
    assert(
      property(bytes, nat(63), nat(7), (message, at, bit) => {
        const signature = Buffer.from(Curve.sign(secret, message))
        expect(isSignedBy(key, Buffer.concat([message, Buffer.of(0)]), signature)).toBe(false)
        expect(isSignedBy(other, message, signature)).toBe(false)
        signature[at] = (signature[at] ?? 0) ^ (1 << bit)
        expect(isSignedBy(key, message, signature)).toBe(false)
      }),
      runs,
    )
  })

  test('is refused, without a throw, where key or signature is no such thing at all', () => {
    assert(
      property(
        uint8Array({ maxLength: 70 }),
        bytes,
        uint8Array({ maxLength: 70 }),
        (key, message, signature) => {
          expect(isSignedBy(key, message, signature)).toBe(false)
        },
      ),
    )
  })
})
