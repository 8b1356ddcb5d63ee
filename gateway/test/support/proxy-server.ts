/** A proxy on this machine that speaks SOCKS5 and HTTP CONNECT on one port, and counts what it let through. */

import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'
import { SocketReader } from '../../src/runtime/socket-reader.js'

export interface ProxyRules {
  readonly user?: string
  readonly password?: string
}

export class ProxyServer implements AsyncDisposable {
  /** Where each tunnel led to, as it was asked for. */
  readonly tunnels: string[] = []
  /** Refuses every tunnel. */
  refuses = false
  /** Takes connections and says nothing. */
  silent = false
  readonly #server: Server
  readonly #sockets = new Set<Socket>()
  readonly #rules: ProxyRules

  private constructor(rules: ProxyRules) {
    this.#rules = rules
    this.#server = createServer((socket) => {
      this.#keep(socket)
      void this.#serve(socket).catch(() => socket.destroy())
    })
  }

  static async start(rules: ProxyRules = {}): Promise<ProxyServer> {
    const proxy = new ProxyServer(rules)
    proxy.#server.listen(0, '127.0.0.1')
    await once(proxy.#server, 'listening')
    return proxy
  }

  url(scheme: 'socks5' | 'http', login = ''): string {
    const { port } = this.#server.address() as AddressInfo
    return `${scheme}://${login}127.0.0.1:${port}`
  }

  /** Cuts every tunnel. */
  cut(): void {
    for (const socket of this.#sockets) socket.destroy()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.cut()
    this.#server.close()
    await once(this.#server, 'close')
  }

  #keep(socket: Socket): void {
    this.#sockets.add(socket)
    socket.on('close', () => this.#sockets.delete(socket))
    socket.on('error', () => undefined)
  }

  async #serve(socket: Socket): Promise<void> {
    if (this.silent) return
    const reader = new SocketReader(socket)
    const [first] = await reader.take(1)
    const end = first === 5 ? await this.#socks(reader) : await this.#http(reader)
    if (end === undefined) return void socket.end()
    const [host, port] = [end.slice(0, end.lastIndexOf(':')), end.slice(end.lastIndexOf(':') + 1)]
    const server = connect(Number(port), host.replace(/^\[(.*)\]$/u, '$1'))
    this.#keep(server)
    await once(server, 'connect')
    this.tunnels.push(end)
    reader.write(
      first === 5
        ? Buffer.from([5, 0, 0, 1, 0, 0, 0, 0, 0, 0])
        : 'HTTP/1.1 200 Connection established\r\n\r\n',
    )
    reader.release()
    socket.pipe(server).pipe(socket)
  }

  /** The version has been read. */
  async #socks(reader: SocketReader): Promise<string | undefined> {
    const { user = '', password = '' } = this.#rules
    const [count = 0] = await reader.take(1)
    const methods = await reader.take(count)
    const method = user === '' ? 0 : 2
    reader.write(Buffer.from([5, methods.includes(method) ? method : 0xff]))
    if (!methods.includes(method)) return undefined
    if (method === 2) {
      const [, userLength = 0] = await reader.take(2)
      const givenUser = String(await reader.take(userLength))
      const [passwordLength = 0] = await reader.take(1)
      const isRight = givenUser === user && String(await reader.take(passwordLength)) === password
      reader.write(Buffer.from([1, isRight ? 0 : 1]))
      if (!isRight) return undefined
    }
    const [, , , form] = await reader.take(4)
    const host = await this.#socksHost(reader, form ?? 0)
    const portBytes = await reader.take(2)
    if (this.refuses) {
      reader.write(Buffer.from([5, 2, 0, 1, 0, 0, 0, 0, 0, 0]))
      return undefined
    }
    return `${host}:${portBytes.readUInt16BE()}`
  }

  async #socksHost(reader: SocketReader, form: number): Promise<string> {
    if (form === 1) return [...(await reader.take(4))].join('.')
    const [length = 0] = await reader.take(1)
    return String(await reader.take(length))
  }

  async #http(reader: SocketReader): Promise<string | undefined> {
    const { user = '', password = '' } = this.#rules
    const head = String(await reader.takeUntil('\r\n\r\n'))
    const wanted = Buffer.from(`${user}:${password}`).toString('base64')
    const isRight = user === '' || head.includes(`Proxy-Authorization: Basic ${wanted}\r\n`)
    if (!isRight || this.refuses) {
      reader.write('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n')
      return undefined
    }
    return /^ONNECT (\S+)/u.exec(head)?.[1]
  }
}
