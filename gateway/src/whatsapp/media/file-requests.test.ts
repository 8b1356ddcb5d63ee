import { EventEmitter } from 'node:events'
import { aesEncryptGCM, type BinaryNode, hkdf, proto } from 'baileys'
import { describe, expect, it } from 'vitest'
import { ManualClock } from '../../../test/support/manual-clock.js'
import { mediaIdOf, whatsappIdOf } from '../../../test/support/outgoing-message.js'
import type { MediaReference } from '../../domain/incoming-content.js'
import { FileRequests } from './file-requests.js'

const key = new Uint8Array(32).fill(7)
const { SUCCESS, NOT_FOUND } = proto.MediaRetryNotification.ResultType
const reference: MediaReference = {
  id: mediaIdOf('x'),
  kind: 'image',
  mimeType: 'image/png',
  key,
  path: '/old',
  origin: {
    whatsappId: whatsappIdOf('M1'),
    fromMe: false,
    chat: { kind: 'group', group: '12' },
    author: { lid: '200' },
  },
}

/** As the phone seals its answer: Baileys' `decryptMediaRetryData` the other way round. */
function answerOf(result: proto.MediaRetryNotification.ResultType, directPath = '/new', id = 'M1') {
  const plain = proto.MediaRetryNotification.encode({ result, directPath, stanzaId: id }).finish()
  const iv = Buffer.alloc(12, 3)
  const retryKey = hkdf(key, 32, { info: 'WhatsApp Media Retry Notification' })
  const ciphertext = aesEncryptGCM(plain, Buffer.from(retryKey), iv, Buffer.from(id))
  return { key: { id, remoteJid: '12@g.us' }, media: { ciphertext, iv } }
}

function stage() {
  const sent: BinaryNode[] = []
  const ev = new EventEmitter()
  const clock = new ManualClock(1_000)
  const closing = new AbortController()
  const sock = {
    ev,
    authState: { creds: { me: { id: '5511900000000:3@s.whatsapp.net' } } },
    sendNode: async (node: BinaryNode) => void sent.push(node),
  }
  const requests = new FileRequests(
    sock as unknown as ConstructorParameters<typeof FileRequests>[0],
    clock,
    closing.signal,
  )
  const tell = (answer: object) => ev.emit('messages.media-update', [answer])
  return { sent, ev, clock, closing, requests, tell }
}

describe('a file that WhatsApp has deleted', () => {
  it('is asked of the own phone, once, and lies elsewhere then', async () => {
    const { sent, ev, requests, tell } = stage()
    const asked = [requests.ask(reference), requests.ask(reference)]
    tell(answerOf(SUCCESS, '/other', 'M2'))
    tell(answerOf(SUCCESS))
    expect(await Promise.all(asked)).toEqual(['/new', '/new'])
    expect(sent).toMatchObject([
      {
        tag: 'receipt',
        attrs: { id: 'M1', to: '5511900000000@s.whatsapp.net', type: 'server-error' },
        content: [
          { tag: 'encrypt' },
          {
            tag: 'rmr',
            attrs: { jid: '12@g.us', from_me: 'false', participant: '200@lid' },
          },
        ],
      },
    ])
    expect(ev.listenerCount('messages.media-update')).toBe(0)
  })

  it.each([
    ['the phone does not have it', answerOf(NOT_FOUND)],
    ['the phone says no', { key: { id: 'M1' }, error: new Error('418') }],
    ['another device answers', { key: { id: 'M1' }, media: { ciphertext: key, iv: key } }],
    ['the answer leads elsewhere', answerOf(SUCCESS, '//evil.example/x'.slice(2))],
  ])('is gone when %s, and is not asked again at once', async (_name, answer) => {
    const { sent, clock, requests, tell } = stage()
    const asked = requests.ask(reference)
    tell(answer)
    await expect(asked).rejects.toThrow(/neither has the phone/u)
    await expect(requests.ask(reference)).rejects.toThrow(/so soon/u)
    expect(sent).toHaveLength(1)
    await clock.advance(60_000)
    const again = requests.ask(reference)
    tell(answerOf(SUCCESS))
    expect(await again).toBe('/new')
  })

  it('is gone when the phone is silent, or the connection ends', async () => {
    const { clock, requests } = stage()
    const asked = requests.ask(reference).catch((cause: unknown) => String(cause))
    await clock.advance(15_000)
    expect(await asked).toMatch(/did not send it again in time/u)
    const { closing, requests: others } = stage()
    const ended = others.ask(reference).catch((cause: unknown) => String(cause))
    closing.abort()
    expect(await ended).toMatch(/in time/u)
  })

  it('is asked for of eight messages at once and no more', async () => {
    const { sent, clock, requests } = stage()
    const asked = Array.from({ length: 9 }, (_, n) => {
      const origin = reference.origin && { ...reference.origin, whatsappId: whatsappIdOf(`M${n}`) }
      return requests.ask({ ...reference, origin }).catch((cause: unknown) => String(cause))
    })
    expect(await asked[8]).toMatch(/so soon/u)
    expect(sent).toHaveLength(8)
    await clock.advance(15_000)
    await Promise.all(asked)
  })

  it('of a channel, or of before this was kept, cannot be requested', async () => {
    const { sent, requests } = stage()
    for (const origin of [
      undefined,
      {
        whatsappId: whatsappIdOf('M1'),
        fromMe: false,
        chat: { kind: 'newsletter', newsletter: '1' },
      },
    ] as const)
      await expect(requests.ask({ ...reference, origin })).rejects.toThrow(/any more\.$/u)
    expect(sent).toEqual([])
  })
})
