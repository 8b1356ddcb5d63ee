/** What an unmodified client sends of each kind is on the phone as a person sees it, its files decrypted. */

import { createHash } from 'node:crypto'
import { Agent } from 'node:https'
import type { AnyMessageContent } from 'baileys'
import { expect } from 'vitest'
import { test } from './support/lab.js'

const LOJA = '5511999990000'
const ANA = '5511999990001'

const bytes = Buffer.from('the bytes of a file')
const sha256 = createHash('sha256').update(bytes).digest('hex')
const vcard =
  'BEGIN:VCARD\nVERSION:3.0\nFN:Bia\nTEL;waid=5511999990002:+55 11 99999-0002\nEND:VCARD'
const seen = { jpegThumbnail: '', width: 2, height: 2 }

const files: readonly (readonly [string, AnyMessageContent, object])[] = [
  ['image', { image: bytes, caption: 'Casa', ...seen }, { form: 'image', width: 2 }],
  ['video', { video: bytes, seconds: 4, ...seen }, { form: 'video', seconds: 4 }],
  ['gif', { video: bytes, gifPlayback: true, ...seen }, { form: 'gif' }],
  ['round-video', { video: bytes, ptv: true, ...seen }, { form: 'round-video' }],
  [
    'voice',
    { audio: bytes, ptt: true, mimetype: 'audio/ogg; codecs=opus', seconds: 3 },
    { form: 'voice', seconds: 3 },
  ],
  ['audio', { audio: bytes, mimetype: 'audio/mpeg', seconds: 3 }, { form: 'audio' }],
  [
    'document',
    { document: bytes, mimetype: 'application/pdf', fileName: 'nota.pdf' },
    { form: 'document', fileName: 'nota.pdf' },
  ],
  ['sticker', { sticker: bytes, isAnimated: true, width: 512, height: 512 }, { animated: true }],
]

const others: readonly (readonly [string, AnyMessageContent, object])[] = [
  [
    'location',
    { location: { degreesLatitude: 1.5, degreesLongitude: 2.5, name: 'MASP' } },
    { type: 'location', latitude: 1.5, longitude: 2.5, name: 'MASP' },
  ],
  [
    'contact',
    { contacts: { contacts: [{ displayName: 'Bia', vcard }] } },
    { contacts: [{ name: 'Bia', phones: [{ whatsapp: '5511999990002' }] }] },
  ],
  [
    'poll',
    { poll: { name: 'Qual?', values: ['Um', 'Dois'], selectableCount: 1 } },
    { type: 'poll', question: 'Qual?', options: ['Um', 'Dois'], selectable: 1 },
  ],
  [
    'event',
    { event: { name: 'Festa', startDate: new Date(1_795_600_000_000) } },
    { type: 'event', name: 'Festa', startsAt: 1_795_600_000_000 },
  ],
]

test('files of every kind are decrypted and drawn, and shown if they are what they are called', async ({
  lab,
}) => {
  const ana = await lab.phone(ANA)
  const fetchAgent = new Agent({ ca: lab.simulator.caCertificate })
  const client = await lab.linked(await lab.phone(LOJA), { fetchAgent })
  for (const [kind, content, part] of files) {
    const sent = await client.socket.sendMessage(`${ana.lid}@lid`, content)
    const message = await ana.untilMessage(({ id }) => id === sent?.key.id)
    expect(message.view).toMatchObject({
      kind,
      parts: [{ type: 'media', file: '0', ...part }, ...message.view.parts.slice(1)],
    })
    expect(message.files.get('0')).toMatchObject({ fetched: true, sha256 })
    // The bytes are those of no picture and no recording. A document may be anything.
    const isShown = kind === 'document'
    expect(message.shows).toMatchObject({ android: isShown, ios: isShown, web: isShown })
  }
})

test('what has no file is drawn, too', async ({ lab }) => {
  const ana = await lab.phone(ANA)
  const client = await lab.linked(await lab.phone(LOJA))
  for (const [kind, content, part] of others) {
    const sent = await client.socket.sendMessage(`${ana.lid}@lid`, content)
    const message = await ana.untilMessage(({ id }) => id === sent?.key.id)
    expect(message.view).toMatchObject({ kind, parts: [part] })
    expect(message.shows).toEqual({ android: true, ios: true, web: true })
  }
})
