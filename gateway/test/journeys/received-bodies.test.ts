/** What a phone sends, as the callback tells it: each documented body has its keys and types, and its files answer a plain GET. */

import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { Phone } from '@recado/simulator'
import type { proto, WAMessage } from 'baileys'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { cannotArise, kindOf } from '../architecture/callback-kinds.js'
import { samples } from '../architecture/callback-samples.js'
import { contract, lacking, left } from '../support/callback-contract.js'
import { Journey } from '../support/journey.js'

let journey: Journey
let own: Phone
let person: Phone
let group: string
/** What a phone writes of each kind of file, by its field. */
let uploaded: Readonly<Record<string, object>>

const fixture = (name: string): Buffer => readFileSync(new URL(`../media/${name}`, import.meta.url))
const square = sharp({ create: { width: 512, height: 512, channels: 3, background: 'teal' } })
const files = {
  image: { data: await square.jpeg().toBuffer(), mimetype: 'image/jpeg' },
  video: { data: fixture('video.mp4'), mimetype: 'video/mp4' },
  roundVideo: { data: fixture('video.mp4'), mimetype: 'video/mp4' },
  voice: { data: fixture('voice.ogg'), mimetype: 'audio/ogg; codecs=opus' },
  document: { data: Buffer.from('%PDF-1.7 um contrato'), mimetype: 'application/pdf' },
  sticker: { data: await square.webp().toBuffer(), mimetype: 'image/webp' },
} as const

beforeAll(async () => {
  journey = await Journey.start()
  ;({ phone: own } = await journey.pairedInstance())
  person = await journey.newPhone()
  group = journey.simulator.addGroup({ subject: 'Turma', members: [own.phone, person.phone] }).id
  const found: Record<string, object> = {}
  for (const [form, file] of Object.entries(files)) {
    const { id, content } = await person.post(own.phone, { [form]: file })
    await told(id)
    for (const [field, value] of Object.entries(content)) found[field] = value as object
  }
  uploaded = { ...found, productImage: found['imageMessage'] ?? {} }
})

afterAll(() => journey[Symbol.asyncDispose]())

type Body = Readonly<Record<string, unknown>>

async function told(messageId: string): Promise<Body> {
  const { body } = await journey.callbacks.next(
    ({ body: each }) => each['type'] === 'ReceivedCallback' && each['messageId'] === messageId,
  )
  return body
}

/** The same with files that are there. */
function withFiles(value: unknown, field = ''): unknown {
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value
  if (Array.isArray(value)) return value.map((each) => withFiles(each))
  const inner = Object.entries(value).map(([name, each]) => [name, withFiles(each, name)])
  const { mediaKey, url, directPath, fileSha256, fileEncSha256, fileLength } = Object(
    uploaded[field],
  )
  const file = { mediaKey, url, directPath, fileSha256, fileEncSha256, fileLength }
  return { ...Object.fromEntries(inner), ...('mediaKey' in value ? file : {}) }
}

/** The bodies that a phone causes with these samples; none where no message causes the callback. */
async function bodiesOf(some: readonly WAMessage[]): Promise<readonly Body[]> {
  const bodies: Body[] = []
  for (const { key, message } of some) {
    if (!message) continue
    const to = key.remoteJid?.endsWith('@g.us') ? group : own.phone
    bodies.push(await told(await person.forge(to, withFiles(message) as proto.IMessage)))
  }
  return bodies
}

const documented = contract.callbacks
  .filter(({ type }) => type === 'ReceivedCallback')
  .map((each) => ({ ...each, kind: kindOf(each) }))
  .filter(({ kind }) => !cannotArise.has(kind) && samples[kind]?.some(({ message }) => message))

/** They are part of what the history brings of a payment, and of no message. */
const ofHistory = ['requestPayment', 'sendPayment']

describe('what a phone sends', () => {
  test.each(documented.map((each) => [each.names.join(', '), each] as const))(
    'is told with the documented keys and types: %s',
    async (_names, { kind, shape }) => {
      const bodies = await bodiesOf(samples[kind] ?? [])
      const lacks = bodies.map((body) =>
        lacking(shape, body, '').filter(
          (path) => !(path in left) && !ofHistory.some((part) => path.startsWith(`${part}.`)),
        ),
      )
      expect(lacks.toSorted((a, b) => a.length - b.length)[0]).toEqual([])
      for (const body of bodies)
        expect(body).toMatchObject(
          body['isGroup'] === true
            ? { participantPhone: person.phone, phone: group.replace('@g.us', '-group') }
            : { phone: person.phone, fromMe: false },
        )
    },
  )
})

test.each(Object.entries(files))('%s comes byte by byte by a plain GET', async (form, file) => {
  const { id } = await person.post(own.phone, { [form]: file })
  const body = await told(id)
  const links = JSON.stringify(body).match(/http:[^"]+\/media\/[\w-]+/gu) ?? []
  expect(links).not.toEqual([])
  for (const link of new Set(links)) {
    const response = await fetch(link)
    expect(response.headers.get('content-type')).toBe(file.mimetype)
    expect(sha256(Buffer.from(await response.arrayBuffer()))).toBe(sha256(file.data))
  }
})

test('what is to be viewed once reaches the phone alone, and the callback says that it came', async () => {
  const { id } = await person.post(own.phone, { image: { ...files.image, viewOnce: true } })
  const message = await own.untilMessage((each) => each.id === id)
  expect(message).toMatchObject({ view: { viewOnce: true }, image: { fetched: true } })
  const body = await told(id)
  expect(body).toMatchObject({ viewOnce: true, waitingMessage: true, phone: person.phone })
  expect(body).not.toHaveProperty('image')
})

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
