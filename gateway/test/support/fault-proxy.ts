/**
 * A piece of bad network between two programs: a TCP proxy on loopback that
 * passes everything on, late, or not at all, or cuts it.
 *
 * A black hole keeps connections open and swallows nothing for good: what was
 * written meanwhile arrives when it ends, as after a link that was down for a
 * while, unless the connections are cut first. Half-open is what a router
 * leaves that forgot a connection: one end is told, the other is not.
 */

import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'

/** `caller` opened the connection. */
export type End = 'caller' | 'server'

interface Link {
  readonly caller: Socket
  readonly server: Socket
  /** Bytes that a black hole holds, by who wrote them. */
  readonly held: Record<End, Buffer[]>
  /** Ends when the last piece is passed on: none overtakes another, whatever the delay becomes. */
  readonly passed: Record<End, Promise<void>>
}

export class FaultProxy implements AsyncDisposable {
  /** How late each piece is passed on, both ways. */
  delayMs = 0
  /** Cuts the connection before this piece is passed on, if it says so. */
  cutBefore: ((bytes: Buffer, from: End) => boolean) | undefined
  /** Called with each piece that comes in. */
  onBytes: ((bytes: Buffer, from: End) => void) | undefined
  /** How many connections there were. */
  accepted = 0
  readonly #links = new Set<Link>()
  readonly #server: Server
  readonly #targetHost: string
  readonly #targetPort: number
  readonly #forgotten = new Set<Socket>()
  #isBlackHole = false
  #refuses = false

  private constructor(target: URL) {
    this.#targetHost = target.hostname
    this.#targetPort = Number(target.port)
    this.#server = createServer({ allowHalfOpen: true }, (caller) => this.#accept(caller))
  }

  /** In front of the host and port of this URL. */
  static async before(target: string): Promise<FaultProxy> {
    const proxy = new FaultProxy(new URL(target))
    proxy.#server.listen(0, '127.0.0.1')
    await once(proxy.#server, 'listening')
    return proxy
  }

  /** The URL with our host and port in place of the target's. */
  through(url: string): string {
    const changed = new URL(url)
    changed.hostname = '127.0.0.1'
    changed.port = String((this.#server.address() as AddressInfo).port)
    return changed.href
  }

  get open(): number {
    return this.#links.size
  }

  /** Nothing passes any more, and neither side is told. */
  blackHole(): void {
    this.#isBlackHole = true
  }

  /** Ends all faults. What a black hole held arrives now. */
  heal(): void {
    this.#isBlackHole = false
    this.#refuses = false
    this.cutBefore = undefined
    for (const link of this.#links) {
      for (const from of ['caller', 'server'] as const)
        for (const bytes of link.held[from].splice(0)) otherEnd(link, from).write(bytes)
    }
  }

  /** Resets every connection; new ones are taken. */
  cut(): void {
    for (const link of this.#links) this.#cut(link)
  }

  /** Resets every connection, and each new one, until `heal`. */
  refuse(): void {
    this.#refuses = true
    this.cut()
  }

  /** The server's end is closed; the caller is told nothing and its bytes go nowhere. */
  halfOpen(): void {
    for (const link of this.#links) {
      this.#links.delete(link)
      link.caller.removeAllListeners('data')
      link.caller.on('data', () => undefined)
      link.server.removeAllListeners('close')
      link.server.destroy()
      this.#forgotten.add(link.caller)
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.cut()
    for (const socket of this.#forgotten) socket.destroy()
    this.#server.close()
    await once(this.#server, 'close')
  }

  #accept(caller: Socket): void {
    this.accepted += 1
    caller.on('error', () => undefined)
    if (this.#refuses) return void caller.resetAndDestroy()
    const server = connect({
      port: this.#targetPort,
      host: this.#targetHost,
      allowHalfOpen: true,
    })
    server.on('error', () => undefined)
    caller.setNoDelay(true)
    server.setNoDelay(true)
    const link: Link = {
      caller,
      server,
      held: { caller: [], server: [] },
      passed: { caller: Promise.resolve(), server: Promise.resolve() },
    }
    this.#links.add(link)
    this.#pass(link, 'caller', caller)
    this.#pass(link, 'server', server)
  }

  #pass(link: Link, from: End, socket: Socket): void {
    socket.on('data', (bytes: Buffer) => {
      this.onBytes?.(bytes, from)
      if (this.cutBefore?.(bytes, from)) this.#cut(link)
      else this.#inTurn(link, from, () => this.#forward(link, from, bytes))
    })
    socket.on('end', () =>
      this.#inTurn(link, from, () => {
        if (!this.#isBlackHole) otherEnd(link, from).end()
      }),
    )
    socket.on('close', () => {
      this.#links.delete(link)
      this.#inTurn(link, from, () => {
        // Who sits behind a black hole is not told that the other side is gone.
        if (this.#isBlackHole) this.#forgotten.add(otherEnd(link, from))
        else otherEnd(link, from).destroy()
      })
    })
  }

  #inTurn(link: Link, from: End, act: () => void): void {
    const dueAt = performance.now() + this.delayMs
    link.passed[from] = after(link.passed[from], dueAt, act)
  }

  #forward(link: Link, from: End, bytes: Buffer): void {
    if (this.#isBlackHole) link.held[from].push(bytes)
    else if (otherEnd(link, from).writable) otherEnd(link, from).write(bytes)
  }

  #cut(link: Link): void {
    this.#links.delete(link)
    link.caller.resetAndDestroy()
    link.server.destroy()
  }
}

async function after(earlier: Promise<void>, dueAt: number, act: () => void): Promise<void> {
  await earlier
  const waitMs = dueAt - performance.now()
  if (waitMs > 0) await delay(waitMs, undefined, { ref: false })
  act()
}

function otherEnd(link: Link, from: End): Socket {
  return from === 'caller' ? link.server : link.caller
}
