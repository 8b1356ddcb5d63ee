/** What later messages of an unmodified client do to one on the phone. */

import { proto, type WAMessage } from 'baileys'
import { describe, expect } from 'vitest'
import type { Phone } from '../src/phone.js'
import type { PhoneMessage } from '../src/model.js'
import type { Client } from './support/client.js'
import { type Lab, test } from './support/lab.js'

const LOJA = '5511999990000'
const ANA = '5511999990001'
const { PIN_FOR_ALL } = proto.PinInChat.Type
const { PIN_FOR_ALL: pinnedForAll } = proto.Message.PinInChatMessage.Type

interface Chat {
  readonly ana: Phone
  readonly client: Client
  readonly jid: string
  readonly sent: WAMessage
}

async function chatIn(lab: Lab): Promise<Chat> {
  const ana = await lab.phone(ANA)
  const client = await lab.linked(await lab.phone(LOJA))
  const jid = `${ana.lid}@lid`
  const sent = await client.socket.sendMessage(jid, { text: 'Chego às 7', linkPreview: null })
  if (!sent) throw new Error('nothing was sent')
  await ana.untilMessage(({ id }) => id === sent.key.id)
  // Baileys puts the id of a deletion into the message that it deletes, if both are in one batch of events.
  return { ana, client, jid, sent: { ...sent, key: { ...sent.key } } }
}

function until({ ana, sent }: Chat, look: (message: PhoneMessage) => boolean) {
  return ana.untilMessage((message) => message.id === sent.key.id && look(message))
}

describe('a message on the phone', () => {
  test('gets a reaction, another in its place, and none again', async ({ lab }) => {
    const chat = await chatIn(lab)
    const react = (text: string) =>
      chat.client.socket.sendMessage(chat.jid, { react: { text, key: chat.sent.key } })
    for (const text of ['👍', '❤️']) {
      await react(text)
      const { state } = await until(chat, (shown) => shown.state.reactions[0]?.text === text)
      expect(state.reactions).toEqual([{ from: LOJA, text }])
    }
    await react('')
    await until(chat, ({ state }) => state.reactions.length === 0)
    expect(chat.ana.messages).toHaveLength(1)
  })

  test('is corrected by its author, under its id', async ({ lab }) => {
    const chat = await chatIn(lab)
    await chat.client.socket.sendMessage(chat.jid, { text: 'Chego às 8', edit: chat.sent.key })
    const message = await until(chat, ({ state }) => state.edited === true)
    expect(message).toMatchObject({ text: 'Chego às 8', view: { kind: 'text' } })
    expect(chat.ana.messages).toHaveLength(1)
  })

  test('is taken back by its author', async ({ lab }) => {
    const chat = await chatIn(lab)
    await chat.client.socket.sendMessage(chat.jid, { delete: chat.sent.key })
    const { state } = await until(chat, (shown) => shown.state.deletedBy !== undefined)
    expect(state.deletedBy).toBe(LOJA)
  })

  test('is pinned for a day and not for a minute', async ({ lab }) => {
    const chat = await chatIn(lab)
    const pin = (time: 86_400) =>
      chat.client.socket.sendMessage(chat.jid, { pin: chat.sent.key, type: PIN_FOR_ALL, time })
    await pin(86_400)
    const { state, at } = await until(chat, (shown) => shown.state.pinnedUntil !== undefined)
    expect(state.pinnedUntil).toBeGreaterThanOrEqual(at + 86_400_000)
    const refused = new Promise((resolve) => chat.ana.events.once('change-refused', resolve))
    await chat.client.socket.relayMessage(
      chat.jid,
      {
        pinInChatMessage: { key: chat.sent.key, type: pinnedForAll },
        messageContextInfo: { messageAddOnDurationInSecs: 60 },
      },
      { additionalAttributes: { edit: '2' } },
    )
    expect(await refused).toMatchObject({ why: 'pinned for 60 seconds' })
  })

  test('is not changed by a stanza that says something else', async ({ lab }) => {
    const chat = await chatIn(lab)
    const refused = new Promise((resolve) => chat.ana.events.once('change-refused', resolve))
    const pinInChatMessage = { key: chat.sent.key, type: pinnedForAll }
    const messageContextInfo = { messageAddOnDurationInSecs: 86_400 }
    const additionalAttributes = { edit: '1' }
    await chat.client.socket.relayMessage(
      chat.jid,
      { pinInChatMessage, messageContextInfo },
      { additionalAttributes },
    )
    expect(await refused).toMatchObject({
      why: 'its stanza says edit 1, and its content 2',
    })
  })

  test('is not changed by someone else', async ({ lab }) => {
    const chat = await chatIn(lab)
    const bia = await lab.phone('5511999990002')
    const refused = new Promise((resolve) => chat.ana.events.once('change-refused', resolve))
    const key = { id: chat.sent.key.id ?? '', remoteJid: chat.jid, fromMe: true }
    await bia.share(ANA, { delete: key })
    expect(await refused).toMatchObject({ from: bia.phone, why: 'not its author' })
  })
})
