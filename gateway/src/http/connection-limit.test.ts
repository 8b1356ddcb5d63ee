import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import type { FastifyInstance } from 'fastify'
import { afterEach, expect, test, vi } from 'vitest'
import { portOf } from '../../test/support/raw-http.js'
import { type Log, silentLog } from '../runtime/telemetry.js'
import { createServer, type ServerOptions } from './server.js'

const open: FastifyInstance[] = []
const sockets: Socket[] = []

afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy()
  for (const app of open.splice(0)) await app.close()
})

const warn = vi.fn<Log['warn']>()

async function serve(limits: Partial<ServerOptions>): Promise<number> {
  warn.mockClear()
  const app = createServer({ log: { ...silentLog, warn }, ...limits })
  open.push(app)
  return portOf(app)
}

async function connected(port: number, localAddress: string): Promise<Socket> {
  const socket = connect({ port, host: '127.0.0.1', localAddress })
  sockets.push(socket)
  await once(socket, 'connect')
  return socket
}

async function isAnswered(socket: Socket): Promise<boolean> {
  socket.on('error', () => undefined)
  socket.write('GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n')
  const [first] = await Promise.race([once(socket, 'data'), once(socket, 'close')])
  return String(first).startsWith('HTTP/1.1 200')
}

test('what connects when as many connections are open as may be is closed, and the log says so', async () => {
  const port = await serve({ maxConnections: 1 })
  const first = await connected(port, '127.0.0.1')
  expect(await isAnswered(await connected(port, '127.0.0.2'))).toBe(false)
  expect(warn).toHaveBeenCalledWith('connections-refused', {
    count: 1,
    reason: 'open connections',
  })
  expect(await isAnswered(first)).toBe(true)
})

test('one address opens no more connections than its share, and another is answered', async () => {
  const port = await serve({ maxConnections: 10, maxConnectionsPerAddress: 2 })
  const own = [await connected(port, '127.0.0.1'), await connected(port, '127.0.0.1')]
  expect(await isAnswered(await connected(port, '127.0.0.1'))).toBe(false)
  expect(warn).toHaveBeenCalledWith('connections-refused', {
    count: 1,
    reason: 'open connections of one address',
  })
  expect(await isAnswered(await connected(port, '127.0.0.2'))).toBe(true)
  for (const socket of own) expect(await isAnswered(socket)).toBe(true)

  own[0]?.destroy()
  await expect.poll(async () => isAnswered(await connected(port, '127.0.0.1'))).toBe(true)
})

test('a trusted proxy may open them all: its callers share its address', async () => {
  const limits = { maxConnectionsPerAddress: 1, trustedProxies: ['127.0.0.0/8'] }
  const port = await serve(limits)
  await connected(port, '127.0.0.1')
  expect(await isAnswered(await connected(port, '127.0.0.1'))).toBe(true)
})
