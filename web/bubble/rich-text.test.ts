import { array, assert, constantFrom, oneof, property, string } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isEmojiOnly, plainOf, type Span, spansOf } from './rich-text.js'

const text = (of: string): Span => ({ kind: 'text', text: of })

describe('formatted text', () => {
  test('is bold, italic, struck out, and all at once', () => {
    expect(spansOf('*a* _b_ ~c~')).toEqual([
      { kind: 'bold', spans: [text('a')] },
      text(' '),
      { kind: 'italic', spans: [text('b')] },
      text(' '),
      { kind: 'strike', spans: [text('c')] },
    ])
    expect(spansOf('*_x_*')).toEqual([
      { kind: 'bold', spans: [{ kind: 'italic', spans: [text('x')] }] },
    ])
  })

  test('keeps code as it is written', () => {
    expect(spansOf('a ```x *y*``` b')).toEqual([
      text('a '),
      { kind: 'mono', text: 'x *y*' },
      text(' b'),
    ])
    expect(spansOf('`_z_`')).toEqual([{ kind: 'code', text: '_z_' }])
  })

  test.each(['2*3*4', 'a_b_c', '* a *', '*a', '**', '*a\nb*', '``` ```', '~ ~', '5 * 4 * 3'])(
    'leaves %j as it is',
    (plain) => {
      expect(spansOf(plain)).toEqual([text(plain)])
    },
  )

  test('counts marks beside punctuation', () => {
    expect(spansOf('(*a*), *b*!')).toEqual([
      text('('),
      { kind: 'bold', spans: [text('a')] },
      text('), '),
      { kind: 'bold', spans: [text('b')] },
      text('!'),
    ])
  })
})

describe('links', () => {
  test('end before what the sentence puts behind them', () => {
    expect(spansOf('Veja https://exemplo.com.br/a_b_c?x=1.')).toEqual([
      text('Veja '),
      {
        kind: 'link',
        text: 'https://exemplo.com.br/a_b_c?x=1',
        href: 'https://exemplo.com.br/a_b_c?x=1',
      },
      text('.'),
    ])
  })

  test('get a scheme when they have none, and are found inside bold', () => {
    const link = { kind: 'link', text: 'www.exemplo.com', href: 'https://www.exemplo.com' }
    expect(spansOf('*www.exemplo.com*')).toEqual([{ kind: 'bold', spans: [link] }])
  })

  test('lead to the web only', () => {
    assert(
      property(string(), (tail) =>
        allOf(spansOf(withSchemes(tail))).every(
          (span) => span.kind !== 'link' || /^https?:$/.test(new URL(span.href).protocol),
        ),
      ),
    )
    expect(allOf(spansOf(withSchemes('x'))).filter(({ kind }) => kind === 'link')).toHaveLength(1)
  })
})

test('nothing that was said is lost but the marks', () => {
  const marks = /[*_~`\n]/g
  const said = array(
    oneof(
      constantFrom('*', '_', '~', '`', '```', ' ', '\n', 'https://a.bc/d', 'www.a.bc', '.'),
      string(),
    ),
  )
  assert(
    property(said, (parts) => {
      const whole = parts.join('')
      expect(plainOf(spansOf(whole)).replace(marks, '')).toBe(whole.replace(marks, ''))
    }),
  )
})

test('up to three emoji alone are large', () => {
  for (const large of ['👍', '👍🏽', '❤️', '👩‍💻 🎉', '😀😀😀'])
    expect(isEmojiOnly(large)).toBe(true)
  for (const small of ['', 'ok 👍', '😀😀😀😀', '1', 'a']) expect(isEmojiOnly(small)).toBe(false)
})

function withSchemes(tail: string): string {
  return `javascript:${tail} https://a.b/${tail} data:${tail}`
}

function allOf(spans: readonly Span[]): readonly Span[] {
  return spans.flatMap((span) => ('spans' in span ? [span, ...allOf(span.spans)] : [span]))
}
