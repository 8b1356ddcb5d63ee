import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { FaultProxy } from '../support/fault-proxy.js'

/** A server that repeats what it hears, a proxy before it, and a client. */
async function echo(): Promise<{ proxy: FaultProxy; client: Socket; atServer: Socket[] }> {
  const atServer: Socket[] = []
  const server = createServer((socket) => {
    atServer.push(socket)
    socket.on('error', () => undefined)
    socket.pipe(socket)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const proxy = await FaultProxy.before(`tcp://127.0.0.1:${port}`)
  const client = connectTo(proxy)
  await once(client, 'connect')
  onTestFinished(async () => {
    client.destroy()
    await proxy[Symbol.asyncDispose]()
    server.close()
  })
  return { proxy, client, atServer }
}

function connectTo(proxy: FaultProxy): Socket {
  const { port } = new URL(proxy.through('http://127.0.0.1:1'))
  const client = connect(Number(port), '127.0.0.1')
  client.on('error', () => undefined)
  return client
}

async function heard(socket: Socket): Promise<string> {
  const [bytes] = (await once(socket, 'data')) as [Buffer]
  return bytes.toString()
}

/** `once` would reject with the error that comes before. */
function closed(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    socket.on('close', () => resolve())
  })
}

test('passes on what is said, both ways', async () => {
  const { client } = await echo()
  client.write('a')
  expect(await heard(client)).toBe('a')
})

test('passes it on late', async () => {
  const { proxy, client } = await echo()
  proxy.delayMs = 30
  const before = performance.now()
  client.write('a')
  expect(await heard(client)).toBe('a')
  expect(performance.now() - before).toBeGreaterThanOrEqual(50)
})

test('holds everything in a black hole, and hands it over when that ends', async () => {
  const { proxy, client } = await echo()
  client.write('a')
  await heard(client)
  proxy.blackHole()
  const seen = new Promise<void>((resolve) => {
    proxy.onBytes = () => resolve()
  })
  client.write('b')
  await seen
  expect(client.bytesRead).toBe(1)
  expect(client.destroyed).toBe(false)
  proxy.heal()
  expect(await heard(client)).toBe('b')
})

test('cuts before the piece that was named', async () => {
  const { proxy, client, atServer } = await echo()
  proxy.cutBefore = (bytes, from) => from === 'caller' && bytes.includes('stop')
  client.write('go')
  expect(await heard(client)).toBe('go')
  client.write('stop')
  await closed(client)
  expect(atServer[0]?.bytesRead).toBe(2)
})

test('refuses until it is healed', async () => {
  const { proxy, client } = await echo()
  proxy.refuse()
  await closed(client)
  await closed(connectTo(proxy))
  proxy.heal()
  const again = connectTo(proxy)
  again.write('a')
  expect(await heard(again)).toBe('a')
  again.destroy()
})

test('leaves a connection half open: the server is told, the caller is not', async () => {
  const { proxy, client, atServer } = await echo()
  client.write('a')
  await heard(client)
  const [server] = atServer
  if (server === undefined) throw new Error('there was no connection')
  const ended = once(server, 'close')
  proxy.halfOpen()
  await ended
  client.write('b')
  expect(client.destroyed).toBe(false)
  expect(client.bytesRead).toBe(1)
})
