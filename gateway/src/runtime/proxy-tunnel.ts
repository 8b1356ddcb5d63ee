/**
 * A connection to a server through a proxy: SOCKS5 or HTTP CONNECT.
 *
 * What comes back is a plain socket whose other end is the server; for
 * TLS, wrap that socket. The server's name goes to the proxy as it
 * is, so that not even a look-up leaves by another way.
 */

import { lookup as systemLookup } from 'node:dns/promises'
import { isIP, type Socket, connect } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { ProxyError } from '../domain/errors.js'
import type { AddressRule } from './address-rule.js'
import { forbiddenAddress } from './check-url.js'
import { httpHandshake } from './proxy-http.js'
import type { TunnelEnd } from './proxy-request.js'
import { socks5Handshake } from './proxy-socks.js'
import { SocketReader } from './socket-reader.js'

export interface TunnelOptions {
  /** Which addresses the proxy itself may have. */
  readonly isAllowedAddress: AddressRule
  /** For all of it. */
  readonly timeoutMs: number
}

const defaultPorts: Readonly<Record<string, number>> = {
  'socks5:': 1080,
  'socks5h:': 1080,
  'http:': 80,
  'https:': 443,
}

/** The URL, parsed. Throws `ProxyError`, whose message names the cause and the cure. */
export function parseProxyUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url === undefined || defaultPorts[url.protocol] === undefined || url.hostname === '')
    throw new ProxyError(
      'A proxy URL looks like socks5://user:password@host:1080 or http://host:3128.',
    )
  return url
}

/**
 * Throws `ProxyError` if the proxy cannot be reached or refuses, and
 * `ForbiddenUrlError` if it is at an address that we may not call. The server
 * at the end has heard nothing then.
 */
export async function openTunnel(
  proxyUrl: string,
  end: TunnelEnd,
  { isAllowedAddress, timeoutMs }: TunnelOptions,
): Promise<Socket> {
  const url = parseProxyUrl(proxyUrl)
  const address = await addressOf(url, isAllowedAddress)
  const port = url.port === '' ? (defaultPorts[url.protocol] ?? 0) : Number(url.port)
  const socket =
    url.protocol === 'https:'
      ? connectTls({ host: address, port, servername: isIP(hostOf(url)) ? '' : hostOf(url) })
      : connect({ host: address, port })
  const timer = setTimeout(() => socket.destroy(new Error('the proxy is silent')), timeoutMs)
  try {
    const reader = new SocketReader(socket)
    await reader.connected(url.protocol === 'https:' ? 'secureConnect' : 'connect')
    const login = {
      user: decodeURIComponent(url.username),
      password: decodeURIComponent(url.password),
    }
    const isSocks = url.protocol.startsWith('socks5')
    await (isSocks ? socks5Handshake(reader, end, login) : httpHandshake(reader, end, login))
    reader.release()
    return socket
  } catch (cause) {
    socket.destroy()
    throw new ProxyError('Proxy is not reachable', { cause })
  } finally {
    clearTimeout(timer)
  }
}

async function addressOf(url: URL, isAllowedAddress: AddressRule): Promise<string> {
  const host = hostOf(url)
  const found = isIP(host)
    ? [{ address: host }]
    : await systemLookup(host, { all: true }).catch((cause: unknown) => {
        throw new ProxyError('Proxy is not reachable', { cause })
      })
  const allowed = found.find(({ address }) => isAllowedAddress(address))
  if (allowed === undefined) throw forbiddenAddress()
  return allowed.address
}

function hostOf({ hostname }: URL): string {
  return hostname.replace(/^\[(.*)\]$/u, '$1')
}
