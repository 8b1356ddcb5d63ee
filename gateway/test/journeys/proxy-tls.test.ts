/**
 * TLS inside a tenant's proxy, as `wss://` needs it: the proxy is told where to, the server is
 * spoken to in TLS under its own name, and a server without a trusted issuer is refused.
 */

import { once } from 'node:events'
import { type RequestOptions, request } from 'node:https'
import { type AddressInfo } from 'node:net'
import { createServer, type TLSSocket } from 'node:tls'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeMediaCertificate } from '../../../simulator/src/media-certificate.js'
import { createAddressRule } from '../../src/runtime/address-rule.js'
import { ProxyAgent } from '../../src/whatsapp/connection/proxy-agent.js'
import { ProxyServer } from '../support/proxy-server.js'

const certificate = await makeMediaCertificate()
/** What each handshake named, and whether it was completed. */
const names: (string | false | null)[] = []
const heard: string[] = []
const server = createServer({
  ...certificate,
  SNICallback: (name, answer) => {
    names.push(name)
    answer(null)
  },
})
server.on('tlsClientError', () => undefined)
server.on('secureConnection', (socket: TLSSocket) => {
  socket.on('error', () => undefined)
  socket.once('data', (chunk) => {
    heard.push(String(chunk))
    socket.end(
      'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n',
    )
  })
})

beforeAll(async () => {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
})
afterAll(() => server.close())

const portOf = () => (server.address() as AddressInfo).port

/** What Baileys' socket does with its agent. Gives the status of the answer. */
async function upgrade(agent: ProxyAgent, trust: Pick<RequestOptions, 'ca'>): Promise<number> {
  const asked = request({
    ...trust,
    host: 'localhost',
    port: portOf(),
    agent,
    headers: { connection: 'Upgrade', upgrade: 'websocket' },
  })
  asked.end()
  const [response, socket] = await once(asked, 'upgrade')
  socket.destroy()
  return response.statusCode
}

test.each(['socks5', 'http'] as const)(
  'by %s: the tunnel, then TLS with the server',
  async (scheme) => {
    await using proxy = await ProxyServer.start()
    const agent = new ProxyAgent({
      proxyUrl: proxy.url(scheme),
      isAllowedAddress: createAddressRule(['127.0.0.0/8']),
      timeoutMs: 60_000,
      givenUp: () => expect.unreachable('the proxy works'),
    })
    names.length = 0
    heard.length = 0

    expect(await upgrade(agent, { ca: certificate.ca })).toBe(101)
    expect(proxy.tunnels).toEqual([`localhost:${portOf()}`])
    expect(names).toEqual(['localhost'])
    expect(heard).toEqual([expect.stringMatching(/^GET \/ HTTP\/1\.1\r\n/u)])

    await expect(upgrade(agent, {})).rejects.toMatchObject({
      code: 'SELF_SIGNED_CERT_IN_CHAIN',
    })
    expect(names).toHaveLength(2)
    expect(heard).toHaveLength(1)
  },
)
