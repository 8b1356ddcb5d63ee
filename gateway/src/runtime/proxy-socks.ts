/** The client's side of SOCKS5 (RFC 1928), with user and password (RFC 1929). */

import { isIPv4, isIPv6 } from 'node:net'
import ipaddr from 'ipaddr.js'
import type { ProxyLogin, TunnelEnd } from './proxy-request.js'
import type { SocketReader } from './socket-reader.js'

const version = 5
const withoutLogin = 0
const withPassword = 2
const connectCommand = 1
const forms = { ipv4: 1, name: 3, ipv6: 4 }

/** Throws what the proxy did not agree to. */
export async function socks5Handshake(
  reader: SocketReader,
  end: TunnelEnd,
  login: ProxyLogin,
): Promise<void> {
  const methods = login.user === '' ? [withoutLogin] : [withoutLogin, withPassword]
  reader.write(Buffer.from([version, methods.length, ...methods]))
  const [, method] = await reader.take(2)
  if (method === withPassword) await logIn(reader, login)
  else if (method !== withoutLogin) throw new Error('the proxy wants another login')

  reader.write(Buffer.from([version, connectCommand, 0, ...destination(end)]))
  const [, refused, , form] = await reader.take(4)
  if (refused !== 0) throw new Error('the proxy refused the connection')
  // The address that the proxy took on its side, of no use to us.
  const length =
    form === forms.name ? ((await reader.take(1))[0] ?? 0) : form === forms.ipv6 ? 16 : 4
  await reader.take(length + 2)
}

async function logIn(reader: SocketReader, { user, password }: ProxyLogin): Promise<void> {
  reader.write(Buffer.from([1, ...counted(user), ...counted(password)]))
  const [, refused] = await reader.take(2)
  if (refused !== 0) throw new Error('the proxy refused user and password')
}

function destination({ host, port }: TunnelEnd): number[] {
  const portBytes = [port >> 8, port & 0xff]
  if (isIPv4(host)) return [forms.ipv4, ...host.split('.').map(Number), ...portBytes]
  if (isIPv6(host)) return [forms.ipv6, ...ipaddr.parse(host).toByteArray(), ...portBytes]
  return [forms.name, ...counted(host), ...portBytes]
}

function counted(text: string): number[] {
  const bytes = Buffer.from(text)
  if (bytes.length > 255) throw new Error('the proxy takes at most 255 bytes')
  return [bytes.length, ...bytes]
}
