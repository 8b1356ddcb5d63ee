import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { maskCode, maskIn, shown } from './masking.js'

const pieces = (text: string): readonly string[] => Array.from(text)

describe('maskCode', () => {
  it.each([
    ['123456', '••••56'],
    ['12345', '••••45'],
    ['1234', '••••'],
    ['7', '••••'],
    ['ABC-😀😀', '••••😀😀'],
  ])('shows of %s only %s', (code, masked) => {
    expect(maskCode(code)).toBe(masked)
  })

  it('shows never more than two characters, and none of four or fewer', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, unit: 'grapheme' }), (code) => {
        const left = pieces(maskCode(code)).slice(4)
        expect(left).toEqual(pieces(code).length > 4 ? pieces(code).slice(-2) : [])
      }),
    )
  })
})

describe('maskIn', () => {
  it.each([
    ['Seu código é 123456.', 'Seu código é ••••56.'],
    ['123456 ou 123 456 ou 1-2-3-4-5-6', '••••56 ou ••••56 ou ••••56'],
    ['*123*456', '*••••56'],
    ['Nada aqui', 'Nada aqui'],
  ])('masks the code in %j', (text, masked) => {
    expect(maskIn(text, '123456')).toBe(masked)
  })

  it('masks it in other letters, and with other separators than it has itself', () => {
    expect(maskIn('use abc123 or ABC-123', 'Abc-123')).toBe('use ••••23 or ••••23')
  })

  it('masks a code of signs, and takes no code for a pattern', () => {
    expect(maskIn('is $&.*+ here', '$&.*+')).toBe('is ••••*+ here')
    expect(maskIn('12x45', '12.45')).toBe('12x45')
  })

  it('leaves the code nowhere, whatever stands around it', () => {
    const digits = fc.stringMatching(/^[0-9]{5,12}$/u)
    fc.assert(
      fc.property(fc.string(), digits, fc.string(), (before, code, after) => {
        expect(maskIn(before + code + after, code)).not.toContain(code)
      }),
    )
  })

  it('finds a Pix string among blanks', () => {
    const code = '0'.repeat(2_048)
    expect(maskIn(`${'0 '.repeat(2_047)}x`, code)).toContain('0 x')
    expect(maskIn(`<${'0 '.repeat(2_048)}>`, code)).toBe('<••••00 >')
  })
})

describe('shown', () => {
  it('shows a text as it is, and nothing of one that a button became', () => {
    const content = { kind: 'text', text: 'Oi\n\n123456' } as const
    expect(shown(content, false)).toEqual({ text: 'Oi\n\n123456' })
    expect(shown(content, true)).toEqual({ text: '••••' })
  })
})
