/** What a channel takes, and what it refuses, stanza by stanza. */

import { type BinaryNode, proto } from 'baileys'
import { beforeEach, expect, test } from 'vitest'
import type { Device } from '../account.js'
import { Network } from '../network.js'
import type { Newsletter } from '../newsletter.js'
import { takeNewsletterMessage } from './newsletter-messages.js'

const dayMs = 24 * 60 * 60 * 1000

let now: number
let network: Network
let newsletter: Newsletter
let owner: Device
let follower: Device

beforeEach(() => {
  now = 1_800_000_000_000
  network = new Network(() => now)
  const account = network.register({ phone: '5511', name: 'Ana', business: false })
  const other = network.register({ phone: '5512', name: 'Bia', business: false })
  owner = account.addPrimary(now)
  follower = other.addPrimary(now)
  newsletter = network.addNewsletter({ name: 'Avisos', owner: account })
  newsletter.followers.add(other)
})

const take = (node: BinaryNode, from = owner) =>
  takeNewsletterMessage(node, from, newsletter, network)

function message(
  content: proto.IMessage | undefined,
  attrs: BinaryNode['attrs'] = {},
  mediatype?: string,
): BinaryNode {
  const plaintext: BinaryNode = {
    tag: 'plaintext',
    attrs: mediatype === undefined ? {} : { mediatype },
    ...(content && { content: proto.Message.encode(proto.Message.fromObject(content)).finish() }),
  }
  return { tag: 'message', attrs: { id: 'A1', type: 'text', ...attrs }, content: [plaintext] }
}

const text = { conversation: 'Oi' }
const sha256 = Buffer.alloc(32, 7)
const image = {
  imageMessage: { directPath: '/newsletter/newsletter-image/x', fileSha256: sha256 },
}
const media = (content: proto.IMessage, mediatype?: string) =>
  message(content, { type: 'media' }, mediatype)
const reaction = (attrs: BinaryNode['attrs'], code?: string): BinaryNode => ({
  tag: 'message',
  attrs: { id: 'R1', type: 'reaction', ...attrs },
  content: [{ tag: 'reaction', attrs: code === undefined ? {} : { code } }],
})

test('a text and an open file are taken, each under the next number', () => {
  expect(take(message(text))).toEqual({ serverId: '101' })
  expect(take(media(image, 'image'))).toEqual({ serverId: '102' })
  expect(follower.waiting).toMatchObject([
    { attrs: { id: 'A1', server_id: '101' } },
    { attrs: { server_id: '102', type: 'media' } },
  ])
})

test.each<[string, () => BinaryNode]>([
  ['media without their kind', () => media(image)],
  [
    'an encrypted file',
    () => media({ imageMessage: { ...image.imageMessage, mediaKey: sha256 } }, 'image'),
  ],
  [
    'a file that lies where those of chats do',
    () => media({ imageMessage: { ...image.imageMessage, directPath: '/mms/image/x' } }, 'image'),
  ],
  ['a round video', () => media({ ptvMessage: image.imageMessage }, 'video')],
  [
    'an edit in the form of chats',
    () => message({ protocolMessage: { type: proto.Message.ProtocolMessage.Type.MESSAGE_EDIT } }),
  ],
  ['a reaction in the form of chats', () => message({ reactionMessage: { text: '👍' } })],
  ['the edit number of chats', () => message(text, { edit: '1' })],
  ['no content', () => message(undefined)],
])('%s is refused with 479', (_, node) => {
  expect(take(node())).toEqual({ refusal: 479 })
  expect(follower.waiting).toEqual([])
})

test('who does not run the channel writes nothing in it', () => {
  expect(take(message(text), follower)).toEqual({ refusal: 403 })
})

test('an edit keeps the number, says both moments, and is taken for thirty days', () => {
  take(message(text))
  now += 30 * dayMs
  expect(take(message({ conversation: 'Olá' }, { edit: '3' }))).toEqual({ serverId: '101' })
  expect(follower.waiting.at(-1)).toMatchObject({
    attrs: { id: 'A1', edit: '3', server_id: '101' },
    content: [{ tag: 'plaintext' }, { tag: 'meta', attrs: { original_msg_t: '1800000000' } }],
  })
  now += 1
  expect(take(message(text, { edit: '3' }))).toEqual({ refusal: 403 })
})

test('a deletion has no content, and nothing changes the message after it', () => {
  take(message(text))
  expect(take(message(text, { edit: '8' }))).toEqual({ refusal: 479 })
  expect(take(message(undefined, { edit: '8' }))).toEqual({ serverId: '101' })
  expect(take(message(text, { edit: '3' }))).toEqual({ refusal: 404 })
  expect(take(message(undefined, { edit: '8' }))).toEqual({ refusal: 404 })
  expect(take(reaction({ server_id: '101' }, '👍'))).toEqual({ refusal: 404 })
})

test('a reaction names a number and one of its followers; a second one takes the place of the first', () => {
  take(message(text))
  expect(take(reaction({}, '👍'))).toEqual({ refusal: 479 })
  expect(take(reaction({ server_id: '101' }))).toEqual({ refusal: 479 })
  const stranger = network.register({ phone: '5513', name: 'Caio', business: false })
  const theirs = stranger.addPrimary(now)
  expect(take(reaction({ server_id: '101' }, '👍'), theirs)).toEqual({ refusal: 403 })
  expect(take(reaction({ server_id: '101' }, '👍'), follower)).toEqual({ serverId: undefined })
  expect(take(reaction({ server_id: '101' }, '🦜'), follower)).toEqual({ serverId: undefined })
  expect([...(newsletter.numbered('101')?.reactions.values() ?? [])]).toEqual(['🦜'])
  expect(take(reaction({ server_id: '101', edit: '7' }), follower)).toEqual({ serverId: undefined })
  expect(newsletter.numbered('101')?.reactions.size).toBe(0)
})

test('a channel of basic reactions takes no others', () => {
  newsletter.reactionCodes = 'BASIC'
  take(message(text))
  expect(take(reaction({ server_id: '101' }, '🦜'))).toEqual({ refusal: 403 })
  expect(take(reaction({ server_id: '101' }, '🙏'))).toEqual({ serverId: undefined })
})
