import { NOISE_WA_HEADER } from 'baileys'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { FrameReader, frameAround } from './frames.js'

const routing = Buffer.concat([Buffer.from([0x45, 0x44, 0, 1, 0, 0, 3]), Buffer.from('abc')])

test('finds the same frames however the stream is cut', () => {
  fc.assert(
    fc.property(
      fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 8 }),
      fc.boolean(),
      fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1 }),
      (frames, isRouted, cuts) => {
        const preamble = isRouted ? [routing] : []
        const stream = Buffer.concat([...preamble, NOISE_WA_HEADER, ...frames.map(frameAround)])
        const reader = new FrameReader()
        const found: Uint8Array[] = []
        for (let at = 0, turn = 0; at < stream.length; turn += 1) {
          const length = cuts[turn % cuts.length] ?? 1
          found.push(...reader.push(stream.subarray(at, at + length)))
          at += length
        }
        expect(found.map((frame) => [...frame])).toEqual(frames.map((frame) => [...frame]))
      },
    ),
  )
})

test('refuses a stream that is not of a WhatsApp client', () => {
  expect(() => new FrameReader().push(Buffer.from('GET / HTTP/1.1'))).toThrow(/instead of WA/)
})
