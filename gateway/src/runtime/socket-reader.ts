/** Reads the few bytes of a handshake from a socket, and leaves what comes after them in it. */

import { once } from 'node:events'
import type { Socket } from 'node:net'

/** More of a handshake is no handshake. */
const longestBytes = 16_384

export class SocketReader {
  readonly socket: Socket
  #buffer = Buffer.alloc(0)

  constructor(socket: Socket) {
    this.socket = socket
    // Without a listener an error between two reads would end the process; `once` hears it too.
    socket.on('error', () => undefined)
    socket.pause()
  }

  async connected(event: 'connect' | 'secureConnect'): Promise<void> {
    await once(this.socket, event)
  }

  write(bytes: Uint8Array | string): void {
    this.socket.write(bytes)
  }

  async take(count: number): Promise<Buffer> {
    await this.#until(() => this.#buffer.length >= count)
    return this.#cut(count)
  }

  /** Up to and with `end`. */
  async takeUntil(end: string): Promise<Buffer> {
    await this.#until(() => this.#buffer.includes(end))
    return this.#cut(this.#buffer.indexOf(end) + end.length)
  }

  /** Puts back what was read too much. Nothing may be taken after this. */
  release(): void {
    if (this.#buffer.length > 0) this.socket.unshift(this.#buffer)
  }

  #cut(count: number): Buffer {
    const taken = this.#buffer.subarray(0, count)
    this.#buffer = this.#buffer.subarray(count)
    return taken
  }

  async #until(isEnough: () => boolean): Promise<void> {
    while (!isEnough()) {
      if (this.#buffer.length > longestBytes) throw new Error('the answer is too long')
      const chunk: unknown = this.socket.read()
      if (chunk instanceof Buffer) this.#buffer = Buffer.concat([this.#buffer, chunk])
      else if (this.socket.readableEnded || this.socket.destroyed) throw new Error('hung up')
      else await Promise.race([once(this.socket, 'readable'), this.#ended()])
    }
  }

  async #ended(): Promise<void> {
    await Promise.race([once(this.socket, 'end'), once(this.socket, 'close')])
  }
}
