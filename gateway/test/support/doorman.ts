/** A proxy of a private network between a gateway and WhatsApp: it lets connections through, or answers them itself. */

import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'

export class Doorman implements AsyncDisposable {
  /** The HTTP status that it answers with; undefined lets everything through. */
  answer: number | undefined
  /** Lets a caller in; undefined while the door is open. */
  #admit: Promise<void> | undefined
  #knocked: () => void = () => undefined
  readonly #server: Server
  readonly #sockets = new Set<Socket>()

  private constructor(target: URL) {
    this.#server = createServer(async (caller) => {
      this.#keep(caller)
      this.#knocked()
      await this.#admit
      if (caller.destroyed) return
      if (this.answer !== undefined) {
        const { answer } = this
        caller.once('data', () => caller.end(`HTTP/1.1 ${answer} No\r\nContent-Length: 0\r\n\r\n`))
        return
      }
      const server = connect({ host: target.hostname, port: Number(target.port) })
      this.#keep(server)
      caller.pipe(server).pipe(caller)
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
  shut(): { readonly open: () => void; readonly knocked: Promise<void> } {
    let admit = (): void => undefined
    this.#admit = new Promise((resolve) => {
      admit = resolve
    })
    const knocked = new Promise<void>((resolve) => {
      this.#knocked = resolve
    })
    const open = (): void => {
      this.#admit = undefined
      admit()
    }
    return { open, knocked }
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

  #keep(socket: Socket): void {
    this.#sockets.add(socket)
    socket.on('error', () => undefined)
    socket.on('close', () => this.#sockets.delete(socket))
  }
}
