/** What a client asks of channels and businesses beside what the gateway asks. */

import type { BinaryNode } from 'baileys'
import { expect } from 'vitest'
import { childOf, childrenOf, stanza, textOf } from '../src/wire/stanza.js'
import { test } from './support/lab.js'

const LOJA = '5511999990000'
const ANA = '5511999990001'
const OTHER = '5511999990002'

test('what a channel said is read page by page, and reactions are told to a device that asks', async ({
  lab,
}) => {
  const [loja, ana] = [await lab.phone(LOJA), await lab.phone(ANA)]
  const { socket } = await lab.linked(loja)
  const channel = loja.channels.create('Avisos')
  ana.channels.act(channel, { act: 'follow' })
  for (const text of ['um', 'dois']) await socket.sendMessage(channel, { text })
  const messages = async (attrs: BinaryNode['attrs']) => {
    const answer = await socket.query({
      tag: 'iq',
      attrs: { xmlns: 'newsletter', type: 'get', to: '@s.whatsapp.net' },
      content: [{ tag: 'messages', attrs: { type: 'jid', jid: channel, ...attrs } }],
    })
    return childrenOf(childOf(answer, 'messages'))
  }
  await expect.poll(async () => (await messages({ count: '9' })).length).toBe(2)
  const [first, second] = await messages({ count: '9' })
  expect(textOf(childOf(first, 'plaintext'))).toContain('um')
  const before = second?.attrs['server_id'] ?? ''
  const older = await messages({ count: '9', before })
  expect(older.map(({ attrs }) => attrs['id'])).toEqual([first?.attrs['id']])

  // Baileys has no reader for it.
  lab.announce(/Unknown newsletter notification/u)
  const watched = await socket.subscribeNewsletterUpdates(channel)
  expect(Number(watched?.duration)).toBeGreaterThan(0)
  const counted = new Promise<BinaryNode>((resolve) => {
    socket.ws.on('CB:notification,type:newsletter', resolve)
  })
  const serverId = first?.attrs['server_id']
  const reaction = { id: 'R1', to: channel, type: 'reaction', server_id: serverId }
  ana.transmit(stanza('message', reaction, [stanza('reaction', { code: '👍' })]))
  expect(JSON.stringify(await counted)).toContain('👍')
  const updates = await socket.newsletterFetchMessages(channel, 9, 0, 0)
  expect(JSON.stringify(updates)).toContain('"count":"1"')
})

test('a stranger to a channel is told of no reactions, and an unknown channel is refused', async ({
  lab,
}) => {
  const channel = (await lab.phone(ANA)).channels.create('Avisos')
  const { socket } = await lab.linked(await lab.phone(LOJA))
  await expect(socket.subscribeNewsletterUpdates(channel)).rejects.toThrow('forbidden')
  await expect(socket.newsletterFetchMessages('12@newsletter', 9, 0, 0)).rejects.toThrow(
    'not-found',
  )
})

const name = (type: 'get' | 'set', attrs: BinaryNode['attrs'], content?: Uint8Array) =>
  stanza('iq', { id: `name-${type}`, xmlns: 'w:biz', type, to: '@s.whatsapp.net' }, [
    stanza('verified_name', attrs, content),
  ])

test('the verified name of a business is kept as its phone gave it, and a linked device gives none', async ({
  lab,
}) => {
  const loja = await lab.simulator.addPhone({ phone: OTHER, name: 'Loja', business: true })
  const { socket } = await lab.linked(loja)
  const jid = `${OTHER}@s.whatsapp.net`
  await expect(socket.query(name('get', { jid }))).rejects.toThrow('not-found')
  await expect(socket.query(name('set', { v: '2' }, Buffer.from('x')))).rejects.toThrow('forbidden')
  loja.transmit(name('set', { v: '2' }, Buffer.from('certificate')))
  const told = childOf(await socket.query(name('get', { jid })), 'verified_name')
  expect(textOf(told)).toBe('certificate')
})

test('a link to a call is made', async ({ lab }) => {
  const { socket } = await lab.linked(await lab.phone(LOJA))
  expect(await socket.createCallLink('video', { startTime: 1_800_000_000 })).toMatch(
    /^[\w-]{20,}$/u,
  )
})
