import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ConfigError } from '../domain/errors.js'
import { createAddressRule } from './address-rule.js'

const isPublic = createAddressRule([])

/** One row a special range of IANA's registries: network and how many of its bits are fixed. */
const forbiddenV4: [string, number][] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
]
const forbiddenV6: [string, number][] = [
  ['0000:0000', 8],
  ['0064:ff9b:0001', 48],
  ['0100:0000:0000:0000', 64],
  ['2001:0000', 32],
  ['2001:0002:0000', 48],
  ['2001:0db8', 32],
  ['2002', 16],
  ['3fff', 20],
  ['4000', 3],
  ['5f00', 16],
  ['fc00', 7],
  ['fe80', 10],
  ['fec0', 10],
  ['ff00', 8],
]

const bytesOf = (text: string): number[] => text.split('.').map(Number)
const wordsOf = (text: string): number[] =>
  text
    .split(':')
    .flatMap((word) => [Number.parseInt(word.slice(0, 2), 16), Number.parseInt(word.slice(2), 16)])

/** Some address of the network: its first bits, and any others after them. */
function within(network: number[], bits: number, length: number): fc.Arbitrary<number[]> {
  return fc.uint8Array({ minLength: length, maxLength: length }).map((random) =>
    [...random].map((byte, index) => {
      const fixed = Math.min(8, Math.max(0, bits - index * 8))
      const mask = (0xff << (8 - fixed)) & 0xff
      return ((network[index] ?? 0) & mask) | (byte & ~mask & 0xff)
    }),
  )
}

const v4 = (bytes: number[]): string => bytes.join('.')
const v6 = (bytes: number[]): string =>
  Array.from({ length: 8 }, (_, i) => ((bytes[2 * i]! << 8) | bytes[2 * i + 1]!).toString(16)).join(
    ':',
  )

describe('createAddressRule', () => {
  it('refuses every special IPv4 range, plain, mapped and through NAT64', () => {
    const address = fc
      .constantFrom(...forbiddenV4)
      .chain(([text, bits]) => within(bytesOf(text), bits, 4))
    fc.assert(
      fc.property(address, (bytes) => {
        for (const form of [
          v4(bytes),
          `::ffff:${v4(bytes)}`,
          `64:ff9b::${v4(bytes)}`,
          `::${v4(bytes)}`,
        ]) {
          expect({ form, allowed: isPublic(form) }).toEqual({ form, allowed: false })
        }
      }),
      { numRuns: 2_000 },
    )
  })

  it('refuses every special IPv6 range', () => {
    const address = fc
      .constantFrom(...forbiddenV6)
      .chain(([text, bits]) => within(wordsOf(text), bits, 16))
    fc.assert(
      fc.property(address, (bytes) => {
        // `::ffff:0:0/96` lies within the first range and is judged as IPv4.
        fc.pre(!bytes.slice(0, 10).every((byte) => byte === 0))
        expect(isPublic(v6(bytes))).toBe(false)
      }),
      { numRuns: 2_000 },
    )
  })

  it.each(['::', '::1', '255.255.255.255', 'fe80::1%eth0', 'example.com', '', '[::1]'])(
    'refuses %j',
    (address) => expect(isPublic(address)).toBe(false),
  )

  it.each(['8.8.8.8', '93.184.216.34', '2606:4700::1111', '::ffff:8.8.8.8', '64:ff9b::8.8.8.8'])(
    'allows %s',
    (address) => expect(isPublic(address)).toBe(true),
  )

  it('allows what the operator named, in every form, and nothing beside it', () => {
    const rule = createAddressRule(['10.1.0.0/16', ' fd00::/8'])
    expect(['10.1.2.3', '::ffff:10.1.2.3', 'fd12::1', '8.8.8.8'].map(rule)).toEqual([
      true,
      true,
      true,
      true,
    ])
    expect(['10.2.0.1', '127.0.0.1', 'fc00::1', '::1'].map(rule)).toEqual([
      false,
      false,
      false,
      false,
    ])
  })

  it.each(['10.1.0.0', 'example.com/8', '10.0.0.0/33', ''])(
    'cannot read the network %j and says so',
    (network) => {
      expect(() => createAddressRule([network])).toThrow(ConfigError)
    },
  )
})
