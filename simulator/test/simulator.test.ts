import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { once } from 'node:events'
import { describe, expect } from 'vitest'
import { WebSocket } from 'ws'
import { startSimulator } from '../src/simulator.js'
import { test } from './support/lab.js'

describe('a simulator', () => {
  test('keeps its root key and its certificate file in its data directory', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'simulator-'))
    try {
      const first = await startSimulator({ dataDir })
      const { rootKey, caCertificatePath } = first
      await first[Symbol.asyncDispose]()
      const second = await startSimulator({ dataDir })
      await second[Symbol.asyncDispose]()
      expect(Buffer.from(rootKey, 'base64')).toHaveLength(32)
      expect(second.rootKey).toBe(rootKey)
      expect(caCertificatePath).toBe(join(dataDir, 'media-ca.pem'))
    } finally {
      await rm(dataDir, { recursive: true })
    }
  })

  test('listens on loopback only', async () => {
    await expect(startSimulator({ host: '0.0.0.0' })).rejects.toThrow(/loopback/)
  })

  test('frees its port and ends its clients when it is closed', async ({ lab }) => {
    const client = lab.client()
    await client.until(() => client.qr)
    const port = Number(new URL(lab.simulator.url).port)
    await lab.simulator[Symbol.asyncDispose]()
    expect(await client.untilClosed()).toBe(428)
    const next = await startSimulator({ port })
    await next[Symbol.asyncDispose]()
  })

  test('redirects a request for the phones on its own port', async ({ lab }) => {
    const { url, controlUrl } = lab.simulator
    const { host } = new URL(url)
    const answer = await fetch(`http://${host}/phones`, { redirect: 'manual' })
    expect([answer.status, answer.headers.get('location')]).toEqual([307, `${controlUrl}/phones`])
    expect((await fetch(`http://${host}/ws/chat`)).status).toBe(426)
  })

  test('takes more phones than Node takes listeners for, without a warning', async ({ lab }) => {
    const warnings: Error[] = []
    const listen = (warning: Error): void => void warnings.push(warning)
    process.on('warning', listen)
    for (let number = 0; number < 12; number += 1) await lab.phone(`55119999900${10 + number}`)
    await new Promise((resolve) => setImmediate(resolve))
    process.off('warning', listen)
    expect(warnings).toEqual([])
  })

  test('cuts off a client that does not speak WhatsApp, and says so', async ({ lab }) => {
    const stranger = new WebSocket(lab.simulator.url)
    await once(stranger, 'open')
    stranger.send('hello?')
    await once(stranger, 'close')
    const [failure] = lab.simulator.network.failures.splice(0)
    expect(failure?.message).toContain('an unpaired client')
  })

  test('answers a query that it does not know with 501, and keeps it', async ({ lab }) => {
    const client = await lab.linked(await lab.phone('5511999990000'))
    const attrs = { to: '@s.whatsapp.net', type: 'get', xmlns: 'newsletter' }
    await expect(client.socket.query({ tag: 'iq', attrs, content: [] })).rejects.toThrow(
      /feature-not-implemented/,
    )
    expect(lab.simulator.network.unknownNodes.splice(0)).toMatchObject([{ attrs }])
  })
})
