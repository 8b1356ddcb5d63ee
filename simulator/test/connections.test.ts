import { describe, expect } from 'vitest'
import { test } from './support/lab.js'

const LOJA = '5511999990000'
const ANA = '5511999990001'

describe('a connection', () => {
  test('stays open by its keepalive', async ({ lab }) => {
    const client = await lab.linked(await lab.phone(LOJA), { keepAliveIntervalMs: 50 })
    const pings: string[] = []
    client.socket.ws.on('CB:iq,type:result', ({ attrs }: { attrs: { id: string } }) => {
      pings.push(attrs.id)
    })
    await client.until(() => pings.length > 3)
    expect(client.isOpen).toBe(true)
  })

  test('that is dropped gets what it missed when it comes back', async ({ lab }) => {
    const phone = await lab.phone(ANA)
    const client = await lab.linked(await lab.phone(LOJA))
    for (const connection of lab.simulator.connections) connection.drop()
    expect(await client.untilClosed()).toBe(428)
    await phone.send(LOJA, 'enquanto isso')
    const again = await lab.again(client)
    await again.untilReceived('enquanto isso')
  })

  test('is told when others use its one-time keys up, and uploads more', async ({ lab }) => {
    const ana = await lab.phone(ANA)
    const client = await lab.linked(await lab.phone(LOJA))
    const device = lab.simulator.network.byPhone(LOJA)?.devices.get(1)
    if (device === undefined) throw new Error('no device')
    device.keys?.keepOnly(5)
    // The first writer takes one of the five.
    await ana.send(LOJA, 'Oi')
    await client.until(() => (device.keys?.count ?? 0) > 5)
    expect(device.keys?.count).toBe(4 + 5)
  })
})
