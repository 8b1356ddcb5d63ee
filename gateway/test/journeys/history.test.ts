/** What was said before the linking: read to its end whatever happens, once, and as far back as it was set. */

import { afterAll, beforeAll, expect, test } from 'vitest'
import type { SandboxInstance } from '../../../sandbox/src/gateway-client.js'
import { pair } from '../../../sandbox/src/sandbox.js'
import { Journey } from '../support/journey.js'

const day = 86_400_000
const lastTalk = Date.UTC(2026, 10, 1)
const said = (text: string, minutes: number) => ({ text, at: lastTalk + minutes * 60_000 })

let journey: Journey

beforeAll(async () => {
  journey = await Journey.start({ settings: { RECADO_HISTORY: 'full' } })
})
afterAll(() => journey[Symbol.asyncDispose]())

async function textsIn(instance: SandboxInstance, phone: string, query = ''): Promise<string[]> {
  const path = `chat-messages/${phone}${query}`
  const listed = await journey.client.onInstance(instance, 'GET', path)
  return (listed as { text: { message: string } }[]).map(({ text }) => text.message)
}

test('a part that was not read when the process died is read after the restart, and nothing twice', async () => {
  const own = await journey.newPhone()
  const { phone: ana } = await journey.newPhone()
  const { phone: bia } = await journey.newPhone()
  const messages = Array.from({ length: 30 }, (_, index) => ({
    text: `texto ${index}`,
    at: lastTalk + index * 60_000,
    fromMe: index % 2 === 1,
  }))
  own.past = {
    chats: [{ with: ana, name: 'Ana', messages }],
    older: [{ with: bia, name: 'Bia', messages: [{ text: 'antigo', at: lastTalk - 400 * day }] }],
  }
  await journey.setFaults({ media: { delayMs: 120_000 } })
  const instance = await journey.newInstance()
  await pair(journey.client, instance, own)
  // The newest message comes with the notice itself, all others from the media host.
  await expect.poll(() => textsIn(instance, ana)).toEqual(['texto 29'])
  await journey.killGateway()
  await journey.setFaults({ media: {} })
  await journey.restartGateway()

  const whole = messages.map(({ text }) => text)
  await expect.poll(() => textsIn(instance, ana, '?amount=100')).toEqual(whole)
  await expect.poll(() => textsIn(instance, bia)).toEqual(['antigo'])
  const chats = await journey.client.onInstance(instance, 'GET', 'chats')
  expect(chats).toMatchObject([{ name: 'Ana' }, { name: 'Bia' }])
})

test('the history of a number is gone once the instance is linked to another, and what waits of it is not read', async () => {
  const first = await journey.newPhone()
  const { phone: ana } = await journey.newPhone()
  first.past = {
    chats: [{ with: ana, name: 'Ana', messages: [said('oi', 0), said('tudo bem?', 1)] }],
  }
  await journey.setFaults({ media: { delayMs: 120_000 } })
  const instance = await journey.newInstance()
  await pair(journey.client, instance, first)
  await expect.poll(() => textsIn(instance, ana)).toEqual(['tudo bem?'])
  await journey.client.onInstance(instance, 'GET', 'disconnect')

  const second = await journey.newPhone()
  const { phone: bia } = await journey.newPhone()
  second.past = {
    chats: [{ with: bia, name: 'Bia', messages: [said('olá', 0), said('e aí?', 1)] }],
  }
  // Long enough for the first part of the second number to come before the media host has answered.
  await journey.setFaults({ media: { delayMs: 1_000 } })
  await pair(journey.client, instance, second)
  await expect.poll(() => textsIn(instance, bia)).toEqual(['olá', 'e aí?'])
  expect(await textsIn(instance, ana)).toEqual([])
  await journey.setFaults({ media: {} })
})

test('older messages than those of the linking are asked of the phone, and listed after a restart too', async () => {
  const own = await journey.newPhone()
  const { phone: ana } = await journey.newPhone()
  own.past = {
    chats: [{ with: ana, name: 'Ana', messages: [said('novo', 0)] }],
    deeper: [{ with: ana, messages: [said('bem antigo', -90), said('antigo', -60)] }],
  }
  const instance = await journey.newInstance()
  await pair(journey.client, instance, own)
  await expect.poll(() => textsIn(instance, ana)).toEqual(['novo'])
  expect(await textsIn(instance, ana, '?older=true')).toEqual(['novo'])
  await expect.poll(() => textsIn(instance, ana)).toEqual(['bem antigo', 'antigo', 'novo'])
  await journey.killGateway()
  await journey.restartGateway()
  expect(await textsIn(instance, ana)).toEqual(['bem antigo', 'antigo', 'novo'])
  await expect(textsIn(instance, own.phone, '?older=maybe')).rejects.toThrow(/400.*older/u)
})
