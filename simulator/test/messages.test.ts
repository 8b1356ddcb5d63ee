import { proto } from 'baileys'
import { describe, expect } from 'vitest'
import type { Phone } from '../src/phone.js'
import { childOf, childrenOf } from '../src/wire/stanza.js'
import { type Client, textOf } from './support/client.js'
import { linkCompanion } from './support/companion.js'
import { test } from './support/lab.js'

const LOJA = '5511999990000'
const ANA = '5511999990001'
const BIA = '5511999990002'

async function say(client: Client, jid: string, text: string, messageId?: string) {
  const id = messageId ?? `3EB0${Math.random().toString(16).slice(2, 14).toUpperCase()}`
  await client.socket.relayMessage(jid, { conversation: text }, { messageId: id })
  return id
}

const pn = (phone: string) => `${phone}@s.whatsapp.net`
const lid = (phone: Phone) => `${phone.lid}@lid`

describe('a message of a client', () => {
  for (const addressing of ['number', 'LID'] as const) {
    test(`addressed by ${addressing} is shown on the phone, and its receipts come back`, async ({
      lab,
    }) => {
      const ana = await lab.phone(ANA)
      const client = await lab.linked(await lab.phone(LOJA, { name: 'Loja' }))
      const arrives = ana.nextMessage()
      const id = await say(client, addressing === 'LID' ? lid(ana) : pn(ANA), 'Olá')
      expect(await arrives).toMatchObject({
        id,
        chat: LOJA,
        from: LOJA,
        fromMe: false,
        text: 'Olá',
      })
      await client.untilStatus(id, proto.WebMessageInfo.Status.DELIVERY_ACK)
      await ana.read(id)
      await client.untilStatus(id, proto.WebMessageInfo.Status.READ)
    })
  }

  test('reaches the companions of both sides', async ({ lab }) => {
    const [loja, ana] = [await lab.phone(LOJA), await lab.phone(ANA)]
    const [client, second] = [await lab.linked(loja), await lab.linked(loja)]
    const theirs = await lab.linked(ana)
    const id = await say(client, lid(ana), 'para todos')
    const own = await second.untilReceived('para todos')
    expect(own.key).toMatchObject({ fromMe: true, id, remoteJid: lid(ana) })
    expect((await theirs.untilReceived('para todos')).key.fromMe).toBe(false)
    expect(await loja.untilMessage((message) => message.id === id)).toMatchObject({
      fromMe: true,
      chat: ANA,
    })
    await ana.untilMessage((message) => message.id === id)
  })

  test('reaches a companion that was linked after the chat began', async ({ lab }) => {
    const ana = await lab.phone(ANA)
    const client = await lab.linked(await lab.phone(LOJA))
    await say(client, lid(ana), 'antes')
    await ana.untilMessage((message) => message.text === 'antes')
    const theirs = await lab.linked(ana)
    await say(client, lid(ana), 'depois')
    await theirs.untilReceived('depois')
  })

  test('is not written for a companion that was unlinked after the chat began', async ({ lab }) => {
    const ana = await lab.phone(ANA)
    const client = await lab.linked(await lab.phone(LOJA))
    const theirs = await lab.linked(ana)
    const written: (string | undefined)[][] = []
    lab.simulator.network.on('stanza', ({ stanza }) => {
      const entries = childrenOf(childOf(stanza, 'participants'))
      written.push(
        entries.map(({ attrs }) => attrs['jid']).filter((jid) => jid?.startsWith(ana.lid)),
      )
    })
    await say(client, lid(ana), 'para os dois')
    await theirs.untilReceived('para os dois')
    await ana.unlink(1)
    await client.roundTrip()
    await say(client, lid(ana), 'só para o celular')
    await ana.untilMessage((message) => message.text === 'só para o celular')
    const companion = `${ana.lid}:1@lid`
    expect(written).toEqual([expect.arrayContaining([lid(ana), companion]), [lid(ana)]])
  })

  test('is shown once when it is sent again under its id', async ({ lab }) => {
    const ana = await lab.phone(ANA)
    const client = await lab.linked(await lab.phone(LOJA))
    const id = await say(client, lid(ana), 'uma vez')
    await ana.untilMessage((message) => message.id === id)
    const dropped = new Promise((resolve) => ana.events.once('duplicate', resolve))
    await say(client, lid(ana), 'uma vez', id)
    expect(await dropped).toEqual({ id, from: LOJA })
    expect(ana.messages).toHaveLength(1)
    expect(ana.duplicatesDropped).toBe(1)
  })

  test('is shown in two chats when two numbers send it under one id', async ({ lab }) => {
    const ana = await lab.phone(ANA)
    const companion = await linkCompanion(lab.simulator, ana)
    const id = '3EB0AABBCCDDEEFF0011'
    for (const number of [LOJA, BIA]) {
      await say(await lab.linked(await lab.phone(number)), lid(ana), 'uma vez', id)
      await ana.untilMessage(({ from }) => from === number)
    }
    expect(ana.messages).toMatchObject([
      { id, chat: LOJA, text: 'uma vez' },
      { id, chat: BIA, text: 'uma vez' },
    ])
    expect(ana.duplicatesDropped).toBe(0)
    await expect.poll(() => companion.texts()).toEqual(['uma vez', 'uma vez'])
    await companion.end()
  })

  test('waits for a phone that is offline, of two numbers under one id', async ({ lab }) => {
    const ana = await lab.phone(ANA)
    const id = '3EB0AABBCCDDEEFF0022'
    const clients: Client[] = []
    for (const number of [LOJA, BIA]) clients.push(await lab.linked(await lab.phone(number)))
    ana.goOffline()
    for (const client of clients) {
      await say(client, lid(ana), 'duas vezes', id)
      await client.socket.waitForMessage(id)
    }
    await ana.comeOnline()
    expect(ana.messages.map(({ chat, text }) => `${chat} ${text}`)).toEqual([
      `${LOJA} duas vezes`,
      `${BIA} duas vezes`,
    ])
    for (const client of clients)
      await client.untilStatus(id, proto.WebMessageInfo.Status.DELIVERY_ACK)
  })

  test('waits for a phone that is offline', async ({ lab }) => {
    const ana = await lab.phone(ANA)
    const client = await lab.linked(await lab.phone(LOJA))
    ana.goOffline()
    const id = await say(client, lid(ana), 'mais tarde')
    await client.socket.waitForMessage(id)
    expect(ana.messages).toEqual([])
    await ana.comeOnline()
    expect(ana.messages).toMatchObject([{ id, text: 'mais tarde' }])
    await client.untilStatus(id, proto.WebMessageInfo.Status.DELIVERY_ACK)
  })

  test('is told to listeners before it is acknowledged', async ({ lab }) => {
    const ana = await lab.phone(ANA)
    const client = await lab.linked(await lab.phone(LOJA))
    const heard: string[] = []
    lab.simulator.network.once('stanza', ({ stanza, from }) => {
      heard.push(`${stanza.attrs['id']} of device ${from.number}, ${ana.messages.length} shown`)
    })
    const id = await say(client, lid(ana), 'Olá')
    await client.until(() => heard.length > 0)
    expect(heard).toEqual([`${id} of device 1, 0 shown`])
  })

  test('finds no account under a number that is not on WhatsApp', async ({ lab }) => {
    const client = await lab.linked(await lab.phone(LOJA))
    expect(await client.socket.onWhatsApp(ANA)).toEqual([])
  })

  test('is announced to the phone while it is typed', async ({ lab }) => {
    const ana = await lab.phone(ANA)
    const client = await lab.linked(await lab.phone(LOJA))
    const typing = new Promise((resolve) => ana.events.once('typing', resolve))
    await client.socket.sendPresenceUpdate('composing', lid(ana))
    expect(await typing).toEqual({ chat: LOJA, from: LOJA, state: 'composing' })
  })
})

