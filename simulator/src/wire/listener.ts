/** Takes WebSocket clients on loopback. It never keeps the process alive by itself. */

import { once } from 'node:events'
import { createServer } from 'node:http'
import { type WebSocket, WebSocketServer } from 'ws'

const PATH = '/ws/chat'
const PHONES = '/phones'

export interface Listener {
  /** `ws://127.0.0.1:port/ws/chat` */
  readonly url: string
  [Symbol.asyncDispose](): Promise<void>
}

export interface Reception {
  readonly accept: (socket: WebSocket) => void
  /** Where people look at the phones: who knows this port alone is led there. */
  readonly phonesUrl: () => string | undefined
}

/** Throws when the port is taken. Port 0 takes a free one. */
export async function listen(
  address: { readonly host: string; readonly port: number },
  { accept, phonesUrl }: Reception,
): Promise<Listener> {
  const http = createServer(({ url }, response) => {
    const location = url === PHONES ? phonesUrl() : undefined
    if (location === undefined) response.writeHead(426).end()
    else response.writeHead(307, { location, 'cache-control': 'no-store' }).end()
  })
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
