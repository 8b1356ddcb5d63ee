/** What an instance with a proxy fetches from WhatsApp's media host, and puts there, goes through the proxy too. */

import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { SandboxInstance } from '../../../sandbox/src/gateway-client.js'
import { pair } from '../../../sandbox/src/sandbox.js'
import { Journey, shown } from '../support/journey.js'
import { ProxyServer } from '../support/proxy-server.js'

let journey: Journey
let proxy: ProxyServer

beforeAll(async () => {
  journey = await Journey.start()
  proxy = await ProxyServer.start()
})
afterAll(async () => {
  await journey[Symbol.asyncDispose]()
  await proxy[Symbol.asyncDispose]()
})

const setProxy = (instance: SandboxInstance, proxyUrl: string) =>
  journey.client.onInstance(instance, 'PUT', 'integrator/configure-proxy', {
    proxyUrl,
    enable: true,
  })

async function instanceWithProxy(): Promise<SandboxInstance> {
  const instance = await journey.newInstance()
  await setProxy(instance, proxy.url('socks5'))
  proxy.tunnels.length = 0
  return instance
}

const chatsOf = (instance: SandboxInstance) => () =>
  journey.client.onInstance(instance, 'GET', 'chats')
const toMediaHost = ({ tunnels } = proxy) =>
  tunnels.filter((end) => end !== new URL(journey.simulator.url).host)

test('the history', async () => {
  const phone = await journey.newPhone()
  const ana = await journey.newPhone()
  phone.past = {
    chats: [{ with: ana.phone, name: 'Ana', messages: [{ text: 'oi', at: Date.now() }] }],
    pushNames: { [ana.phone]: 'aninha' },
  }
  const instance = await instanceWithProxy()
  await pair(journey.client, instance, phone)
  await expect.poll(chatsOf(instance)).toMatchObject([{ name: 'Ana' }])
  await expect
    .poll(() => journey.client.onInstance(instance, 'GET', 'contacts'))
    .toMatchObject([{ notify: 'aninha' }])
  expect(toMediaHost()).not.toEqual([])
})

test('the snapshot of what other devices set', async () => {
  const { instance: first, phone } = await journey.pairedInstance()
  const bia = await journey.newPhone()
  const { id } = await bia.send(phone.phone, 'oi')
  await journey.callbacks.next(({ body }) => body['messageId'] === id)
  const pin = { phone: bia.phone, action: 'pin' }
  await journey.client.onInstance(first, 'POST', 'modify-chat', pin)

  const instance = await instanceWithProxy()
  await pair(journey.client, instance, phone)
  await expect.poll(chatsOf(instance)).toMatchObject([{ pinned: 'true' }])
  expect(toMediaHost()).not.toEqual([])
})

test('files of received messages: by the proxy of the moment and never past it, also while disconnected', async () => {
  await using other = await ProxyServer.start()
  const instance = await instanceWithProxy()
  const phone = await journey.newPhone()
  await pair(journey.client, instance, phone)
  const ana = await journey.newPhone()
  const file = randomBytes(2_000)
  const id = await ana.share(phone.phone, { document: file, mimetype: 'application/pdf' })
  const { body } = await journey.callbacks.next((told) => told.body['messageId'] === id)
  const url = String(Object(body['document']).documentUrl)
  const tries = async () => {
    const before = [toMediaHost().length, toMediaHost(other).length]
    const answer = await fetch(url)
    const bytes = Buffer.from(await answer.arrayBuffer())
    const [byFirst = 0, byOther = 0] = [toMediaHost().length, toMediaHost(other).length].map(
      (count, place) => count - (before[place] ?? 0),
    )
    return { status: answer.status, isWhole: bytes.equals(file), byFirst, byOther }
  }
  expect(await tries()).toEqual({ status: 200, isWhole: true, byFirst: 1, byOther: 0 })

  await setProxy(instance, other.url('http'))
  expect(await tries()).toEqual({ status: 200, isWhole: true, byFirst: 0, byOther: 1 })

  await journey.setFaults({ media: { download: 'missing' } })
  expect(await tries()).toMatchObject({ status: 410, byFirst: 0, byOther: 1 })
  await journey.setFaults({ media: {} })

  await journey.client.onInstance(instance, 'GET', 'disconnect')
  expect(await tries()).toEqual({ status: 200, isWhole: true, byFirst: 0, byOther: 1 })

  other.refuses = true
  expect(await tries()).toEqual({ status: 502, isWhole: false, byFirst: 0, byOther: 0 })
})

test('files that a send uploads', async () => {
  const instance = await instanceWithProxy()
  const phone = await journey.newPhone()
  await pair(journey.client, instance, phone)
  proxy.tunnels.length = 0
  const ana = await journey.newPhone()
  const document = `data:application/pdf;base64,${randomBytes(900).toString('base64')}`
  const { messageId } = Object(
    await journey.client.onInstance(instance, 'POST', 'send-document/pdf', {
      phone: ana.phone,
      document,
    }),
  )
  await shown(ana, messageId)
  expect(toMediaHost()).toHaveLength(1)
})
