/** Takes WebSocket clients on loopback. It never keeps the process alive by itself. */

import { once } from 'node:events'
import { createServer } from 'node:http'
import { type WebSocket, WebSocketServer } from 'ws'

const PATH = '/ws/chat'

export interface Listener {
  /** `ws://127.0.0.1:port/ws/chat` */
  readonly url: string
  [Symbol.asyncDispose](): Promise<void>
}

/** Throws when the port is taken. Port 0 takes a free one. */
export async function listen(
  address: { readonly host: string; readonly port: number },
  accept: (socket: WebSocket) => void,
): Promise<Listener> {
  const http = createServer((_request, response) => response.writeHead(426).end())
  const sockets = new WebSocketServer({ server: http, path: PATH })
  sockets.on('connection', accept)
  http.listen(address.port, address.host)
  await once(http, 'listening')
  http.unref()

  const bound = http.address()
  if (bound === null || typeof bound === 'string') throw new Error('the listener has no port')
  return {
    url: `ws://${address.host}:${bound.port}${PATH}`,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets.clients) socket.terminate()
      sockets.close()
      await new Promise<void>((resolve) => {
        http.close(() => resolve())
      })
    },
  }
}
