/** A proxy of a private network between a gateway and WhatsApp: it lets connections through, or answers them itself. */

import { EventEmitter, once } from 'node:events'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'

export class Doorman implements AsyncDisposable {
  /** The HTTP status that it answers with; undefined lets everything through. */
  answer: number | undefined
  #isShut = false
  readonly #door = new EventEmitter()
  readonly #server: Server
  readonly #sockets = new Set<Socket>()

  private constructor(target: URL) {
    this.#server = createServer((caller) => {
      this.#keep(caller)
      this.#door.emit('knock')
      if (this.#isShut) this.#door.once('open', () => this.#admit(caller, target))
      else this.#admit(caller, target)
    })
  }

  static async before(target: string): Promise<Doorman> {
    const doorman = new Doorman(new URL(target))
    doorman.#server.listen(0, '127.0.0.1')
    await once(doorman.#server, 'listening')
    return doorman
  }

  /** The URL of WhatsApp with our port in it. */
  through(url: string): string {
    const changed = new URL(url)
    changed.port = String((this.#server.address() as AddressInfo).port)
    return changed.href
  }

  /** Keeps new callers waiting until `open` is called; `knocked` resolves when the first one waits. */
  shut(): { readonly open: () => void; readonly knocked: Promise<unknown> } {
    this.#isShut = true
    const open = (): void => {
      this.#isShut = false
      this.#door.emit('open')
    }
    return { open, knocked: once(this.#door, 'knock') }
  }

  /** Ends what is connected. */
  cut(): void {
    for (const socket of this.#sockets) socket.destroy()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.close()
    this.cut()
    await once(this.#server, 'close')
  }

  #admit(caller: Socket, target: URL): void {
    if (this.answer !== undefined) {
      const { answer } = this
      caller.once('data', () => caller.end(`HTTP/1.1 ${answer} No\r\nContent-Length: 0\r\n\r\n`))
      return
    }
    const server = connect({ host: target.hostname, port: Number(target.port) })
    this.#keep(server)
    caller.pipe(server).pipe(caller)
  }

  #keep(socket: Socket): void {
    this.#sockets.add(socket)
    socket.on('error', () => undefined)
    socket.on('close', () => this.#sockets.delete(socket))
  }
}
