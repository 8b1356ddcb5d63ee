import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { hashToken, tokensMatch } from './token-hash.js'

test('a token matches its own hash', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (token) => {
      expect(tokensMatch(token, hashToken(token))).toBe(true)
    }),
  )
})

test('no other token matches, and no damaged hash does', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (token, other) => {
      fc.pre(token !== other)
      expect(tokensMatch(other, hashToken(token))).toBe(false)
      expect(tokensMatch(token, other)).toBe(false)
      expect(tokensMatch(token, hashToken(token).slice(1))).toBe(false)
    }),
  )
})
