/** What a number says in its channel: on the phone of a follower, changed, taken back, and at another gateway. */

import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { isDeepStrictEqual } from 'node:util'
import type { Phone, PhoneMessage } from '@recado/simulator'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { SandboxInstance } from '../../../sandbox/src/gateway-client.js'
import { Journey, type SendAnswer, shown } from '../support/journey.js'

let journey: Journey
let instance: SandboxInstance
/** Follows the channel with a gateway. */
let follower: SandboxInstance
let ana: Phone
let channel: string

beforeAll(async () => {
  journey = await Journey.start()
  ;({ instance } = await journey.pairedInstance())
  ;({ instance: follower } = await journey.pairedInstance())
  ana = await journey.newPhone()
  const made = await callOf(instance, 'POST', 'create-newsletter', { name: 'Avisos' })
  channel = String(made['id'])
  await callOf(follower, 'PUT', 'follow-newsletter', { id: channel })
  const account = journey.simulator.network.byPhone(ana.phone)
  if (account) newsletter()?.followers.add(account)
})

afterAll(async () => {
  await journey[Symbol.asyncDispose]()
})

const newsletter = () => journey.simulator.network.newsletter(channel)
const callOf = (
  by: SandboxInstance,
  method: 'POST' | 'PUT' | 'DELETE',
  path: string,
  body?: object,
) => journey.client.onInstance(by, method, path, body) as Promise<Record<string, unknown>>

async function send(action: string, body: object, by = instance): Promise<SendAnswer> {
  const sent = await callOf(by, 'POST', action, { phone: channel, ...body })
  return sent as unknown as SendAnswer
}

async function error({ zaapId }: SendAnswer): Promise<unknown> {
  return (await journey.delivery(zaapId)).body['error']
}

/** Sends it, and waits until a follower's phone shows it and its callback says that it was sent. */
async function post(action: string, body: object): Promise<PhoneMessage> {
  const sent = await send(action, body)
  const message = await shown(ana, sent.messageId)
  expect(await error(sent)).toBeUndefined()
  return message
}

const fixture = (name: string): Buffer => readFileSync(new URL(`../media/${name}`, import.meta.url))
const dataUri = (type: string, bytes: Buffer) => `data:${type};base64,${bytes.toString('base64')}`
const png = async (background: string): Promise<string> => {
  const create = { width: 64, height: 32, channels: 3, background } as const
  return dataUri('image/png', await sharp({ create }).png().toBuffer())
}

test.each([
  [
    'send-image',
    async () => ({ image: await png('teal'), caption: 'Obra' }),
    'imageMessage',
    'image',
  ],
  [
    'send-video',
    async () => ({ video: dataUri('video/mp4', fixture('video.mp4')) }),
    'videoMessage',
    'video',
  ],
  [
    'send-gif',
    async () => ({ gif: dataUri('video/mp4', fixture('video.mp4')) }),
    'videoMessage',
    'gif',
  ],
  [
    'send-audio',
    async () => ({ audio: dataUri('audio/ogg', fixture('voice.ogg')) }),
    'audioMessage',
    'ptt',
  ],
  ['send-sticker', async () => ({ sticker: await png('red') }), 'stickerMessage', 'sticker'],
] as const)(
  '%s is on the phone of a follower, its file open to read',
  async (action, body, field, kind) => {
    const { content, shows, files, stanza } = await post(action, await body())
    expect(shows).toMatchObject({ android: true, ios: true, web: true })
    expect([...files.values()].every(({ fetched }) => fetched)).toBe(true)
    const file = content[field]
    expect(file?.directPath).toMatch(new RegExp(`^/newsletter/newsletter-${kind}/`, 'u'))
    expect(file?.mediaKey ?? []).toHaveLength(0)
    const [plaintext] = Array.isArray(stanza.content) ? stanza.content : []
    expect(plaintext).toMatchObject({ tag: 'plaintext', attrs: { mediatype: kind } })
  },
)

test('a file that the media host takes for good carries its name there', async () => {
  const stanzas: unknown[] = []
  journey.simulator.network.on('stanza', ({ stanza: { attrs } }) => stanzas.push(attrs))
  const { content } = await post('send-image', { image: await png('navy'), caption: 'Nova' })
  const sha256 = Buffer.from(content.imageMessage?.fileSha256 ?? []).toString('base64url')
  expect(stanzas).toContainEqual(expect.objectContaining({ media_id: `4:${sha256}` }))
})

test('an edited text and an edited caption take the place of what the follower saw', async () => {
  const text = await post('send-text', { message: 'Água às 9h' })
  expect(
    await error(await send('send-text', { message: 'Água às 10h', editMessageId: text.id })),
  ).toBeUndefined()
  const edited = await ana.untilMessage(({ id, state }) => id === text.id && state.edited === true)
  expect(edited).toMatchObject({ text: 'Água às 10h', chat: channel })

  const image = await post('send-image', { image: await png('gold'), caption: 'Antes' })
  const { messageId } = await send('send-image', {
    image: 'x',
    caption: 'Depois',
    editImageMessageId: image.id,
  })
  expect(messageId).not.toBe(image.id)
  const changed = await ana.untilMessage(
    ({ id, state }) => id === image.id && state.edited === true,
  )
  expect(changed).toMatchObject({ text: 'Depois' })
  expect(changed.image?.sha256).toBe(image.image?.sha256)
})

