import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { maskCode, maskIn } from './masking.js'

/** Looks at each place by itself. Places that share a character are masked as one. */
function maskedByLooking(text: string, code: string): string {
  let masked = ''
  let end = 0
  let isHidden = 0
  for (let at = 0; at <= text.length; at += 1) {
    if (text.startsWith(code, at)) {
      if (at >= isHidden) masked += text.slice(end, at) + maskCode(code)
      isHidden = at + code.length
      end = isHidden
    }
  }
  return masked + text.slice(end)
}

test('finds every place of a code that repeats itself', () => {
  const digits = fc.constantFrom('1', '2')
  const anyText = fc.string({ unit: digits, maxLength: 40 })
  const anyCode = fc.string({ unit: digits, minLength: 1, maxLength: 9 })
  fc.assert(
    fc.property(anyText, anyCode, anyText, (before, code, after) => {
      const text = before + code + after
      expect(maskIn(text, code)).toBe(maskedByLooking(text, code))
    }),
    { numRuns: 500 },
  )
})

test('masks a code that stands beside itself twice', () => {
  expect(maskIn('1234512345', '12345')).toBe('••••45••••45')
})

test('masks nothing where there is no code', () => {
  expect(maskIn('Olá', '')).toBe('Olá')
})

test.each([
  ['a code of signs is masked as it stands only', 'abcd, a$b$c$d$', 'a$b$c$d$', 'abcd, ••••d$'],
  ['four digits are enough for other separators', '1 2 3 4', '1-2-3-4', '••••-4'],
  ['half of the code in digits is enough, too', '1234!', '1-2-3-4-', '••••4-!'],
  ['less than half is not', '1234!', '1-2-3-4--', '1234!'],
])('%s', (_, text, code, masked) => {
  expect(maskIn(text, code)).toBe(masked)
})
