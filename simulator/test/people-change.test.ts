/** What people do between two messages: change their phone, leave WhatsApp, leave a group. */

import { type BinaryNode, S_WHATSAPP_NET } from 'baileys'
import { describe, expect } from 'vitest'
import type { Phone } from '../src/phone.js'
import { childOf, childrenOf } from '../src/wire/stanza.js'
import type { Client } from './support/client.js'
import { test } from './support/lab.js'

const LOJA = '5511999990000'
const ANA = '5511999990001'

const jid = (lid: string) => `${lid}@lid`

/** Writes as Baileys does, and gives the server's word. */
async function say(client: Client, to: string, text: string): Promise<BinaryNode | undefined> {
  const messageId = `3EB0${text.length}${Math.random().toString(16).slice(2, 14).toUpperCase()}`
  const ack = client.socket.waitForMessage<BinaryNode>(messageId)
  await client.socket.relayMessage(to, { conversation: text }, { messageId })
  return ack
}

function identityOf(client: Client, person: Phone): Promise<string> {
  const user = { tag: 'user', attrs: { jid: jid(person.lid) } }
  const attrs = { xmlns: 'encrypt', type: 'get', to: S_WHATSAPP_NET }
  return client.socket
    .query({ tag: 'iq', attrs, content: [{ tag: 'key', attrs: {}, content: [user] }] })
    .then((answer) => {
      const [bundle] = childrenOf(childOf(answer, 'list'))
      return Buffer.from((childOf(bundle, 'identity')?.content ?? '') as Uint8Array).toString('hex')
    })
}

describe('a message', () => {
  test('that names no device of its recipient is refused', async ({ lab }) => {
    lab.announce(/received error in ack/)
    const client = await lab.linked(await lab.phone(LOJA))
    expect((await say(client, jid('99999999999999'), 'Olá'))?.attrs['error']).toBe('404')
  })
})

describe('a person with a new phone', () => {
  test('has new keys and the same LID, and their companions are gone', async ({ lab }) => {
    const client = await lab.linked(await lab.phone(LOJA))
    const before = await lab.phone(ANA)
    await lab.linked(before)
    const key = await identityOf(client, before)
    const after = await lab.simulator.changePhone(ANA)
    expect([before.online, after.online, after.lid]).toEqual([false, true, before.lid])
    expect(await identityOf(client, after)).not.toBe(key)
    expect(after.linkedDevices()).toEqual([])
  })
})

describe('a number', () => {
  test('that was given up is on WhatsApp again with another LID', async ({ lab }) => {
    const { lid } = await lab.phone(ANA)
    lab.simulator.giveUp(ANA)
    expect(lab.simulator.network.byPhone(ANA)).toBeUndefined()
    expect((await lab.phone(ANA)).lid).not.toBe(lid)
  })

  test('whose LID is not shown has none for others, until it is', async ({ lab }) => {
    lab.announce(/USync fetch yielded no results/)
    const client = await lab.linked(await lab.phone(LOJA))
    await lab.simulator.addPhone({ phone: ANA, showsLid: false })
    const lidsOf = () =>
      client.socket.signalRepository.lidMapping.getLIDForPN(`${ANA}@s.whatsapp.net`)
    expect(await lidsOf()).toBeNull()
    const account = lab.simulator.network.byPhone(ANA)
    if (account !== undefined) account.showsLid = true
    expect(await lidsOf()).toBe(jid(account?.lid ?? ''))
  })

  test('that the answer leaves out is not in it', async ({ lab }) => {
    const client = await lab.linked(await lab.phone(LOJA))
    await lab.phone(ANA)
    lab.simulator.faults.set({ unmentioned: [ANA] })
    expect(await client.socket.onWhatsApp(ANA)).toEqual([])
  })
})

describe('a group', () => {
  test('is told who was removed and who came back, and only its members may write', async ({
    lab,
  }) => {
    const client = await lab.linked(await lab.phone(LOJA))
    await lab.phone(ANA)
    const { id } = lab.simulator.addGroup({ subject: 'Turma', members: [LOJA, ANA] })
    const told: (string | undefined)[] = []
    client.socket.ws.on('CB:notification,type:w:gp2', (node: BinaryNode) =>
      told.push(childrenOf(node)[0]?.tag),
    )
    lab.simulator.changeMember('remove', LOJA, id)
    await expect(client.socket.groupMetadata(id)).rejects.toThrow('forbidden')
    lab.simulator.changeMember('add', LOJA, id)
    const { participants } = await client.socket.groupMetadata(id)
    expect([participants.length, told]).toEqual([2, ['remove', 'add']])
  })
})
