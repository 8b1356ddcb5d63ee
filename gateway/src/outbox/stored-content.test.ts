import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import type { FileSource } from '../domain/content/files.js'
import { readContent, writeContent } from './stored-content.js'

const file: fc.Arbitrary<FileSource> = fc.oneof(
  fc.constant<FileSource>({ kind: 'url', url: 'https://example.com/a.png' }),
  fc
    .oneof(
      fc.uint8Array({ minLength: 1, maxLength: 40 }),
      fc.uint8Array({ minLength: 3_000, maxLength: 3_200, size: 'max' }),
    )
    .map((bytes): FileSource => {
      return { kind: 'base64', base64: Buffer.from(bytes).toString('base64') }
    }),
)

const source = (letter: string) =>
  ({ kind: 'base64', base64: Buffer.alloc(9_001, letter).toString('base64') }) as const

it('gives back what was written, whatever its files are', () => {
  const document = fc.record({
    kind: fc.constant('document' as const),
    document: file,
    fileName: fc.string({ unit: 'grapheme' }),
    mimeType: fc.constant('application/pdf'),
    caption: fc.string({ unit: 'grapheme' }),
  })
  fc.assert(
    fc.property(document, (content) => {
      expect(readContent(writeContent(content))).toEqual(content)
    }),
  )
})

it('keeps the bytes of a large file, not its base64', () => {
  const bytes = Buffer.alloc(5_000_000, 'x')
  const image = { kind: 'base64', base64: bytes.toString('base64') } as const
  const written = Buffer.from(writeContent({ kind: 'image', image, caption: 'Foto' }))
  expect(written.length).toBeLessThan(bytes.length + 200)
  expect(written.indexOf(bytes)).toBeGreaterThan(0)
})

it('gives several files back, each in its place and whatever its size', () => {
  const icon = { kind: 'base64', base64: Buffer.from('icon').toString('base64') } as const
  const files = { image: source('a'), also: source('b'), icon, link: null }
  const content = { kind: 'image', caption: '', ...files } as const
  expect(readContent(writeContent(content))).toEqual(content)
})

it('gives a text back that is longer than many files', () => {
  const content = { kind: 'text', text: 'ação '.repeat(10_000) } as const
  expect(readContent(writeContent(content))).toEqual(content)
})

it('reads the JSON that earlier versions wrote', () => {
  const base64 = Buffer.alloc(9_001, 'a').toString('base64')
  const content = { kind: 'text', text: 'ação', image: { kind: 'base64', base64 } }
  expect(readContent(Buffer.from(JSON.stringify(content)))).toEqual(content)
})

it('refuses what is no base64 rather than keep another file', () => {
  const image = { kind: 'base64', base64: '@'.repeat(9_000) } as const
  expect(() => writeContent({ kind: 'image', image, caption: '' })).toThrow('not base64')
})