describe('a message of a phone', () => {
  test('reaches the client, and its receipts reach the phone', async ({ lab }) => {
    const [loja, ana] = [await lab.phone(LOJA), await lab.phone(ANA)]
    const client = await lab.linked(loja)
    const { id } = await ana.send(LOJA, 'Oi')
    const received = await client.untilReceived('Oi')
    expect(received.key).toMatchObject({ id, remoteJid: lid(ana), remoteJidAlt: pn(ANA) })
    await ana.untilMessage((message) => message.id === id && message.status === 'delivered')
    await client.socket.readMessages([received.key])
    await ana.untilMessage((message) => message.id === id && message.status === 'read')
    expect(await loja.untilMessage((message) => message.status === 'read')).toMatchObject({ id })
  })

  test('waits for a client that is not connected', async ({ lab }) => {
    const ana = await lab.phone(ANA)
    const client = await lab.linked(await lab.phone(LOJA))
    await client.end()
    await ana.send(LOJA, 'um')
    await ana.send(LOJA, 'dois')
    const again = await lab.again(client)
    await again.untilReceived('dois')
    expect(again.received.map(textOf)).toEqual(['um', 'dois'])
  })

  test('reaches its own companions as its own', async ({ lab }) => {
    const [loja, ana] = [await lab.phone(LOJA), await lab.phone(ANA)]
    const client = await lab.linked(loja)
    await loja.send(ANA, 'do celular')
    const own = await client.untilReceived('do celular')
    expect(own.key).toMatchObject({ fromMe: true, remoteJid: lid(ana) })
  })
})

