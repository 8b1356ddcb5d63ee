/**
 * One client's socket.
 *
 *     hello → finish → pairing ─────────────→ closed
 *                    → login → offline → live → closed
 *
 * `hello` and `finish` are the handshake; a client that resumes is done with its
 * hello. A client without credentials goes to `pairing`; one with them to `login`
 * (answered, but not active yet), then gets what waited for it (`offline`), then
 * everything as it happens (`live`). One that logs in active skips the wait in `login`.
 * What the client sends is handled strictly in order. An error while handling
 * closes the connection and is reported to the server.
 */

import { type BinaryNode, decodeBinaryNode, encodeBinaryNode } from 'baileys'
import type { WebSocket } from 'ws'
import type { ClientConnection } from '../model.js'
import { FrameReader, frameAround } from './frames.js'
import { type ClientFinish, NoiseResponder } from './noise-responder.js'
import type { RootOfTrust } from './root-of-trust.js'
import { SERVER_JID, stanza } from './stanza.js'

export type ConnectionState =
  | 'hello'
  | 'finish'
  | 'pairing'
  | 'login'
  | 'offline'
  | 'live'
  | 'closed'

const MAY_FOLLOW: Readonly<Record<ConnectionState, readonly ConnectionState[]>> = {
  hello: ['finish', 'closed'],
  finish: ['pairing', 'login', 'closed'],
  pairing: ['closed'],
  login: ['offline', 'closed'],
  offline: ['live', 'closed'],
  live: ['closed'],
  closed: [],
}

/** What a connection needs of the server behind it. */
export interface ConnectionHost {
  readonly root: RootOfTrust
  /** The handshake is done; the host enters `pairing` or `login`, or turns the client away. */
  arrived(connection: Connection, finish: ClientFinish): Promise<void>
  /** A stanza came in. The next one is handled when this resolves. */
  stanza(connection: Connection, node: BinaryNode): Promise<void>
  closed(connection: Connection): void
  failed(error: Error): void
}

export class Connection implements ClientConnection {
  readonly #socket: WebSocket
  readonly #host: ConnectionHost
  readonly #noise: NoiseResponder
  readonly #frames = new FrameReader()
  readonly #heldBack: Uint8Array[] = []
  #work: Promise<void> = Promise.resolve()
  #state: ConnectionState = 'hello'
  #frozen = false
  #phone: string | undefined
  #device: number | undefined

  constructor(socket: WebSocket, host: ConnectionHost) {
    this.#socket = socket
    this.#host = host
    this.#noise = new NoiseResponder(host.root)
    socket.on('message', (data: Buffer) => this.#receive(data))
    socket.on('close', () => this.#closed())
    // A broken socket also emits 'close', which is where it is handled.
    socket.on('error', () => undefined)
  }

  get state(): ConnectionState {
    return this.#state
  }

  get phone(): string | undefined {
    return this.#phone
  }

  get device(): number | undefined {
    return this.#device
  }

  /** Who is at the other end, once it is known. */
  belongsTo(phone: string, device: number): void {
    this.#phone = phone
    this.#device = device
  }

  enter(state: ConnectionState): void {
    if (!MAY_FOLLOW[this.#state].includes(state)) {
      throw new Error(`a connection cannot go from ${this.#state} to ${state}`)
    }
    this.#state = state
  }

  /** Does nothing once the connection is closed: the sender keeps the stanza until it is acknowledged. */
  send(node: BinaryNode): void {
    if (this.#state === 'closed') return
    this.#write(this.#noise.encrypt(encodeBinaryNode(node)))
  }

  /** Closes after everything that was sent has left. */
  end(): void {
    this.#socket.close(1000)
  }

  drop(): void {
    // A paused socket would never tell that it is closed.
    this.#socket.resume()
    this.#socket.terminate()
  }

  freeze(): void {
    this.#frozen = true
    this.#socket.pause()
  }

  thaw(): void {
    this.#frozen = false
    this.#socket.resume()
    for (const bytes of this.#heldBack.splice(0)) this.#socket.send(bytes)
  }

  sendStreamError(code: number | 'replaced'): void {
    const conflict = code === 'replaced' ? [stanza('conflict', { type: 'replaced' })] : []
    this.send(
      stanza('stream:error', code === 'replaced' ? {} : { code: code.toString() }, conflict),
    )
    this.end()
  }

  /** The account removed this device: the client must forget its credentials. */
  sendRemoved(): void {
    const conflict = stanza('conflict', { type: 'device_removed' })
    this.send(stanza('stream:error', { code: '401' }, [conflict]))
    this.end()
  }

  /** Refuses a login. */
  sendFailure(code: number, expire?: number): void {
    const ban = expire === undefined ? {} : { code: '101', expire: expire.toString() }
    this.send(stanza('failure', { reason: code.toString(), from: SERVER_JID, ...ban }))
    this.end()
  }

  #receive(data: Buffer): void {
    this.#work = this.#handleAfter(this.#work, data)
  }

  /** Never rejects. */
  async #handleAfter(earlier: Promise<void>, data: Buffer): Promise<void> {
    await earlier
    if (this.#state === 'closed') return
    try {
      for (const frame of this.#frames.push(data)) await this.#handle(frame)
    } catch (error) {
      const whose = this.#phone ?? 'an unpaired client'
      this.#host.failed(new Error(`the connection of ${whose} failed`, { cause: error }))
      this.drop()
    }
  }

  async #handle(frame: Uint8Array): Promise<void> {
    switch (this.#state) {
      case 'hello':
        return this.#greet(frame)
      case 'finish':
        return this.#host.arrived(this, this.#noise.finish(frame))
      case 'closed':
        return undefined
      case 'pairing':
      case 'login':
      case 'offline':
      case 'live': {
        const node = await decodeBinaryNode(Buffer.from(this.#noise.decrypt(frame)))
        return this.#host.stanza(this, node)
      }
    }
  }

  async #greet(frame: Uint8Array): Promise<void> {
    const { answer, finish } = this.#noise.hello(frame)
    this.#write(answer)
    this.enter('finish')
    if (finish !== undefined) await this.#host.arrived(this, finish)
  }

  #write(bytes: Uint8Array): void {
    const frame = frameAround(bytes)
    if (this.#frozen) this.#heldBack.push(frame)
    else this.#socket.send(frame)
  }

  #closed(): void {
    if (this.#state === 'closed') return
    this.#state = 'closed'
    this.#host.closed(this)
  }
}
