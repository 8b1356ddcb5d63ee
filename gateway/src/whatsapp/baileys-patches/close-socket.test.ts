import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type AddressInfo, type Socket } from 'node:net'
import { initAuthCreds, makeWASocket } from 'baileys'
import { expect, test } from 'vitest'
import { newInstanceId } from '../../runtime/ids.js'
import { silentLog } from '../../runtime/telemetry.js'
import { baileysLogger } from '../connection/baileys-logger.js'
import { closeSocket } from './close-socket.js'

/** RFC 6455, section 1.3. */
const handshakeSuffix = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11'

/** Opens a WebSocket, and answers nothing after that. */
function answerOnce(socket: Socket): void {
  socket.once('data', (request) => {
    const key = /^sec-websocket-key: (\S+)/imu.exec(request.toString())?.[1] ?? ''
    const accept = createHash('sha1').update(`${key}${handshakeSuffix}`).digest('base64')
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
        `Sec-WebSocket-Accept: ${accept}\r\n\r\n`,
    )
    socket.resume()
  })
}

test('a socket whose peer does not answer the close frame is ended all the same', async () => {
  const server = createServer(answerOnce).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port }: AddressInfo = JSON.parse(JSON.stringify(server.address()))
  const instanceId = newInstanceId()
  const connected = once(server, 'connection')
  const sock = makeWASocket({
    waWebSocketUrl: `ws://127.0.0.1:${port}/`,
    auth: { creds: initAuthCreds(), keys: { get: async () => ({}), set: async () => {} } },
    logger: baileysLogger(silentLog, instanceId),
  })
  const opened = new Promise((resolve) => sock.ws.on('open', resolve))
  const [peer] = (await connected) as [Socket]
  await opened
  const closed = once(peer, 'close')
  const began = performance.now()
  closeSocket(sock, 50, { log: silentLog, instanceId })
  await closed
  // `ws` itself waits 30 seconds for the answer.
  expect(performance.now() - began).toBeLessThan(20_000)
  server.close()
})