test('a second edit is based on the first', async () => {
  const { id } = await post('send-text', { message: 'Um' })
  for (const message of ['Dois', 'Três']) {
    expect(await error(await send('send-text', { message, editMessageId: id }))).toBeUndefined()
  }
  await ana.untilMessage((each) => each.id === id && each.text === 'Três')
})

test('a reaction names the number of the post, is counted, and is taken back', async () => {
  const { id } = await post('send-text', { message: 'Festa sábado' })
  const reactions = (count: number) =>
    ana.untilMessage((each) => each.id === id && each.state.reactions.length === count)
  expect(
    await error(await send('send-reaction', { reaction: '👍', messageId: id })),
  ).toBeUndefined()
  expect((await reactions(1)).state.reactions).toEqual([{ from: '', text: '👍' }])
  expect(await error(await send('send-remove-reaction', { messageId: id }))).toBeUndefined()
  await reactions(0)
})

test('a follower hears the post and reacts to it', async () => {
  const { id, image } = await post('send-image', { image: await png('lime'), caption: 'Olhem' })
  const { body } = await journey.callbacks.next(
    (each) => each.body['type'] === 'ReceivedCallback' && each.body['messageId'] === id,
  )
  expect(body).toMatchObject({ isNewsletter: true, phone: channel, image: { caption: 'Olhem' } })
  const file = await fetch(Object(body['image']).imageUrl)
  expect(file.headers.get('content-type')).toBe('image/jpeg')
  const bytes = Buffer.from(await file.arrayBuffer())
  expect(createHash('sha256').update(bytes).digest('hex')).toBe(image?.sha256)
  expect(
    await error(await send('send-reaction', { reaction: '❤️', messageId: id }, follower)),
  ).toBeUndefined()
  await ana.untilMessage((each) => each.id === id && each.state.reactions[0]?.text === '❤️')
})

/** What the follower's callback tells of it, each once. */
const toldOf = async (id: string, telling: object) => {
  const { body } = await journey.callbacks.next(
    (each) =>
      each.body['instanceId'] === follower.id &&
      each.body['messageId'] === id &&
      each.body['type'] === 'ReceivedCallback' &&
      Object.entries(telling).every(([key, value]) => isDeepStrictEqual(each.body[key], value)),
  )
  return body
}

test('a follower is told of each edit and of the deletion', async () => {
  const { id } = await post('send-text', { message: 'Aula às 8' })
  for (const message of ['Aula às 9', 'Aula às 10']) {
    await send('send-text', { message, editMessageId: id })
    expect(await toldOf(id, { isEdit: true, text: { message } })).toMatchObject({
      isNewsletter: true,
      phone: channel,
      fromMe: false,
      waitingMessage: false,
    })
  }
  await callOf(instance, 'DELETE', `messages?phone=${channel}&messageId=${id}&owner=true`)
  expect(await toldOf(id, { notification: 'REVOKE' })).toMatchObject({
    isNewsletter: true,
    waitingMessage: false,
  })
})

test('a deleted post is gone from the phone of the follower, and nothing changes it any more', async () => {
  const { id } = await post('send-text', { message: 'Engano' })
  await callOf(instance, 'DELETE', `messages?phone=${channel}&messageId=${id}&owner=true`)
  await ana.untilMessage((each) => each.id === id && each.state.deletedBy !== undefined)
  expect(await error(await send('send-text', { message: 'Ei', editMessageId: id }))).toMatch(
    /not known|not found/u,
  )
})

test('a refusal of WhatsApp ends in a callback that says why', async () => {
  const { id } = await post('send-text', { message: 'Oi' })
  const image = { image: await png('pink'), caption: 'Minha' }
  expect(await error(await send('send-image', image, follower))).toMatch(/403/u)

  await callOf(instance, 'POST', `newsletter/settings/${channel}`, { reactionCodes: 'basic' })
  const reaction = { reaction: '🦜', messageId: id }
  expect(await error(await send('send-reaction', reaction))).toMatch(/403/u)
})

test('what channels show nothing of is refused before it is queued', async () => {
  const { id } = await post('send-text', { message: 'Oi' })
  const video = dataUri('video/mp4', fixture('video.mp4'))
  for (const [action, body] of [
    ['send-ptv', { ptv: video }],
    ['send-image', { image: await png('blue'), viewOnce: true }],
    ['send-document/pdf', { document: 'https://example.com/a.pdf' }],
    ['send-location', { title: 'A', address: 'B', latitude: '1', longitude: '1' }],
    ['pin-message', { messageId: id, messageAction: 'pin', pinMessageDuration: '24_hours' }],
  ] as const)
    await expect(send(action, body)).rejects.toThrow(/400.*channels cannot receive this/u)
  await expect(
    callOf(instance, 'DELETE', `messages?phone=${channel}&messageId=${id}&owner=false`),
  ).rejects.toThrow(/400.*only what this number wrote/u)
})
