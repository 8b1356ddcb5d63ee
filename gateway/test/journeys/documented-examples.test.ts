/** Z-API's own examples of the message group, as they stand: each is answered as documented, and ends in a message. */

import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Phone } from '@recado/simulator'
import { proto } from 'baileys'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { SandboxInstance } from '../../../sandbox/src/gateway-client.js'
import { clientToken, Journey } from '../support/journey.js'
import { contract } from '../zapi/contract.js'

interface Example {
  readonly method: string
  /** Path below the instance, with its query. */
  readonly action: string
  readonly body?: Readonly<Record<string, unknown>>
}

/** By page. Of two pages without an example of their own, that of the contract. */
const examples: Readonly<Record<string, Example>> = JSON.parse(
  readFileSync(new URL('../zapi/message-examples.json', import.meta.url), 'utf8'),
)
const pages = contract.filter(({ group }) => group === 'message')

interface Side {
  readonly instance: SandboxInstance
  readonly phone: Phone
}

let journey: Journey
let own: Side
/** Whose message is deleted: the examples use the id of one in another chat for it. */
let deleting: Side
const people = new Map<string, Phone>()

const fixture = (name: string): Buffer => readFileSync(new URL(`../media/${name}`, import.meta.url))
const square = sharp({ create: { width: 64, height: 64, channels: 3, background: 'teal' } })
/** The hosts of the examples are of others, so a file of the right kind stands here. */
const files: Readonly<Record<string, Buffer>> = {
  image: await square.png().toBuffer(),
  sticker: await square.webp().toBuffer(),
  audio: fixture('sound.mp3'),
  video: fixture('video.mp4'),
  gif: fixture('video.mp4'),
  ptv: fixture('video.mp4'),
  document: Buffer.from('%PDF-1.4 exemplo'),
}
const server = createServer(({ url }, response) => response.end(files[url?.slice(1) ?? '']))

beforeAll(async () => {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  journey = await Journey.start()
  own = await journey.pairedInstance()
  deleting = await journey.pairedInstance()
  for (const phone of Object.values(examples).flatMap(phonesIn))
    if (!people.has(phone)) people.set(phone, await journey.newPhone({ phone }))
  await earlierMessages()
  ownChannel()
})

afterAll(async () => {
  await journey[Symbol.asyncDispose]()
  server.close()
})

/** The chat, and the one that a forwarded message stands in. */
function phonesIn({ action, body }: Example): readonly string[] {
  const inQuery = new URLSearchParams(action.split('?')[1]).get('phone')
  return [inQuery, body?.['phone'], body?.['messagePhone']].filter(
    (each): each is string => typeof each === 'string',
  )
}

function person(phone: string): Phone {
  const found = people.get(phone)
  if (found === undefined) throw new Error('no such person')
  return found
}

/** What the examples refer to, under the ids that they name. */
async function earlierMessages(): Promise<void> {
  const messageSecret = createHash('sha256').update('example').digest()
  const text: proto.IMessage = { conversation: 'Antes' }
  const poll: proto.IMessage = {
    pollCreationMessage: { name: 'Qual?', options: [{ optionName: 'Z-API' }, { optionName: 'B' }] },
    messageContextInfo: { messageSecret },
  }
  const event: proto.IMessage = {
    eventMessage: { name: 'Evento', startTime: 1_800_000_000 },
    messageContextInfo: { messageSecret },
  }
  const question: proto.IMessage = {
    interactiveMessage: {
      body: { text: 'Z-API é bom?' },
      nativeFlowMessage: {
        messageVersion: 1,
        buttons: [{ name: 'quick_reply', buttonParamsJson: '{"display_text":"Sim","id":"1"}' }],
      },
    },
  }
  /** The chat of the message that the example names, and its id. */
  const named = (page: string, attribute: string): readonly [string, string] => {
    const example = examples[page]
    if (example === undefined) throw new Error(`no example of ${page}`)
    return [phonesIn(example).at(-1) ?? '', String(example.body?.[attribute])]
  }
  const said: readonly (readonly [string, string, proto.IMessage])[] = [
    ['message/forward-message', 'messageId', text],
    ['message/read-message', 'messageId', text],
    ['message/reply-message', 'messageId', text],
    ['message/send-message-reaction', 'messageId', text],
    ['message/send-pin-message', 'messageId', text],
    ['message/send-poll-vote', 'pollMessageId', poll],
    ['message/reply-button', 'messageId', question],
  ]
  const ids: string[] = []
  for (const [page, attribute, content] of said) {
    const [chat, id] = named(page, attribute)
    ids.push(await person(chat).forge(own.phone.phone, content, id))
  }
  const [chat, eventId] = named('message/send-edit-event', 'eventMessageId')
  await own.phone.forge(chat, event, eventId)
  const query = new URLSearchParams(examples['message/delete-message']?.action.split('?')[1])
  await deleting.phone.forge(query.get('phone') ?? '', text, query.get('messageId') ?? '')
  for (const id of ids) await journey.callbacks.next(({ body: { messageId } }) => messageId === id)
}

/** The channel of the example that invites an admin. */
function ownChannel(): void {
  const { adminInviteMessage: invite } =
    examples['message/send-newsletter-admin-invite']?.body ?? {}
  const { newsletterId: id } = invite as { readonly newsletterId: string }
  const { network } = journey.simulator
  const owner = network.byPhone(own.phone.phone)
  if (owner === undefined) throw new Error('the own number has no account')
  network.addNewsletter({ id, name: 'Avisos', owner })
}

/** URLs, and words that stand for one, lead to a file of the kind that the attribute takes. */
function withOwnFiles(body: object): unknown {
  const { port } = server.address() as AddressInfo
  return JSON.parse(JSON.stringify(body), (name, value: unknown) =>
    name in files && typeof value === 'string' ? `http://127.0.0.1:${port}/${name}` : value,
  )
}

test('each page of the group has an example', () => {
  expect(Object.keys(examples).toSorted()).toEqual(pages.map(({ page }) => page).toSorted())
})

test.each(pages)('the example of $page runs', async ({ page, answer: documented }) => {
  const { method, action, body } = examples[page] ?? { method: '', action: '' }
  const { instance } = page === 'message/delete-message' ? deleting : own
  const url = `${journey.gateway.url}/instances/${instance.id}/token/${instance.token}/${action}`
  const response = await fetch(url, {
    method,
    headers: { 'client-token': clientToken, 'content-type': 'application/json' },
    ...(body && { body: JSON.stringify(withOwnFiles(body)) }),
  })
  const text = await response.text()
  expect([response.status, text]).toEqual([documented.status, expect.any(String)])
  if (text === '') return
  const { zaapId } = JSON.parse(text) as { zaapId: string }
  expect((await journey.delivery(zaapId)).body).not.toHaveProperty('error')
})
