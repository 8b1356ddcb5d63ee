import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ProxyServer } from '../../test/support/proxy-server.js'
import { ForbiddenUrlError, ProxyError } from '../domain/errors.js'
import { createAddressRule } from './address-rule.js'
import { openTunnel, parseProxyUrl } from './proxy-tunnel.js'

/** Speaks first, so that what arrives together with the proxy's own answer is seen too. */
const server = createServer((socket) => {
  socket.on('error', () => undefined)
  socket.write('hello ')
  socket.pipe(socket)
})
const here = createAddressRule(['127.0.0.0/8'])
const options = { isAllowedAddress: here, timeoutMs: 5_000 }
const end = () => ({ host: '127.0.0.1', port: (server.address() as AddressInfo).port })

beforeAll(async () => {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
})
afterAll(() => server.close())

async function said(socket: Socket, length: number): Promise<string> {
  let text = ''
  for await (const chunk of socket) {
    text += String(chunk)
    if (text.length >= length) break
  }
  return text
}

describe.each(['socks5', 'http'] as const)('a tunnel by %s', (scheme) => {
  it('leads to the server and carries both ways', async () => {
    await using proxy = await ProxyServer.start()
    const socket = await openTunnel(proxy.url(scheme), end(), options)
    socket.write('again')
    expect(await said(socket, 11)).toBe('hello again')
    expect(proxy.tunnels).toEqual([`127.0.0.1:${end().port}`])
  })

  it('gives the name of the server to the proxy and looks nothing up itself', async () => {
    await using proxy = await ProxyServer.start()
    const named = { ...end(), host: 'localhost' }
    ;(await openTunnel(proxy.url(scheme), named, options)).destroy()
    expect(proxy.tunnels).toEqual([`localhost:${end().port}`])
  })

  it('logs in, and is refused with another password', async () => {
    await using proxy = await ProxyServer.start({ user: 'me', password: 'p:@/ü' })
    const right = proxy.url(scheme, `me:${encodeURIComponent('p:@/ü')}@`)
    ;(await openTunnel(right, end(), options)).destroy()
    for (const login of ['me:wrong@', '', 'me@'])
      await expect(openTunnel(proxy.url(scheme, login), end(), options)).rejects.toThrow(
        'Proxy is not reachable',
      )
    expect(proxy.tunnels).toHaveLength(1)
  })

  it('fails when the proxy refuses, is silent, hangs up or is not there', async () => {
    const proxy = await ProxyServer.start()
    proxy.refuses = true
    await expect(openTunnel(proxy.url(scheme), end(), options)).rejects.toThrow(ProxyError)
    proxy.silent = true
    const impatient = { ...options, timeoutMs: 50 }
    await expect(openTunnel(proxy.url(scheme), end(), impatient)).rejects.toThrow(ProxyError)
    const url = proxy.url(scheme)
    await proxy[Symbol.asyncDispose]()
    await expect(openTunnel(url, end(), options)).rejects.toThrow(ProxyError)
  })

  it('goes to no address that users may not make us call', async () => {
    await using proxy = await ProxyServer.start()
    const strict = { ...options, isAllowedAddress: createAddressRule([]) }
    const { port } = new URL(proxy.url(scheme))
    for (const host of ['127.0.0.1', 'localhost', '[::1]', '0x7f.1', '2130706433'])
      await expect(openTunnel(`${scheme}://${host}:${port}`, end(), strict)).rejects.toThrow(
        ForbiddenUrlError,
      )
    expect(proxy.tunnels).toEqual([])
  })
})

it.each(['', 'proxy', 'ftp://x', 'socks4://x', 'socks5://', 'javascript:1'])(
  '%j is no proxy, and the cure is named',
  (text) => expect(() => parseProxyUrl(text)).toThrow(/looks like socks5:/u),
)
