/** What a call makes of a chat, seen on the phone of the number and on that of the other person. */

import { chatModificationToAppPatch } from 'baileys'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Phone } from '@recado/simulator'
import type { SandboxInstance } from '../../../sandbox/src/gateway-client.js'
import { writesFirst } from '../support/faster-device.js'
import { Journey } from '../support/journey.js'

let journey: Journey
let instance: SandboxInstance
let own: Phone

beforeAll(async () => {
  journey = await Journey.start()
  ;({ instance, phone: own } = await journey.pairedInstance())
})

afterAll(async () => {
  await journey[Symbol.asyncDispose]()
})

const modify = (phone: string, action: unknown) =>
  journey.client.onInstance(instance, 'POST', 'modify-chat', { phone, action })
const done = { value: true }

async function saidIn(phone: string): Promise<readonly (string | undefined)[]> {
  const said = await journey.client.onInstance(instance, 'GET', `chat-messages/${phone}`)
  return (said as { text?: { message: string } }[]).map(({ text }) => text?.message)
}

/** A chat in which a person wrote two messages, which the gateway has. */
async function chatWithTwo(): Promise<Phone> {
  const ana = await journey.newPhone()
  for (const text of ['oi', 'tudo bem?']) {
    const { id } = await ana.send(own.phone, text)
    await journey.callbacks.next(({ body }) => body['messageId'] === id)
  }
  return ana
}

test('a chat is archived, pinned and muted on the phone, and all of it is undone', async () => {
  const { phone } = await chatWithTwo()
  expect(await modify(phone, 'pin')).toEqual(done)
  await own.chats.until(phone, ({ pinnedAt }) => pinnedAt !== undefined)
  expect(await modify(phone, 'archive')).toEqual(done)
  const archived = await own.chats.until(phone, (chat) => chat.archived && !chat.pinnedAt)
  expect(archived.archived).toBe(true)
  expect(await modify(phone, 'mute')).toEqual(done)
  await own.chats.until(phone, ({ mutedUntil }) => mutedUntil === 'always')

  expect(await modify(phone, 'unarchive')).toEqual(done)
  expect(await modify(phone, 'unmute')).toEqual(done)
  await own.chats.until(phone, (chat) => !chat.archived && chat.mutedUntil === undefined)
  await modify(phone, 'pin')
  await modify(phone, 'unpin')
  await own.chats.until(phone, ({ pinnedAt }) => pinnedAt === undefined)
})

test('a chat that is read shows it to the author, and one marked unread does not', async () => {
  const ana = await chatWithTwo()
  expect(await modify(ana.phone, 'unread')).toEqual(done)
  await own.chats.until(ana.phone, ({ markedUnread }) => markedUnread)
  expect(ana.messages.map(({ status }) => status)).toEqual(['delivered', 'delivered'])
  expect(await modify(ana.phone, 'read')).toEqual(done)
  await own.chats.until(ana.phone, ({ markedUnread }) => !markedUnread)
  for (const { id } of ana.messages)
    await ana.untilMessage((message) => message.id === id && message.status === 'read')
  expect(own.messages.filter(({ chat }) => chat === ana.phone)).toMatchObject([
    { status: 'read' },
    { status: 'read' },
  ])
})

test('a chat that is cleared or deleted is empty on the phone, and whole at the other person', async () => {
  for (const action of ['clear', 'delete']) {
    const ana = await chatWithTwo()
    const shown = () => own.messages.filter(({ chat }) => chat === ana.phone).length
    expect(shown()).toBe(2)
    expect(await modify(ana.phone, action)).toEqual(done)
    await own.chats.until(ana.phone, () => shown() === 0)
    expect(ana.messages).toHaveLength(2)
    expect(await saidIn(ana.phone)).toEqual([])
  }
})

test('what the phone clears or deletes is erased here, and what came later is not', async () => {
  for (const change of ['clear', 'delete'] as const) {
    const ana = await chatWithTwo()
    await own.untilMessage(({ text, chat }) => chat === ana.phone && text === 'tudo bem?')
    expect(await saidIn(ana.phone)).toEqual(['oi', 'tudo bem?'])
    const jid = `${journey.simulator.phone(ana.phone)?.lid}@lid`
    const lastMessageTimestamp = Math.floor((ana.messages.at(-1)?.at ?? 0) / 1_000)
    const range = { lastMessages: { lastMessageTimestamp } }
    const cleared =
      change === 'clear' ? { clear: true, ...range } : { delete: true as const, ...range }
    await own.appState.write(chatModificationToAppPatch(cleared, jid))
    await expect.poll(() => saidIn(ana.phone)).toEqual([])
    const { id } = await ana.send(own.phone, 'e agora?')
    await journey.callbacks.next(({ body }) => body['messageId'] === id)
    expect(await saidIn(ana.phone)).toEqual(['e agora?'])
    const chats = await journey.client.onInstance(instance, 'GET', 'chats')
    expect(chats).toContainEqual(expect.objectContaining({ phone: ana.phone }))
  }
})

test('a group is changed as a person is', async () => {
  const ana = await journey.newPhone()
  const members = [own.phone, ana.phone]
  const { id } = journey.simulator.addGroup({ subject: 'Turma', members })
  const { id: messageId } = await ana.send(id, 'oi')
  await journey.callbacks.next(({ body }) => body['messageId'] === messageId)
  expect(await modify(id.replace('@g.us', '-group'), 'archive')).toEqual(done)
  await own.chats.until(id, ({ archived }) => archived)
  expect(await modify(id.replace('@g.us', '-group'), 'read')).toEqual(done)
  await ana.untilMessage((message) => message.id === messageId && message.status === 'read')
})

describe('when another device writes at the same moment', () => {
  test('the call waits its turn and loses nothing', async () => {
    const { phone } = await chatWithTwo()
    const jid = `${journey.simulator.phone(phone)?.lid}@lid`
    const isFirst = await writesFirst(journey.simulator, own, { pin: true }, jid)
    expect(await modify(phone, 'unread')).toEqual(done)
    expect(isFirst()).toBe(true)
    await own.chats.until(phone, ({ pinnedAt, markedUnread }) => markedUnread && !!pinnedAt)
  })
})

describe('a call that cannot be done', () => {
  test('says what is wrong', async () => {
    const { phone } = await journey.newPhone()
    await expect(modify('', 'archive')).rejects.toThrow(/400.*Invalid phone/u)
    await expect(modify(phone, 'hide')).rejects.toThrow(/400.*action/u)
    await expect(modify('5511900000000', 'archive')).rejects.toThrow(/400.*not on WhatsApp/u)
  })

  test('says that the instance is not connected', async () => {
    const alone = await journey.newInstance()
    const body = { phone: '5511999999999', action: 'archive' }
    await expect(journey.client.onInstance(alone, 'POST', 'modify-chat', body)).rejects.toThrow(
      /400.*not connected/u,
    )
  })
})
