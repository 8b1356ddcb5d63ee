import { afterEach, expect, test } from 'vitest'
import { type Simulator, startSimulator } from '../src/simulator.js'
import { linkedClient } from './support/client.js'

let simulator: Simulator
afterEach(async () => simulator[Symbol.asyncDispose]())

test('a message of a freshly linked client reaches a phone, and the receipts come back', async () => {
  simulator = await startSimulator()
  const sender = await simulator.addPhone({ phone: '5511999990000', name: 'Loja' })
  const recipient = await simulator.addPhone({ phone: '5511999990001', name: 'Ana' })
  const client = await linkedClient(simulator, sender)
  const arrived = recipient.nextMessage()
  const sent = await client.socket.sendMessage('5511999990001@s.whatsapp.net', { text: 'Oi' })
  expect((await arrived).text).toBe('Oi')
  await client.untilStatus(sent?.key.id ?? '', 3)
  await recipient.read(sent?.key.id ?? '')
  await client.untilStatus(sent?.key.id ?? '', 4)
  const reply = client.untilReceived('Tudo bem?')
  await recipient.send('5511999990000', 'Tudo bem?')
  await reply
  expect(
    (await sender.untilMessage((m) => m.id === sent?.key.id && m.status === 'read')).fromMe,
  ).toBe(true)
  await client.end()
  expect(simulator.network.unknownNodes).toEqual([])
  expect(simulator.network.failures).toEqual([])
  expect(client.complaints).toEqual([])
})
