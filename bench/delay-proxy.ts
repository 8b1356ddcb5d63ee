/** A TCP proxy that lets every byte travel for a while, as between two cities. Bytes stay in order. */

import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'
import { performance } from 'node:perf_hooks'

export class DelayProxy implements AsyncDisposable {
  /** For what is read from now on, in milliseconds. A round trip takes two of them. */
  oneWayMs = 0
  readonly #server: Server
  readonly #sockets = new Set<Socket>()

  private constructor(port: number) {
    this.#server = createServer({ noDelay: true }, (near) => {
      const far = connect({ port, host: '127.0.0.1', noDelay: true })
      this.#carry(near, far)
      this.#carry(far, near)
    })
  }

  /** In front of this port of loopback. */
  static async to(port: number): Promise<DelayProxy> {
    const proxy = new DelayProxy(port)
    proxy.#server.listen(0, '127.0.0.1')
    await once(proxy.#server, 'listening')
    return proxy
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const socket of this.#sockets) socket.destroy()
    this.#server.close()
    await once(this.#server, 'close')
  }

  #carry(from: Socket, to: Socket): void {
    this.#sockets.add(from)
    let lastDueAt = 0
    const later = (act: () => void): void => {
      const now = performance.now()
      lastDueAt = Math.max(lastDueAt, now + this.oneWayMs)
      if (lastDueAt <= now) act()
      else setTimeout(act, lastDueAt - now)
    }
    from.on('data', (bytes) => later(() => to.writable && to.write(bytes)))
    from.on('error', () => to.destroy())
    from.on('close', () => {
      this.#sockets.delete(from)
      later(() => to.destroy())
    })
  }
}
