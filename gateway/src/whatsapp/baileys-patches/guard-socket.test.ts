import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type AddressInfo, type Socket } from 'node:net'
import { initAuthCreds, makeWASocket } from 'baileys'
import { expect, onTestFinished, test } from 'vitest'
import { newInstanceId } from '../../runtime/ids.js'
import { silentLog } from '../../runtime/telemetry.js'
import { baileysLogger } from '../connection/baileys-logger.js'
import { guardSocket } from './guard-socket.js'

/** RFC 6455, section 1.3. */
const handshakeSuffix = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11'

function openWebSocket(socket: Socket): void {
  socket.once('data', (request) => {
    const key = /^sec-websocket-key: (\S+)/imu.exec(request.toString())?.[1] ?? ''
    const accept = createHash('sha1').update(`${key}${handshakeSuffix}`).digest('base64')
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
        `Sec-WebSocket-Accept: ${accept}\r\n\r\n`,
    )
  })
}

/** An open socket of Baileys, and its other end, which counts what it receives. */
async function openGuarded(mayWrite: () => boolean) {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port }: AddressInfo = JSON.parse(JSON.stringify(server.address()))
  const connected = once(server, 'connection')
  const sock = makeWASocket({
    waWebSocketUrl: `ws://127.0.0.1:${port}/`,
    auth: { creds: initAuthCreds(), keys: { get: async () => ({}), set: async () => {} } },
    logger: baileysLogger(silentLog, newInstanceId()),
  })
  guardSocket(sock, mayWrite)
  const opened = new Promise((resolve) => sock.ws.on('open', resolve))
  const [peer] = (await connected) as [Socket]
  onTestFinished(() => {
    peer.destroy()
    server.close()
  })
  openWebSocket(peer)
  await opened
  const seen = { bytes: 0 }
  peer.on('data', (bytes: Buffer) => (seen.bytes += bytes.length))
  return { sock, peer, seen }
}

test('what may leave leaves', async () => {
  const { sock, seen } = await openGuarded(() => true)
  await sock.sendRawMessage(new Uint8Array(100))
  await expect.poll(() => seen.bytes).toBeGreaterThan(100)
})

test('nothing leaves over a socket while its instance may not be acted for, nor after that over the same one', async () => {
  let mayWrite = true
  const { sock, peer, seen } = await openGuarded(() => mayWrite)
  const ended = once(peer, 'close')
  // Baileys greets by itself.
  await expect.poll(() => seen.bytes).toBeGreaterThan(0)
  const before = seen.bytes
  mayWrite = false
  await expect(sock.sendRawMessage(new Uint8Array(100))).rejects.toThrow(/another node/)
  mayWrite = true
  await expect(sock.sendRawMessage(new Uint8Array(100))).rejects.toThrow('Connection Closed')
  await ended
  expect(seen.bytes).toBe(before)
})
