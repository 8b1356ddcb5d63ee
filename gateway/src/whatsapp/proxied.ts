/**
 * Whether an instance's next connection goes through its proxy.
 *
 * A proxy that failed three times in a row is left out for one connection, as
 * Z-API does it: a number that sends is worth more than the way it takes. Its
 * owner is told, and the connection after that tries the proxy again.
 */

import { ForbiddenUrlError, ProxyError } from '../domain/errors.js'
import type { InstanceId } from '../domain/instance.js'
import type { AddressRule } from '../runtime/address-rule.js'
import { openTunnel } from '../runtime/proxy-tunnel.js'
import { ProxyAgent } from './proxy-agent.js'

export interface ProxyDirectory {
  /** Its URL; `undefined` for a direct connection. */
  proxyOf(instanceId: InstanceId): Promise<string | undefined>
  /** A connection is made without it because it failed too often. */
  givenUp(instanceId: InstanceId): Promise<void>
  readonly isAllowedAddress: AddressRule
}

const mostFailures = 3
const timeoutMs = 15_000

export class Proxied {
  readonly #directory: ProxyDirectory | undefined
  readonly #failures = new Map<InstanceId, number>()

  constructor(directory: ProxyDirectory | undefined) {
    this.#directory = directory
  }

  /** What the next connection has to be made with. */
  async agentFor(instanceId: InstanceId): Promise<ProxyAgent | undefined> {
    const proxyUrl = await this.#directory?.proxyOf(instanceId)
    if (this.#directory === undefined || proxyUrl === undefined) return undefined
    if ((this.#failures.get(instanceId) ?? 0) >= mostFailures) {
      this.#failures.delete(instanceId)
      await this.#directory.givenUp(instanceId)
      return undefined
    }
    const { isAllowedAddress } = this.#directory
    return new ProxyAgent({
      proxyUrl,
      isAllowedAddress,
      timeoutMs,
      tried: (worked) => {
        this.#failures.set(instanceId, worked ? 0 : (this.#failures.get(instanceId) ?? 0) + 1)
      },
    })
  }

  /** Throws `ProxyError` or `ForbiddenUrlError` unless the server at `url` can be reached through the proxy. */
  async tryOut(proxyUrl: string, url: string): Promise<void> {
    const { hostname, port, protocol } = new URL(url)
    const end = {
      host: hostname.replace(/^\[(.*)\]$/u, '$1'),
      port: Number(port === '' ? (protocol === 'wss:' ? 443 : 80) : port),
    }
    const isAllowedAddress = this.#directory?.isAllowedAddress ?? (() => false)
    try {
      const socket = await openTunnel(proxyUrl, end, { isAllowedAddress, timeoutMs })
      socket.destroy()
    } catch (cause) {
      if (cause instanceof ForbiddenUrlError || cause instanceof ProxyError) throw cause
      throw new ProxyError('Proxy is not reachable', { cause })
    }
  }
}