test('a person who wrote first is written to with their privacy token', async ({ lab }) => {
  const ana = await lab.phone(ANA)
  const client = await lab.linked(await lab.phone(LOJA))
  const carries: boolean[] = []
  lab.simulator.network.on('stanza', ({ stanza }) => {
    carries.push(childOf(stanza, 'tctoken') !== undefined)
  })
  await say(client, lid(ana), 'sem')
  await ana.untilMessage((message) => message.text === 'sem')
  await ana.send(LOJA, 'oi')
  await client.untilReceived('oi')
  await client.roundTrip()
  await say(client, lid(ana), 'com')
  await ana.untilMessage((message) => message.text === 'com')
  expect(carries).toEqual([false, true])
})

describe('a message that cannot be read', () => {
  test('is asked for again by the phone, and shown once', async ({ lab }) => {
    const ana = await lab.phone(ANA)
    const client = await lab.linked(await lab.phone(LOJA))
    ana.failNextDecryption()
    const unreadable = new Promise((resolve) => ana.events.once('unreadable', resolve))
    const arrives = ana.nextMessage()
    const id = await say(client, lid(ana), 'de novo')
    expect(await unreadable).toEqual({ id, from: LOJA, asked: true })
    expect(await arrives).toMatchObject({ id, text: 'de novo' })
    expect(ana.messages).toHaveLength(1)
    expect(ana.waitingFor).toEqual([])
  })

  test('since its sender uses the session of another person, is asked for again and shown', async ({
    lab,
  }) => {
    const [ana, bia] = [await lab.phone(ANA), await lab.phone(BIA)]
    const client = await lab.linked(await lab.phone(LOJA))
    await say(client, lid(ana), 'para Ana')
    await say(client, lid(bia), 'para Bia')
    await bia.untilMessage((message) => message.text === 'para Bia')
    const { keys } = client.store.auth
    const session = (await keys.get('session', [`${bia.lid}_1.0`]))[`${bia.lid}_1.0`]
    if (session === undefined) throw new Error('no session')
    await keys.set({ session: { [`${ana.lid}_1.0`]: session } })
    const unreadable = new Promise((resolve) => ana.events.once('unreadable', resolve))
    const id = await say(client, lid(ana), 'outra vez')
    expect(await unreadable).toEqual({ id, from: LOJA, asked: true })
    expect(await ana.untilMessage((message) => message.id === id)).toMatchObject({
      text: 'outra vez',
    })
    expect(ana.waitingFor).toEqual([])
  })

  test('however often it is sent is given up after five requests', async ({ lab }) => {
    const ana = await lab.phone(ANA)
    const client = await lab.linked(await lab.phone(LOJA), { maxMsgRetryCount: 99 })
    lab.simulator.faults.set({ decryption: [{ phone: ANA }] })
    const asked: boolean[] = []
    const givenUp = new Promise<void>((resolve) => {
      ana.events.on('unreadable', (failure) => {
        asked.push(failure.asked)
        if (!failure.asked) resolve()
      })
    })
    const id = await say(client, lid(ana), 'nunca')
    await givenUp
    expect(asked).toEqual([true, true, true, true, true, false])
    expect(ana.waitingFor).toEqual([id])
    expect(ana.messages).toEqual([])
  })

  test('is asked for again by a companion of the recipient', async ({ lab }) => {
    lab.announce(/failed to decrypt message|rolling back/)
    const ana = await lab.phone(ANA)
    const sent = new Map<string, proto.IMessage>()
    const getMessage = async ({ id }: proto.IMessageKey) => sent.get(id ?? '')
    const client = await lab.linked(await lab.phone(LOJA), { getMessage })
    const theirs = await lab.linked(ana)
    await say(client, lid(ana), 'primeira')
    await theirs.untilReceived('primeira')
    await client.store.auth.keys.set({ session: { [`${ana.lid}_1.1`]: null } })
    await breakSession(theirs)
    const id = 'ABCDEF0123456789'
    sent.set(id, { conversation: 'segunda' })
    await say(client, lid(ana), 'segunda', id)
    await theirs.untilReceived('segunda')
  })

  test('is sent again by the phone when a client asks', async ({ lab }) => {
    lab.announce(/failed to decrypt message|rolling back/)
    const ana = await lab.phone(ANA)
    const client = await lab.linked(await lab.phone(LOJA))
    await ana.send(LOJA, 'primeira')
    await client.untilReceived('primeira')
    const key = `${ana.lid}_1.0`
    await client.store.auth.keys.set({ session: { [key]: null } })
    await ana.send(LOJA, 'segunda')
    await ana.send(LOJA, 'terceira')
    await client.untilReceived('segunda')
    await client.untilReceived('terceira')
  })
})

