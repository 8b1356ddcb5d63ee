import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MediaError } from '../domain/errors.js'
import { readDataUri } from './data-uri.js'

const bytes = fc.uint8Array({ minLength: 1, maxLength: 300 }).map((array) => Buffer.from(array))

/** `undefined` where it is refused. */
function takenFrom(text: string): string | undefined {
  try {
    return readDataUri(text)
  } catch (cause) {
    if (cause instanceof MediaError) return undefined
    throw cause
  }
}

describe('readDataUri', () => {
  it('gives back every image, whatever way of writing base64 it came in', () => {
    const prefix = fc.constantFrom(
      '',
      'data:image/png;base64,',
      'DATA:image/jpeg;charset=x;BASE64,',
    )
    const style = fc.constantFrom(
      (image: Buffer) => image.toString('base64'),
      (image: Buffer) => image.toString('base64').replaceAll('=', ''),
      (image: Buffer) => image.toString('base64url'),
      (image: Buffer) => image.toString('base64').replaceAll(/.{76}/g, '$&\r\n'),
      (image: Buffer) => `  ${image.toString('base64')}\n`,
    )
    fc.assert(
      fc.property(bytes, prefix, style, (image, start, write) => {
        expect(Buffer.from(readDataUri(start + write(image)), 'base64')).toEqual(image)
      }),
    )
  })

  it('takes what is base64 and nothing else, wherever white space stands', () => {
    const text = fc.string({
      unit: fc.constantFrom(
        'A',
        'z',
        '7',
        '+',
        '/',
        '-',
        '_',
        '=',
        ' ',
        '\n',
        '@',
        '\u0000',
        'ç',
        '€',
      ),
      minLength: 1,
      maxLength: 12,
    })
    fc.assert(
      fc.property(text, (given) => {
        const bare = given.replaceAll(/\s/g, '')
        const isWhole = bare.endsWith('=') ? bare.length % 4 === 0 : bare.length % 4 !== 1
        const isTaken = /^[\w+/-]+={0,2}$/.test(bare) && isWhole
        const ordinary = bare.replaceAll('-', '+').replaceAll('_', '/')
        expect(takenFrom(given)).toBe(isTaken ? ordinary : undefined)
      }),
      { numRuns: 2_000 },
    )
  })

  it.each([
    ['@@@not base64', 'not valid base64'],
    ['abcde', 'not valid base64'],
    ['abc==', 'not valid base64'],
    ['ab=c', 'not valid base64'],
    ['====', 'not valid base64'],
    ['aGk=\u0000', 'not valid base64'],
    ['', 'empty'],
    ['data:image/png;base64,', 'empty'],
    ['data:image/png,abcd', 'not one like'],
    ['data:image/png;base64', 'not one like'],
    ['data:text/html;base64,aGk=', 'something else'],
    ['https://example.com/a.png', 'not valid base64'],
  ])('refuses %j and says why', (text, words) => {
    expect(() => readDataUri(text)).toThrow(MediaError)
    expect(() => readDataUri(text)).toThrow(words)
  })

  it('takes 5 MB and not a byte more', () => {
    const largest = Buffer.alloc(5_000_000).toString('base64')
    expect(readDataUri(largest)).toBe(largest)
    const larger = Buffer.alloc(5_000_001).toString('base64')
    expect(() => readDataUri(larger)).toThrow('larger than 5 MB')
    expect(() => readDataUri(larger.replaceAll('=', ''))).toThrow('larger than 5 MB')
  })
})
