import { randomBytes } from 'node:crypto'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { open, SealedStreamError, seal } from './sealed-stream.js'

const passphrase = 'correct horse battery staple'
/** The cheapest, because what is tested is not the cost. */
const logN = 1
const headLength = 63
const portionLength = 65_536 + 16

async function* chunks(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size)
}

async function all(stream: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = []
  for await (const part of stream) parts.push(part)
  return Buffer.concat(parts)
}

const sealAll = (plain: Uint8Array) => all(seal(chunks(plain, 70_000), passphrase, logN))
const openAll = (sealed: Uint8Array, word = passphrase) => all(open(chunks(sealed, 9_999), word))

test('gives back what was sealed, however long it is and however it is cut', async () => {
  // Around the borders of a portion, where a last one that is full or empty would go wrong.
  const lengths = fc.oneof(
    fc.nat(3),
    fc.constantFrom(65_535, 65_536, 65_537, 131_072, 131_073),
    fc.nat(200_000),
  )
  await fc.assert(
    fc.asyncProperty(lengths, fc.integer({ min: 1, max: 90_000 }), async (length, size) => {
      const plain = randomBytes(length)
      const sealed = await all(seal(chunks(plain, size), passphrase, logN))
      expect((await all(open(chunks(sealed, size), passphrase))).equals(plain)).toBe(true)
    }),
    { numRuns: 40 },
  )
})

test('one bit that changes anywhere is noticed', async () => {
  const sealed = await sealAll(randomBytes(70_000))
  await fc.assert(
    fc.asyncProperty(fc.nat(sealed.length - 1), fc.nat(7), async (index, bit) => {
      const changed = Buffer.from(sealed)
      changed[index] = (changed[index] ?? 0) ^ (1 << bit)
      // The cost stands in the head, and a great one only makes this test slow.
      fc.pre(index !== 14)
      await expect(openAll(changed)).rejects.toThrow(SealedStreamError)
    }),
  )
})

test('a stream that is cut off is noticed, at the border of a portion too', async () => {
  const sealed = await sealAll(randomBytes(200_000))
  const borders = [1, 2, 3].map((count) => headLength + count * portionLength)
  for (const length of [0, 1, headLength - 1, headLength, headLength + 1, ...borders])
    await expect(openAll(sealed.subarray(0, length)), `${length}`).rejects.toThrow(
      SealedStreamError,
    )
  await expect(openAll(Buffer.concat([sealed, Buffer.of(0)]))).rejects.toThrow(SealedStreamError)
})

test('portions that change places are noticed', async () => {
  const sealed = await sealAll(randomBytes(3 * 65_536))
  const portion = (n: number) =>
    sealed.subarray(headLength + n * portionLength, headLength + (n + 1) * portionLength)
  const swapped = [sealed.subarray(0, headLength), portion(1), portion(0), portion(2)]
  await expect(openAll(Buffer.concat(swapped))).rejects.toThrow(/damaged/)
})

test('another passphrase is told from damage', async () => {
  const sealed = await sealAll(Buffer.from('a value'))
  await expect(openAll(sealed, 'another')).rejects.toThrow(/passphrase/)
  await expect(openAll(randomBytes(500))).rejects.toThrow(/not sealed by Recado/)
})

test('a passphrase is the same however its letters are composed', async () => {
  const sealed = await all(seal(chunks(Buffer.from('x'), 1), 'senha-é'.normalize('NFD'), logN))
  expect((await openAll(sealed, 'senha-é'.normalize('NFC'))).toString()).toBe('x')
})

test('a head that asks for a ruinous cost is refused before any work', async () => {
  const sealed = await sealAll(Buffer.from('x'))
  sealed[14] = 40
  await expect(openAll(sealed)).rejects.toThrow(/damaged/)
})

test('what today’s version sealed stays readable', async () => {
  const sealed = Buffer.from(
    'UkVDQURPLVNFQUxFRAEBt67EhorkRIhHTeZaHsNT4rPv6ZauplOHQ3IP6l9dw8GL3AX7pCoWC9t+wCu955ggG/EgNKhjE749Fpj9PlQWlAqXj6iiUA==',
    'base64',
  )
  expect((await openAll(sealed)).toString()).toBe('recado')
})