/** Forgets every prekey, so a first message of a new session cannot be read. */
async function breakSession(client: Client): Promise<void> {
  const ids = Array.from({ length: 812 }, (_, index) => `${index + 1}`)
  await client.store.auth.keys.set({
    'pre-key': Object.fromEntries(ids.map((id) => [id, null])),
  })
}

describe('a sender that uses a ratchet position twice', () => {
  test('is reported by the phone, which cannot read the second message', async ({ lab }) => {
    const ana = await lab.phone(ANA)
    const client = await lab.linked(await lab.phone(LOJA))
    await say(client, lid(ana), 'um')
    await ana.untilMessage((message) => message.text === 'um')
    const key = `${ana.lid}_1.0`
    const before = await client.store.auth.keys.get('session', [key])
    await say(client, lid(ana), 'dois')
    await ana.untilMessage((message) => message.text === 'dois')
    await client.store.auth.keys.set({ session: before })
    const unreadable = new Promise((resolve) => ana.events.once('unreadable', resolve))
    const id = await say(client, lid(ana), 'três')
    expect(await unreadable).toEqual({ id, from: LOJA, asked: false })
    expect(ana.ratchetReuses).toMatchObject([{ messageId: id, counter: 1 }])
  })
})

test('a sender that uses a position of its sender key twice is reported by the group', async ({
  lab,
}) => {
  const ana = await lab.phone(ANA)
  const client = await lab.linked(await lab.phone(LOJA))
  const group = lab.simulator.addGroup({ subject: 'Turma', members: [LOJA, ANA] })
  await say(client, group.id, 'um')
  await ana.untilMessage((message) => message.text === 'um')
  const { keys } = client.store.auth
  const key = `${group.id}::${client.store.auth.creds.me?.lid?.replace(/:(\d+)@lid/, '_1::$1')}`
  const before = await keys.get('sender-key', [key])
  expect(Object.keys(before)).toEqual([key])
  await say(client, group.id, 'dois')
  await ana.untilMessage((message) => message.text === 'dois')
  expect(ana.ratchetReuses).toEqual([])
  await keys.set({ 'sender-key': before })
  const reused = new Promise((resolve) => ana.events.once('ratchet-reuse', resolve))
  const id = await say(client, group.id, 'três')
  expect(await reused).toMatchObject({ messageId: id, from: client.store.auth.creds.me?.lid })
})

describe('a group', () => {
  test('carries messages of clients and phones to all members', async ({ lab }) => {
    const [loja, ana, bia] = [await lab.phone(LOJA), await lab.phone(ANA), await lab.phone(BIA)]
    const [client, theirs] = [await lab.linked(loja), await lab.linked(ana)]
    const group = lab.simulator.addGroup({ subject: 'Turma', members: [LOJA, ANA, BIA] })
    const meta = await client.socket.groupMetadata(group.id)
    expect(meta).toMatchObject({ subject: 'Turma', addressingMode: 'lid', size: 3 })

    const id = await say(client, group.id, 'para o grupo')
    for (const phone of [ana, bia, loja]) {
      const message = await phone.untilMessage((each) => each.id === id)
      expect(message).toMatchObject({ chat: group.id, from: LOJA, text: 'para o grupo' })
    }
    await theirs.untilReceived('para o grupo')
    await client.untilStatus(id, proto.WebMessageInfo.Status.DELIVERY_ACK)

    await bia.send(group.id, 'da Bia')
    for (const each of [client, theirs]) {
      const received = await each.untilReceived('da Bia')
      expect(received.key).toMatchObject({ remoteJid: group.id, participantAlt: pn(BIA) })
    }
    await ana.untilMessage((message) => message.text === 'da Bia' && message.from === BIA)
    await say(client, group.id, 'segunda')
    await bia.untilMessage((message) => message.text === 'segunda')
    await bia.read(id)
    await client.untilStatus(id, proto.WebMessageInfo.Status.READ)
  })

  test('can be made by a client, and is listed for its members', async ({ lab }) => {
    const ana = await lab.phone(ANA)
    const client = await lab.linked(await lab.phone(LOJA))
    const { id } = await client.socket.groupCreate('Nova', [lid(ana)])
    expect(Object.keys(await client.socket.groupFetchAllParticipating())).toEqual([id])
    expect(lab.simulator.groups).toMatchObject([{ id, members: [LOJA, ANA] }])
  })

  test('message that a phone cannot read is asked for again', async ({ lab }) => {
    const ana = await lab.phone(ANA)
    const client = await lab.linked(await lab.phone(LOJA))
    const group = lab.simulator.addGroup({ subject: 'Turma', members: [LOJA, ANA] })
    await say(client, group.id, 'um')
    await ana.untilMessage((message) => message.text === 'um')
    ana.failNextDecryption()
    await say(client, group.id, 'dois')
    await ana.untilMessage((message) => message.text === 'dois')
    expect(ana.messages).toHaveLength(2)
  })
})
