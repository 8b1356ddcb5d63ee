/**
 * Lets Baileys' socket and its uploads go through a proxy: an agent whose
 * connections are tunnels, with TLS inside where the server speaks TLS.
 *
 * A proxy that fails three times in a row is left out for the rest of this
 * connection, as Z-API does it: a number that sends is worth more than the way
 * it takes. The next connection tries the proxy again.
 */

import { Agent, globalAgent as httpsAgent, type RequestOptions } from 'node:https'
import { connect, isIP, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import type { Duplex } from 'node:stream'
import { callbackify } from 'node:util'
import type { TunnelEnd } from '../../runtime/proxy-request.js'
import { openTunnel, type TunnelOptions } from '../../runtime/proxy-tunnel.js'

export interface ProxyAgentOptions extends TunnelOptions {
  readonly proxyUrl: string
  /** Heard once, when the rest goes without the proxy. */
  readonly givenUp: () => void
}

type Connected = (error: Error | null, stream: Duplex) => void

const mostFailures = 3

export class ProxyAgent extends Agent {
  readonly #options: ProxyAgentOptions
  #isGivenUp = false

  constructor(options: ProxyAgentOptions) {
    super({ keepAlive: false })
    // Node compares it with the URL's protocol, and this agent takes both.
    Reflect.set(this, 'protocol', undefined)
    this.#options = options
  }

  override createConnection(options: RequestOptions, callback?: Connected): undefined {
    const connecting: () => Promise<Socket> = () => this.#connect(options)
    // Node reads nothing of the second argument after an error.
    if (callback !== undefined) callbackify(connecting)(callback)
  }

  async #connect(options: RequestOptions): Promise<Socket> {
    const secure = isSecure(options)
    const host = options.host ?? 'localhost'
    const socket = await this.reach({ host, port: Number(options.port ?? (secure ? 443 : 80)) })
    if (!secure) return socket
    // Whom the caller trusts, if not the usual authorities.
    const trust = options.ca === undefined ? {} : { ca: options.ca }
    return connectTls({ socket, ...trust, ...(isIP(host) === 0 ? { servername: host } : {}) })
  }

  /** A socket to this server: through the proxy, or without it once that is given up. */
  async reach(end: TunnelEnd): Promise<Socket> {
    const { proxyUrl, givenUp } = this.#options
    for (let failures = 0; failures < mostFailures && !this.#isGivenUp; failures += 1) {
      const socket = await openTunnel(proxyUrl, end, this.#options).catch(() => undefined)
      if (socket !== undefined) return socket
    }
    if (!this.#isGivenUp) givenUp()
    this.#isGivenUp = true
    return connect(end)
  }
}

/** `https.request` leaves its own agent in the options; nothing else says what is to be spoken. */
function isSecure(options: object): boolean {
  return Reflect.get(options, '_defaultAgent') === httpsAgent
}
