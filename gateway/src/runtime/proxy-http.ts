/** The client's side of HTTP CONNECT (RFC 9110, 9.3.6), with Basic credentials. */

import { isIPv6 } from 'node:net'
import type { ProxyLogin, TunnelEnd } from './proxy-request.js'
import type { SocketReader } from './socket-reader.js'

/** Throws what the proxy did not agree to. */
export async function httpHandshake(
  reader: SocketReader,
  { host, port }: TunnelEnd,
  { user, password }: ProxyLogin,
): Promise<void> {
  const place = `${isIPv6(host) ? `[${host}]` : host}:${port}`
  const credentials = Buffer.from(`${user}:${password}`).toString('base64')
  const login = user === '' ? '' : `Proxy-Authorization: Basic ${credentials}\r\n`
  reader.write(`CONNECT ${place} HTTP/1.1\r\nHost: ${place}\r\n${login}\r\n`)
  const answer = (await reader.takeUntil('\r\n\r\n')).toString('latin1')
  if (!/^HTTP\/1\.[01] 2\d\d/u.test(answer)) throw new Error('the proxy refused the connection')
}
