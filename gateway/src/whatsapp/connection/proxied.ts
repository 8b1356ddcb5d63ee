/** Which instances speak with WhatsApp through a proxy. */

import type { InstanceId } from '../../domain/instance.js'
import type { AddressRule } from '../../runtime/address-rule.js'
import { openTunnel } from '../../runtime/proxy-tunnel.js'
import type { Log } from '../../runtime/telemetry.js'
import { ProxyAgent } from './proxy-agent.js'

export interface ProxyDirectory {
  /** Its URL; `undefined` for a direct connection. */
  proxyOf(instanceId: InstanceId): Promise<string | undefined>
  /** A connection goes on without it because it failed too often. */
  givenUp(instanceId: InstanceId): Promise<void>
  /** Which addresses a proxy may have. */
  readonly isAllowedAddress: AddressRule
}

/** Three tries end before Baileys gives the connection up. */
const timeoutMs = 5_000

/** What the next connection of the instance has to be made with; `undefined` for a direct one. */
export async function proxyAgentOf(
  instanceId: InstanceId,
  directory: ProxyDirectory | undefined,
  log: Log,
): Promise<ProxyAgent | undefined> {
  const proxyUrl = await directory?.proxyOf(instanceId)
  if (directory === undefined || proxyUrl === undefined) return undefined
  const { isAllowedAddress } = directory
  const givenUp = (): void => {
    directory.givenUp(instanceId).catch((cause: unknown) => {
      log.error('whatsapp.event-lost', { instanceId, cause })
    })
  }
  return new ProxyAgent({ proxyUrl, isAllowedAddress, timeoutMs, givenUp })
}

/**
 * The way for one request of the instance, with the proxy that it has now; `undefined` for a direct
 * one. It never leaves the proxy out: `reach` throws `ProxyError` or `ForbiddenUrlError`.
 */
export async function proxyWayOf(
  instanceId: InstanceId,
  directory: ProxyDirectory | undefined,
): Promise<Pick<ProxyAgent, 'reach'> | undefined> {
  const proxyUrl = await directory?.proxyOf(instanceId)
  if (directory === undefined || proxyUrl === undefined) return undefined
  const { isAllowedAddress } = directory
  return { reach: (end) => openTunnel(proxyUrl, end, { isAllowedAddress, timeoutMs }) }
}

/** Throws `ProxyError` or `ForbiddenUrlError` unless the server at `url` can be reached through the proxy. */
export async function tryProxy(
  proxyUrl: string,
  url: string,
  isAllowedAddress: AddressRule,
): Promise<void> {
  const { hostname, port, protocol } = new URL(url)
  const end = {
    host: hostname.replace(/^\[(.*)\]$/u, '$1'),
    port: Number(port === '' ? (protocol === 'wss:' ? 443 : 80) : port),
  }
  const socket = await openTunnel(proxyUrl, end, { isAllowedAddress, timeoutMs })
  socket.destroy()
}
