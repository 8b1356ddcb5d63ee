import * as fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { addressForLimits, canonicalAddress } from './address.js'

describe('one address has one form', () => {
  it.each([
    '203.0.113.9',
    ' 203.0.113.9 ',
    '203.0.113.9:50001',
    '::ffff:203.0.113.9',
    '::FFFF:203.0.113.9',
    '::ffff:cb00:7109',
    '[::ffff:203.0.113.9]:443',
    '"203.0.113.9:50001"',
  ])('%s is 203.0.113.9', (text) => {
    expect(canonicalAddress(text)).toBe('203.0.113.9')
  })

  it.each([
    '2001:db8::7',
    '2001:0DB8:0:0:0:0:0:7',
    '[2001:db8::7]',
    '[2001:db8::7]:50001',
    '"[2001:db8::7]:50001"',
    '2001:db8::7%eth0',
  ])('%s is 2001:db8::7', (text) => {
    expect(canonicalAddress(text)).toBe('2001:db8::7')
  })

  it.each(['', 'unknown', '_hidden', '10', '0x7f.1', '1.2.3.4:x', '[1.2.3.4', 'example.com:80'])(
    '%j is no address',
    (text) => {
      expect(canonicalAddress(text)).toBe('unknown')
    },
  )

  it('is its own canonical form', () => {
    fc.assert(
      fc.property(fc.oneof(fc.ipV4(), fc.ipV6(), fc.string()), (text) => {
        const canonical = canonicalAddress(text)
        expect(canonicalAddress(canonical)).toBe(canonical)
      }),
    )
  })
})

test('limits count IPv4 by address and IPv6 by /64', () => {
  expect(addressForLimits('203.0.113.9:1')).toBe('203.0.113.9')
  expect(addressForLimits('::ffff:203.0.113.9')).toBe('203.0.113.9')
  expect(addressForLimits('2001:db8:1:2:3:4:5:6')).toBe('2001:db8:1:2::/64')
  expect(addressForLimits('[2001:db8:1:2:ffff::1]:443')).toBe('2001:db8:1:2::/64')
  expect(addressForLimits('2001:db8:1:3::1')).not.toBe(addressForLimits('2001:db8:1:2::1'))
  expect(addressForLimits('no address')).toBe('unknown')
})
