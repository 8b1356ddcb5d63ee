/**
 * Lets Baileys' sockets and uploads go through a proxy: an agent whose
 * connections are tunnels, with TLS inside where the server speaks TLS.
 */

import { Agent, globalAgent as httpsAgent, type RequestOptions } from 'node:https'
import { isIP, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import type { Duplex } from 'node:stream'
import { openTunnel, type TunnelOptions } from '../runtime/proxy-tunnel.js'

export interface ProxyAgentOptions extends TunnelOptions {
  readonly proxyUrl: string
  /** Hears of every tunnel whether it came about. */
  readonly tried: (worked: boolean) => void
}

type Connected = (error: Error | null, stream: Duplex) => void

export class ProxyAgent extends Agent {
  readonly #options: ProxyAgentOptions

  constructor(options: ProxyAgentOptions) {
    super({ keepAlive: false })
    // Node compares it with the URL's protocol, and this agent takes both.
    Reflect.set(this, 'protocol', undefined)
    this.#options = options
  }

  override createConnection(options: RequestOptions, callback?: Connected): undefined {
    this.#connect(options).then(
      (socket) => callback?.(null, socket),
      // Nothing is read of the second argument after an error.
      (cause: unknown) => callback && Reflect.apply(callback, undefined, [cause]),
    )
  }

  async #connect(options: RequestOptions): Promise<Socket> {
    const { proxyUrl, tried } = this.#options
    const secure = isSecure(options)
    const host = options.host ?? 'localhost'
    const end = { host, port: Number(options.port ?? (secure ? 443 : 80)) }
    const socket = await openTunnel(proxyUrl, end, this.#options).catch((cause: unknown) => {
      tried(false)
      throw cause
    })
    tried(true)
    if (!secure) return socket
    return connectTls({ socket, ...(isIP(host) === 0 ? { servername: host } : {}) })
  }
}

/** `https.request` leaves its own agent in the options; nothing else says what is to be spoken. */
function isSecure(options: object): boolean {
  return Reflect.get(options, '_defaultAgent') === httpsAgent
}
