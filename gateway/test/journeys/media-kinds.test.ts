/** Messages with a file, from the call to the phone, which downloads and decodes them. */

import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import type { PhoneMessage } from '@recado/simulator'
import { parseBuffer } from 'music-metadata'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { SandboxInstance } from '../../../sandbox/src/gateway-client.js'
import { Journey, type SendAnswer, shown } from '../support/journey.js'
import { receivedFile } from '../support/received-file.js'

let journey: Journey
let instance: SandboxInstance
const served = new Map<string, Buffer>()
const server = createServer((request, response) => {
  const body = served.get(request.url ?? '')
  if (body === undefined) response.writeHead(404).end()
  else response.end(body)
})

beforeAll(async () => {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  journey = await Journey.start()
  ;({ instance } = await journey.pairedInstance())
})

afterAll(async () => {
  await journey[Symbol.asyncDispose]()
  server.close()
})

const fixture = (name: string): Buffer => readFileSync(new URL(`../media/${name}`, import.meta.url))

function urlOf(bytes: Buffer): string {
  const path = `/${createHash('sha256').update(bytes).digest('hex')}`
  served.set(path, bytes)
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`
}

async function send(phone: string, action: string, body: object): Promise<SendAnswer> {
  return (await journey.client.onInstance(instance, 'POST', action, {
    phone,
    ...body,
  })) as SendAnswer
}

async function sendToPhone(action: string, body: object): Promise<PhoneMessage> {
  const person = await journey.newPhone()
  const { zaapId, messageId } = await send(person.phone, action, body)
  const message = await shown(person, messageId)
  const delivery = await journey.delivery(zaapId)
  expect(delivery.body).not.toHaveProperty('error')
  return message
}

/** What stands on the stanza beside the encrypted part. */
function planOf({ stanza }: PhoneMessage): unknown {
  const { type, edit } = stanza.attrs
  const nodes = Array.isArray(stanza.content) ? stanza.content : []
  const beside = nodes.filter(({ tag }) => tag === 'meta' || tag === 'biz')
  return { type, edit, beside }
}

/** Where the media host has its files. */
const placesOf = (message: PhoneMessage) => JSON.stringify(message.content).match(/\/mms\/[^"?]+/gu)

test('a voice note arrives as it is, with its length', async () => {
  const { content } = await sendToPhone('send-audio', { audio: urlOf(fixture('voice.ogg')) })
  const { audioMessage: audio } = content
  expect(audio).toMatchObject({ ptt: true, seconds: 2, mimetype: 'audio/ogg; codecs=opus' })
  const bytes = Buffer.from(await receivedFile(journey, audio, 'audio'))
  expect(bytes.equals(fixture('voice.ogg'))).toBe(true)
})

test('an MP3 arrives as what phones can play', async () => {
  const { content } = await sendToPhone('send-audio', {
    audio: `data:audio/mpeg;base64,${fixture('sound.mp3').toString('base64')}`,
  })
  const { audioMessage: audio } = content
  const bytes = await receivedFile(journey, audio, 'audio')
  const { format } = await parseBuffer(bytes, { mimeType: audio?.mimetype ?? '' })
  // A voice message where the gateway has ffmpeg, else a file with sound.
  expect(audio?.ptt ? format.codec : format.container).toMatch(audio?.ptt ? /Opus/u : /MPEG/u)
  expect(audio?.seconds).toBe(2)
})

test.each([
  ['send-video', 'video', { caption: 'Veja' }, 'videoMessage', { caption: 'Veja' }],
  ['send-gif', 'gif', {}, 'videoMessage', { gifPlayback: true }],
  ['send-ptv', 'ptv', {}, 'ptvMessage', {}],
] as const)('%s brings the video whole', async (action, attribute, more, field, shape) => {
  const { content } = await sendToPhone(action, {
    [attribute]: urlOf(fixture('video.mp4')),
    ...more,
  })
  const video = content[field]
  expect(video).toMatchObject({
    mimetype: 'video/mp4',
    seconds: 2,
    width: 64,
    height: 48,
    ...shape,
  })
  const bytes = Buffer.from(await receivedFile(journey, video, 'video'))
  expect(bytes.equals(fixture('video.mp4'))).toBe(true)
})

test('a sticker arrives as WebP of 512 pixels, with its author', async () => {
  const { content } = await sendToPhone('send-sticker', {
    sticker: urlOf(fixture('moving.gif')),
    stickerAuthor: 'Padaria',
  })
  const { stickerMessage: sticker } = content
  expect(sticker).toMatchObject({ isAnimated: true, mimetype: 'image/webp', width: 512 })
  const bytes = await receivedFile(journey, sticker, 'sticker')
  const { format, width, pages, exif } = await sharp(bytes, { animated: true }).metadata()
  expect([format, width, pages]).toEqual(['webp', 512, 4])
  expect(exif?.toString('latin1')).toContain('Padaria')
})

const png = sharp({ create: { width: 8, height: 8, channels: 3, background: 'teal' } }).png()

test.each([
  ['send-image', 'image', 'imageMessage'],
  ['send-video', 'video', 'videoMessage'],
  ['send-audio', 'audio', 'audioMessage'],
] as const)(
  '%s that is to be seen once says so inside the media and beside it',
  async (...kind) => {
    const [action, attribute, field] = kind
    const file = {
      image: await png.toBuffer(),
      video: fixture('video.mp4'),
      audio: fixture('voice.ogg'),
    }
    const message = await sendToPhone(action, {
      [attribute]: urlOf(file[attribute]),
      viewOnce: true,
    })
    expect(message.content[field]?.viewOnce).toBe(true)
    expect(planOf(message)).toEqual({
      type: 'media',
      edit: undefined,
      beside: [expect.objectContaining({ tag: 'meta', attrs: { view_once: 'true' } })],
    })
  },
)

test.each([
  ['send-audio', { audio: 'voice.ogg', viewOnce: true }],
  ['send-video', { video: 'video.mp4' }],
  ['send-ptv', { ptv: 'video.mp4' }],
  ['send-sticker', { sticker: 'moving.gif' }],
] as const)('%s arrives in the same shape when the phone asks again', async (action, body) => {
  const given = Object.fromEntries(
    Object.entries(body).map(([name, value]) => [
      name,
      typeof value === 'string' ? urlOf(fixture(value)) : value,
    ]),
  )
  const person = await journey.newPhone()
  const first = await shown(person, (await send(person.phone, action, given)).messageId)
  person.failNextDecryption()
  const second = await shown(person, (await send(person.phone, action, given)).messageId)
  expect(planOf(second)).toEqual(planOf(first))
  // The same file is uploaded once, so both name the same place.
  expect(placesOf(second)).toEqual(placesOf(first))
})

test('a document of 20 MB arrives whole', async () => {
  const bytes = randomBytes(20_000_000)
  const { content } = await sendToPhone('send-document/bin', { document: urlOf(bytes) })
  const received = await receivedFile(journey, content.documentMessage, 'document')
  expect(Buffer.from(received).equals(bytes)).toBe(true)
})

test('a document of 20 MB in the call itself arrives whole, after a power cut', async () => {
  const bytes = randomBytes(20_000_000)
  const person = await journey.newPhone()
  person.goOffline()
  const document = bytes.toString('base64')
  const { zaapId, messageId } = await send(person.phone, 'send-document/bin', { document })
  await journey.killGateway()
  await journey.restartGateway()
  await journey.delivery(zaapId)
  await person.comeOnline()
  const { content } = await shown(person, messageId)
  const received = await receivedFile(journey, content.documentMessage, 'document')
  expect(Buffer.from(received).equals(bytes)).toBe(true)
})

test.each([
  ['send-audio', 'audio', Buffer.from('nothing to hear'), 'The audio is not in a known format'],
  ['send-video', 'video', gzipSync('x'), 'The video is of the type application/gzip'],
  [
    'send-sticker',
    'sticker',
    Buffer.from('%PDF-1.7'),
    'The sticker is of the type application/pdf',
  ],
  ['send-video', 'video', undefined, "The video's server answered 404"],
] as const)('%s of a wrong file ends in a callback that says why', async (...given) => {
  const [action, attribute, bytes, text] = given
  const person = await journey.newPhone()
  const url = bytes === undefined ? `${urlOf(Buffer.from('x'))}0` : urlOf(bytes)
  const { zaapId } = await send(person.phone, action, { [attribute]: url })
  const { body } = await journey.delivery(zaapId)
  expect(body['error']).toContain(text)
  expect(person.messages).toEqual([])
})

test('a video that was accepted before a power cut arrives once, after the restart', async () => {
  const person = await journey.newPhone()
  person.goOffline()
  const { zaapId, messageId } = await send(person.phone, 'send-video', {
    video: `data:video/mp4;base64,${fixture('video.mp4').toString('base64')}`,
  })
  await journey.killGateway()
  await journey.restartGateway()
  await journey.delivery(zaapId)
  await person.comeOnline()
  const { content } = await shown(person, messageId)
  const bytes = Buffer.from(await receivedFile(journey, content.videoMessage, 'video'))
  expect(bytes.equals(fixture('video.mp4'))).toBe(true)
  expect(person.messages).toHaveLength(1)
})
