import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createCallerRule, unreadableNetworks } from './caller-rule.js'

const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length })
const v4 = (address: Uint8Array) => address.join('.')
const v6 = (address: Uint8Array) =>
  Array.from({ length: 8 }, (_, i) =>
    (((address[2 * i] ?? 0) << 8) | (address[2 * i + 1] ?? 0)).toString(16),
  ).join(':')

/** Whether the first bits of both are the same: what a CIDR means, said another way. */
function share(one: Uint8Array, other: Uint8Array, bits: number): boolean {
  return bitsOf(one).slice(0, bits) === bitsOf(other).slice(0, bits)
}

function bitsOf(address: Uint8Array): string {
  return [...address].map((byte) => byte.toString(2).padStart(8, '0')).join('')
}

/** Two addresses whose first bits are the same more often than chance has it. */
const pairs = (length: number) =>
  fc
    .record({ base: bytes(length), other: bytes(length), shared: fc.nat({ max: length }) })
    .map(({ base, other, shared }) => {
      const near = Uint8Array.from(other, (byte, i) => (i < shared ? (base[i] ?? 0) : byte))
      return { base, near }
    })

describe('the rule of callers', () => {
  it('lets in exactly who is within the network, in every form of the address', () => {
    fc.assert(
      fc.property(pairs(4), fc.nat({ max: 32 }), ({ base, near }, bits) => {
        const expected = share(base, near, bits)
        for (const network of [`${v4(base)}/${bits}`, `::ffff:${v4(base)}/${96 + bits}`]) {
          const may = createCallerRule([network])
          expect(may(v4(near))).toBe(expected)
          expect(may(`::ffff:${v4(near)}`)).toBe(expected)
          expect(may(`::FFFF:${v4(near)}%eth0`)).toBe(expected)
        }
      }),
    )
  })

  it('keeps IPv6 apart from IPv4', () => {
    fc.assert(
      fc.property(pairs(16), fc.nat({ max: 128 }), ({ base, near }, bits) => {
        const mapped = /^0:0:0:0:0:ffff:/u
        fc.pre(!mapped.test(v6(base)) && !mapped.test(v6(near)))
        const may = createCallerRule([`${v6(base)}/${bits}`])
        expect(may(v6(near))).toBe(share(base, near, bits))
        expect(may('10.0.0.1')).toBe(false)
      }),
    )
  })

  it('is the union of its entries, and allows all callers when it is empty', () => {
    const may = createCallerRule([' 10.0.0.0/8', '192.0.2.7', '2001:db8::1'])
    expect(['10.9.8.7', '192.0.2.7', '2001:db8:0::1', '::ffff:192.0.2.7'].every(may)).toBe(true)
    expect(['11.0.0.1', '192.0.2.8', '2001:db8::2', '', 'nonsense'].some(may)).toBe(false)
    expect(createCallerRule([])('203.0.113.9')).toBe(true)
  })

  it('allows no caller by an entry that cannot be read, and names it', () => {
    const wrong = ['10.0.0.0/33', 'example.com', '10', '0x7f.1', '', '1.2.3.4/', '::1/129', '*']
    expect(unreadableNetworks([...wrong, '10.0.0.0/8', '::1'])).toEqual(wrong)
    expect(createCallerRule(wrong)('10.0.0.1')).toBe(false)
  })
})
