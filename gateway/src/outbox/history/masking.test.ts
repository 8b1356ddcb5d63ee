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

  it.each([
    ['Code: !@#$%^a1, thank you', '!@#$%^a1', 'Code: ••••a1, thank you'],
    ['Em 7 dias: _-_-_-7', '_-_-_-7', 'Em 7 dias: ••••-7'],
    ['w0rd or P@$$w0rd!?', 'P@$$w0rd!', 'w0rd or ••••d!?'],
    ['Em 2024: ((((____2024', '((((____2024', 'Em 2024: ••••24'],
    ['is $&.*+ here', '$&.*+', 'is ••••*+ here'],
    ['12x45', '12.45', '12x45'],
    ['1 2 3, then 123', '123', '1 2 3, then ••••'],
  ])('masks in %j the whole of %s, and leaves the rest', (text, code, masked) => {
    expect(maskIn(text, code)).toBe(masked)
  })

  it.each([
    ['91234567', '123456', '9••••567'],
    ['xABC-12y', 'ABC-12', 'x••••12y'],
    ['p@$$W0RD!', 'P@$$w0rd!', '••••d!'],
    ['use １２３４５６', '123456', 'use ••••56'],
    ['é ac\u0327a\u0303o1', 'ação1', 'é ••••o1'],
  ])(
    'masks in %j the code %s inside a word, and in other forms of its letters',
    (text, code, masked) => {
      expect(maskIn(text, code)).toBe(masked)
    },
  )

  it('masks places that overlap as one', () => {
    expect(maskIn('123123123123', '123123123')).toBe('••••23')
    expect(maskIn('12312312', '12312')).toBe('••••12')
    expect(maskIn('1121112111', '112111')).toBe('••••11')
  })

  // The dots of a mask are no part of these codes: `••••56` masked is `••••56`.
  const anyCode = fc
    .string({ minLength: 1, maxLength: 24, unit: 'grapheme' })
    .filter((text) => !text.includes('•'))
  const anyText = fc.string({ unit: 'grapheme' })

  it('leaves any code nowhere, whatever stands around it', () => {
    const short = fc.string({
      minLength: 1,
      maxLength: 9,
      unit: fc.constantFrom('1', '2', '-', '$'),
    })
    const around = fc.oneof(anyText, short)
    fc.assert(
      fc.property(
        around,
        fc.oneof(anyCode, short),
        around,
        around,
        (before, sought, between, after) => {
          const text = before + sought + between + sought.toUpperCase() + after
          expect(maskIn(text, sought)).not.toContain(sought)
        },
      ),
      { numRuns: 500 },
    )
  })

  it('shows of any code its last two characters at most, and changes nothing else', () => {
    // Cyrillic stands for the rest of the text, so that what is left of the code can be told from it.
    const rest = fc.string({ unit: fc.constantFrom('ж', 'д', ' ', 'я') })
    const latin = fc.string({
      minLength: 1,
      maxLength: 20,
      unit: fc.constantFrom(...pieces('abAB0129!@#$%^&*()_-+=[]{}|\\;:\'"<>,.?/~`')),
    })
    fc.assert(
      fc.property(fc.array(rest, { minLength: 2, maxLength: 5 }), latin, (texts, sought) => {
        const parts = texts.map((part) => `${part}ж`)
        expect(maskIn(parts.join(sought), sought)).toBe(parts.join(maskCode(sought)))
      }),
    )
  })

  it('finds a Pix string among blanks', () => {
    const code = '0'.repeat(2_048)
    expect(maskIn(`${'0 '.repeat(2_047)}x`, code)).toContain('0 x')
    expect(maskIn(`<${'0 '.repeat(2_048)}>`, code)).toBe('<••••00 >')
    expect(maskIn('0'.repeat(65_536), code)).toBe('••••00')
  })
})

describe('shown', () => {
  it('shows a text as it is, and nothing of one that a button became', () => {
    const content = { kind: 'text', text: 'Oi\n\n123456' } as const
    expect(shown(content, false)).toEqual({ text: 'Oi\n\n123456' })
    expect(shown(content, true)).toEqual({ text: '••••' })
  })

  it('shows no code of a content with a plain form that has none', () => {
    const carousel = { kind: 'carousel', text: 'Ofertas', cards: [] } as const
    expect(shown(carousel, false)).toEqual({ text: 'Ofertas' })
  })
})
