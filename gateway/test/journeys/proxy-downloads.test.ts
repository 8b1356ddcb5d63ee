/** What is fetched from WhatsApp's media host after the linking goes through the proxy of the instance, too. */

import { afterAll, beforeAll, expect, test } from 'vitest'
import type { SandboxInstance } from '../../../sandbox/src/gateway-client.js'
import { pair } from '../../../sandbox/src/sandbox.js'
import { Journey } from '../support/journey.js'
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

async function instanceWithProxy(): Promise<SandboxInstance> {
  const instance = await journey.newInstance()
  const proxied = { proxyUrl: proxy.url('socks5'), enable: true }
  await journey.client.onInstance(instance, 'PUT', 'integrator/configure-proxy', proxied)
  proxy.tunnels.length = 0
  return instance
}

const chatsOf = (instance: SandboxInstance) => () =>
  journey.client.onInstance(instance, 'GET', 'chats')
const toMediaHost = () => proxy.tunnels.filter((end) => end !== new URL(journey.simulator.url).host)

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
