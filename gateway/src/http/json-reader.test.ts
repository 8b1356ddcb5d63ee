import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bodyLimits, deepestNesting, longestTextBytes } from './body-limits.js'
import { BodyRefusedError } from './body-refused.js'
import { JsonReader } from './json-reader.js'

const parse = (text: Buffer): unknown => JSON.parse(text.toString())

/** Reads the body in chunks of these sizes, over and over. */
function read(body: string, sizes: readonly number[] = [65_536], limit = bodyLimits.file): unknown {
  const bytes = Buffer.from(body)
  const reader = new JsonReader(limit)
  for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
    const size = sizes[turn % sizes.length] ?? bytes.length
    reader.push(bytes.subarray(at, at + size))
    at += size
  }
  return reader.end(parse)
}

function refusalOf(body: string, limit = bodyLimits.file): BodyRefusedError {
  try {
    read(body, [65_536], limit)
  } catch (cause) {
    if (cause instanceof BodyRefusedError) return cause
    throw cause
  }
  throw new Error('the body was taken')
}

const manyAttributes = (count: number) =>
  `{${Array.from({ length: count }, () => '"k":1').join(',')}}`
const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth)
const base64 = 'QUJD/+8='.repeat(20_000)
const sizes = fc.array(fc.integer({ min: 1, max: 100_000 }), { minLength: 1, maxLength: 5 })

describe('a body read in chunks', () => {
  it('is what JSON.parse makes of it, wherever the chunks are cut', () => {
    fc.assert(
      fc.property(
        fc.json(),
        fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 }),
        (body, cuts) => {
          expect(read(body, cuts)).toEqual(JSON.parse(body))
        },
      ),
    )
  })

  it('has its files where they stood, wherever the chunks are cut', () => {
    const body = JSON.stringify({
      phone: '5511999999999',
      message: 'Olá "você" \\ 😀',
      image: `data:image/png;base64,${base64}`,
      cards: [{ image: base64 }, { image: `${base64}==` }],
    })
    fc.assert(
      fc.property(sizes, (cuts) => {
        expect(read(body, cuts)).toEqual(JSON.parse(body))
      }),
      { numRuns: 20 },
    )
  })

  it('takes base64 with escaped slashes and line breaks, as PHP and MIME write it', () => {
    const lines = `${'QUJD/+8='.repeat(9)}\r\n`.repeat(2_000)
    const escaped = JSON.stringify({ image: lines }).replaceAll('/', '\\/')
    const { image } = read(escaped, [1_000]) as { image: string }
    expect(image.replaceAll(/\s/gu, '')).toBe(lines.replaceAll(/\s/gu, ''))
  })

  it.each(['{"a":"\\', '{"a":"', `{"a":"${base64}`, `{"a":"${base64}\\`, ''])(
    'is no JSON when it ends too early: %.20s',
    (body) => {
      expect(() => read(body)).toThrow(SyntaxError)
    },
  )
})

describe('a body is refused', () => {
  it('at the first value too many', () => {
    const { maxValues } = bodyLimits.file
    expect(read(manyAttributes(maxValues))).toEqual({ k: 1 })
    expect(refusalOf(manyAttributes(maxValues + 1)).message).toContain(
      `at most ${maxValues} attributes`,
    )
    expect(refusalOf(`{"a":[${'[],'.repeat(maxValues)}[]]}`).statusCode).toBe(413)
  })

  it('when it is nested too deep, and not for brackets in a text', () => {
    expect(read(nested(deepestNesting))).toEqual(JSON.parse(nested(deepestNesting)))
    expect(refusalOf(nested(deepestNesting + 1)).statusCode).toBe(400)
    const text = JSON.stringify({ message: '[{,"\\'.repeat(5_000) })
    expect(read(text)).toEqual(JSON.parse(text))
  })

  it('when a very long text is no base64', () => {
    for (const char of [' ', 'é', '\\n\\u0041', '\\"', '!'])
      expect(refusalOf(`{"image":"${'A'.repeat(longestTextBytes + 10)}${char}"}`).statusCode).toBe(
        413,
      )
  })

  it('when much of it is text, however it is cut into strings', () => {
    const text = `"${'\\n'.repeat(longestTextBytes / 2 - 8)}"`
    expect(refusalOf(`[${Array.from({ length: 40 }, () => text).join(',')}]`).message).toContain(
      'only a file',
    )
  })
})

it('takes long texts as they are where no files are taken', () => {
  const body = JSON.stringify({ message: 'Olá, mundo. '.repeat(10_000) })
  expect(read(body, [1_000], bodyLimits.text)).toEqual(JSON.parse(body))
})
