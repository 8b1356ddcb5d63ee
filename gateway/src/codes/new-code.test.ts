import { createHash } from 'node:crypto'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { RandomBytes } from '../runtime/ids.js'
import { asMade, newCode } from './new-code.js'

/** Bytes that look random and are the same in every run. */
function seeded(seed: number): RandomBytes {
  let block = 0
  return (size) => {
    const chunks: Buffer[] = []
    for (let made = 0; made < size; made += 32) {
      chunks.push(createHash('sha256').update(`${seed}/${block}`).digest())
      block += 1
    }
    return Buffer.concat(chunks).subarray(0, size)
  }
}

/** How far the counts are from equal, as chi-square has it. */
function chiSquare(counts: readonly number[]): number {
  const expected = counts.reduce((sum, count) => sum + count, 0) / counts.length
  return counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0)
}

describe('a new code', () => {
  // The bounds are those that chance alone passes once in 10,000 times.
  test.each([
    ['digits', 10, 33.7],
    ['alphanumeric', 31, 69.0],
  ] as const)('of %s favours no character at any place', (charset, characters, bound) => {
    const random = seeded(1)
    const codes = Array.from({ length: 20_000 }, () => newCode(6, charset, random))
    for (const place of [0, 3, 5]) {
      const counts = new Map<string, number>()
      for (const code of codes) {
        const character = code.charAt(place)
        counts.set(character, (counts.get(character) ?? 0) + 1)
      }
      expect(counts.size).toBe(characters)
      expect(chiSquare([...counts.values()])).toBeLessThan(bound)
    }
  })

  test('would be found out by that test if bytes were merely divided', () => {
    const random = seeded(1)
    const counts = Array.from({ length: 31 }, () => 0)
    for (const byte of random(20_000)) counts[byte % 31] = (counts[byte % 31] ?? 0) + 1
    expect(chiSquare(counts)).toBeGreaterThan(69)
  })

  test('follows no other: neighbours are as good as independent', () => {
    const random = seeded(2)
    const pairs = Array.from({ length: 100 }, () => 0)
    for (let n = 0; n < 20_000; n += 1) {
      const pair = Number(newCode(4, 'digits', random).slice(1, 3))
      pairs[pair] = (pairs[pair] ?? 0) + 1
    }
    expect(chiSquare(pairs)).toBeLessThan(161)
  })

  test('has the length and the characters that were asked for, and none that looks like another', () => {
    fc.assert(
      fc.property(fc.integer({ min: 4, max: 12 }), fc.nat(), (length, seed) => {
        expect(newCode(length, 'digits', seeded(seed))).toMatch(new RegExp(`^\\d{${length}}$`, 'u'))
        const mixed = newCode(length, 'alphanumeric', seeded(seed))
        expect(mixed).toMatch(new RegExp(`^[2-9A-Z]{${length}}$`, 'u'))
        expect(mixed).not.toMatch(/[ILO]/u)
      }),
    )
  })

  const gaps = [
    ['a hyphen', '-'],
    ['an en dash', '\u2013'],
    ['an em dash', '\u2014'],
    ['a non-breaking hyphen', '\u2011'],
    ['a minus sign', '\u2212'],
    ['a soft hyphen', '\u00AD'],
    ['a full-width hyphen', '\uFF0D'],
    ['a no-break space', '\u00A0'],
    ['a narrow no-break space', '\u202F'],
    ['an ideographic space', '\u3000'],
    ['a zero-width space', '\u200B'],
    ['a zero-width joiner', '\u200D'],
    ['a word joiner', '\u2060'],
    ['a byte order mark', '\uFEFF'],
    ['a direction mark', '\u200E'],
    ['a direction override', '\u202E'],
    ['a variation selector', '\uFE0F'],
    ['a Hangul filler', '\u3164'],
    ['a blank in braille', '\u2800'],
    ['a tab and a line break', '\t\r\n'],
    ['the bold of a chat', '*'],
  ] as const

  test.each(gaps)('is read as it was made with %s in it', (_name, gap) => {
    expect(asMade(`${gap}12${gap}${gap}34${gap}`)).toBe('1234')
    expect(asMade(`ab${gap}3x`)).toBe('AB3X')
  })

  test('is read as it was made, however people write it', () => {
    const anyGap = fc.constantFrom('', ' ', ' - ', ...gaps.map(([, gap]) => gap))
    fc.assert(
      fc.property(fc.nat(), anyGap, (seed, gap) => {
        const code = newCode(8, 'alphanumeric', seeded(seed))
        expect(asMade(`${code.slice(0, 4)}${gap}${code.slice(4)} `.toLowerCase())).toBe(code)
      }),
    )
  })

  test('is another one with another letter or digit in it', () => {
    expect(asMade('12x34')).not.toBe('1234')
    expect(asMade('')).toBe('')
  })
})
