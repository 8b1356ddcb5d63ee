import { createCipheriv, createHash, createHmac } from 'node:crypto'
import { getMediaKeys } from 'baileys'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { mediaIdOf } from '../../../test/support/outgoing-message.js'
import { MediaGoneError } from '../../domain/errors.js'
import type { MediaReference } from '../../domain/incoming-content.js'
import { MediaDownload } from './media-download.js'

const key = new Uint8Array(32).fill(7)
const plain = Buffer.from('um arquivo de verdade, com mais de um bloco')
let encrypted: Buffer

beforeAll(async () => {
  const { iv, cipherKey, macKey } = await getMediaKeys(key, 'document')
  const cipher = createCipheriv('aes-256-cbc', cipherKey, iv)
  const ciphertext = Buffer.concat([cipher.update(plain), cipher.final()])
  const mac = createHmac('sha256', macKey ?? '')
    .update(iv)
    .update(ciphertext)
    .digest()
  encrypted = Buffer.concat([ciphertext, mac.subarray(0, 10)])
})

const reference: MediaReference = {
  id: mediaIdOf('1'),
  kind: 'document',
  mimeType: 'application/pdf',
  key,
  path: '/v/t62?ccb=1',
  host: 'media-gru1-1.cdn.whatsapp.net',
  sha256: createHash('sha256').update(plain).digest(),
  byteLength: plain.length,
}

/** The network is not ours: what WhatsApp's host would answer. */
let answer: () => Response
let asked: string[]

beforeEach(() => {
  asked = []
  answer = () => new Response(encrypted)
})

async function download(change: Partial<MediaReference> = {}, whatsappUrl?: string) {
  const source = new MediaDownload({
    whatsappUrl,
    fetch: async (url) => {
      asked.push(url instanceof URL ? url.href : 'no URL')
      return answer()
    },
  })
  const bytes = await source.open({ ...reference, ...change }, new AbortController().signal)
  const parts: Uint8Array[] = []
  for await (const part of bytes) parts.push(part)
  return Buffer.concat(parts)
}

describe('a file of an incoming message', () => {
  it('is decrypted, in whatever pieces it comes', async () => {
    expect(await download()).toEqual(plain)
    for (const size of [1, 7, 16, 33]) {
      answer = () => new Response(piecewise(encrypted, size))
      expect(await download()).toEqual(plain)
    }
    expect(asked[0]).toBe('https://media-gru1-1.cdn.whatsapp.net/v/t62?ccb=1')
  })

  it('is taken as it is where WhatsApp encrypts nothing', async () => {
    answer = () => new Response(plain)
    expect(await download({ key: undefined })).toEqual(plain)
  })

  it('is refused with a broken seal, another hash, too many bytes, or cut off', async () => {
    const broken = Buffer.from(encrypted)
    broken[3] = (broken[3] ?? 0) ^ 1
    answer = () => new Response(broken)
    await expect(download()).rejects.toThrow('seal')
    answer = () => new Response(encrypted.subarray(0, -1))
    await expect(download()).rejects.toThrow('seal')
    answer = () => new Response(encrypted)
    await expect(download({ sha256: new Uint8Array(32) })).rejects.toThrow('not the one')
    await expect(download({ byteLength: 2 })).rejects.toThrow('longer')
  })

  it.each([403, 404, 410])('is gone for good after %i', async (status) => {
    answer = () => new Response('', { status })
    await expect(download()).rejects.toBeInstanceOf(MediaGoneError)
  })

  it('may be had later after any other answer', async () => {
    answer = () => new Response('', { status: 503 })
    await expect(download()).rejects.toMatchObject({ code: 'media-unavailable' })
  })
})

describe('the place that a stranger named', () => {
  it.each(['evil.example', '127.0.0.1:9', 'mmg.whatsapp.net:8443', 'whatsapp.net.evil.example'])(
    'is not asked: %s',
    async (host) => {
      await download({ host })
      expect(asked).toEqual(['https://mmg.whatsapp.net/v/t62?ccb=1'])
    },
  )

  it('cannot lead away by its path', async () => {
    for (const path of ['@evil.example/x', '.evil.example/x', ':8443/x', 'x'])
      await expect(download({ path })).rejects.toBeInstanceOf(MediaGoneError)
    expect(asked).toEqual([])
  })

  it('is this machine only beside a simulator that is here too', async () => {
    await download({ host: '127.0.0.1:9' }, 'ws://127.0.0.1:8081/ws')
    expect(asked).toEqual(['https://127.0.0.1:9/v/t62?ccb=1'])
    await download({ host: 'evil.example' }, 'ws://127.0.0.1:8081/ws')
    expect(asked[1]).toContain('https://mmg.whatsapp.net/')
  })
})

function piecewise(bytes: Buffer, size: number): ReadableStream<Uint8Array> {
  const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
    bytes.subarray(index * size, (index + 1) * size),
  )
  return ReadableStream.from(pieces) as ReadableStream<Uint8Array>
}
