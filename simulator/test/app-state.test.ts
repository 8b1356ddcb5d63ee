/** What the devices of an account share of its chats, between a phone and unmodified clients. */

import { chatModificationToAppPatch, type ChatUpdate } from 'baileys'
import { describe, expect } from 'vitest'
import type { Phone } from '../src/phone.js'
import type { Client } from './support/client.js'
import { type Lab, test } from './support/lab.js'

const LOJA = '5511999990000'
const ANA = '5511999990001'

interface Shared {
  readonly loja: Phone
  readonly client: Client
  readonly jid: string
  readonly updates: ChatUpdate[]
  readonly lastMessages: () => {
    key: { remoteJid: string; id: string; fromMe: boolean }
    messageTimestamp: number
  }[]
}

async function shared(lab: Lab): Promise<Shared> {
  const ana = await lab.phone(ANA)
  const loja = await lab.phone(LOJA)
  const client = await lab.linked(loja)
  const updates: ChatUpdate[] = []
  client.socket.ev.on('chats.update', (told) => updates.push(...told))
  await ana.send(LOJA, 'bom dia')
  await loja.untilMessage(({ text }) => text === 'bom dia')
  const jid = `${ana.lid}@lid`
  return {
    loja,
    client,
    jid,
    updates,
    lastMessages: () =>
      loja.messages.slice(-1).map(({ id, at }) => ({
        key: { remoteJid: jid, id, fromMe: false },
        messageTimestamp: Math.floor(at / 1_000),
      })),
  }
}

describe('a client', () => {
  test('archives, pins and mutes a chat of the phone, and undoes it', async ({ lab }) => {
    const { loja, client, jid, lastMessages } = await shared(lab)
    const modify = client.socket.chatModify
    await modify({ archive: true, lastMessages: lastMessages() }, jid)
    await modify({ pin: true }, jid)
    await modify({ mute: -1 }, jid)
    const state = await loja.chats.until(ANA, ({ mutedUntil }) => mutedUntil === 'always')
    expect(state).toMatchObject({ archived: true, pinnedAt: expect.any(Number) })
    await modify({ archive: false, lastMessages: lastMessages() }, jid)
    await modify({ pin: false }, jid)
    await modify({ mute: null }, jid)
    await loja.chats.until(ANA, ({ mutedUntil }) => mutedUntil === undefined)
    expect(loja.chats.of(ANA)).toEqual({ archived: false, markedUnread: false })
  })

  test('reads a chat, and clears it up to the message that it has seen', async ({ lab }) => {
    const { loja, client, jid, lastMessages } = await shared(lab)
    await client.socket.chatModify({ markRead: false, lastMessages: lastMessages() }, jid)
    await loja.chats.until(ANA, ({ markedUnread }) => markedUnread)
    await client.socket.chatModify({ markRead: true, lastMessages: lastMessages() }, jid)
    await loja.chats.until(ANA, ({ markedUnread }) => !markedUnread)
    expect(loja.messages).toMatchObject([{ status: 'read' }])
    await client.socket.chatModify({ clear: true, lastMessages: lastMessages() }, jid)
    await loja.chats.until(ANA, () => loja.messages.length === 0)
  })

  test('hears what the phone does with a chat', async ({ lab }) => {
    const { loja, jid, updates } = await shared(lab)
    await loja.changeChat(ANA, { act: 'archive', on: true })
    await loja.changeChat(ANA, { act: 'mute', until: 'always' })
    const told = () => updates.filter(({ id }) => id === jid)
    await expect.poll(told).toContainEqual(expect.objectContaining({ archived: true }))
    await expect.poll(told).toContainEqual(expect.objectContaining({ muteEndTime: -1 }))
  })
})

describe('two devices that write at once', () => {
  test('do not overwrite each other: the later one catches up first', async ({ lab }) => {
    const { loja, client, jid } = await shared(lab)
    const mine = chatModificationToAppPatch({ pin: true }, jid)
    const late = await loja.appState.prepare(mine)
    await client.socket.chatModify({ archive: true, lastMessages: [] }, jid)
    expect(late()).toBe(false)
    await loja.appState.write(mine)
    expect(loja.chats.of(ANA)).toMatchObject({ archived: true, pinnedAt: expect.any(Number) })
  })
})

describe('a record', () => {
  test('that was removed can be set again', async ({ lab }) => {
    const { loja } = await shared(lab)
    const jid = `${ANA}@s.whatsapp.net`
    const contact = { fullName: 'Ana Souza', saveOnPrimaryAddressbook: true }
    const set = chatModificationToAppPatch({ contact }, jid)
    await loja.appState.write(set)
    await loja.appState.write(chatModificationToAppPatch({ contact: null }, jid))
    expect(loja.appState.entries('contact')).toEqual([])
    await loja.appState.write(set)
    expect(loja.appState.entries('contact')).toMatchObject([
      { index: ['contact', jid], value: { contactAction: contact } },
    ])
  })
})
